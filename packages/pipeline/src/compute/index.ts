export { publishedComparisons } from "./comparisons.ts";
export { computeLedgers } from "./compute-ledgers.ts";
