export { aChange } from "./a-change.ts";
export { listPriced, monthlyAfter, partsOf } from "./list-price.ts";
