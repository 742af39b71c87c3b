export type { Answers, ForecastAnswer } from "./answers.ts";
export { queryPlan } from "./query-plan.ts";
export { unusedTagWarning } from "./unused-tag.ts";
