export { amountText, bytesText, percentageText, signedAmountText } from "./amounts.ts";
export { threeMonthAverages } from "./average.ts";
export {
  type Change,
  changeAmountText,
  changeOf,
  changePercentText,
  changeText,
  isNothing,
  roundedChange,
} from "./change.ts";
export { escapeHtml, type HtmlPlaces, renderHtml, renderSentencePage, stylesheet } from "./html.ts";
export { REPORT_SCHEMA, type ReportDocument, renderJson, reportDocument } from "./json.ts";
export { type Message, messageOf, type Published } from "./message.ts";
export { type Basis, type Mover, moversOf, previousCost } from "./movers.ts";
export { ageText, instantText, monthName, monthText, periodText } from "./period-words.ts";
export { type Reason, reasonOf, reasonSentence } from "./reason.ts";
export { roundToWhole } from "./rounding.ts";
export { plainText, renderText, type TextStyle } from "./text.ts";
export { visible } from "./visible.ts";
export { displayWidth, fit, padEnd, padStart, wrap } from "./width.ts";
export { type Name, spoken, type Words } from "./words.ts";
