export { REPORT_SCHEMA, type ReportDocument, renderJson, reportDocument } from "./json.ts";
export { plainFigures } from "./plain-figures.ts";
export { plainText, renderText, type TextStyle } from "./text.ts";
