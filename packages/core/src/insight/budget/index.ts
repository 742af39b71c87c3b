export { budgetAlertMessage } from "./alert-message.ts";
export { budgetDocument } from "./budget-document.ts";
export { budgetWords } from "./budget-section.ts";
export { forecastWords, limitPart, STATUS_WORDS, shareOfLimit } from "./budget-words.ts";
