export { aChange, type PlannedValues } from "./a-change.ts";
export { listPriced, monthlyAfter, partsOf } from "./list-price.ts";
