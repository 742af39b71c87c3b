export { publishedComparisons } from "./comparisons.ts";
export { type ComputedLedgers, computeLedgers } from "./compute-ledgers.ts";
