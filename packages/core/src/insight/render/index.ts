export { type ReportDocument, renderJson } from "./json.ts";
export { plainFigures } from "./plain-figures.ts";
export { plainText, renderText } from "./text.ts";
