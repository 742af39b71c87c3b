export { renderBudgetsText } from "./budgets.ts";
export { type DaysDocument, renderDaysJson, renderDaysText } from "./days.ts";
export { type ReportDocument, renderJson } from "./json.ts";
export { jsonText } from "./json-text.ts";
export { plainFigures } from "./plain-figures.ts";
export { renderText } from "./text.ts";
export { plainText } from "./text-lines.ts";
