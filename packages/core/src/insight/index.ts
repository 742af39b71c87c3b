export {
  type Change,
  changeAmountText,
  changeOf,
  changePercentText,
  changeRemark,
  isNothing,
  MINUS,
} from "./change.ts";
export { type ChargeLine, chargeLines, chargesSentence } from "./charge-lines.ts";
export { againstPart, type PeriodComparison } from "./comparisons.ts";
export { sourceForecastWords } from "./day/subject.ts";
export { isLate, throughParts } from "./delivered.ts";
export { bytesInUnit, groupedDigits } from "./figure-digits.ts";
export type {
  ChargeTypeFigures,
  CostByPeriod,
  CostCenterFigures,
  CostFigures,
  MonthFigures,
  MonthStorage,
  MonthTotal,
  NameKind,
  Residual,
  TrendFigures,
  WorkloadFigures,
} from "./month-figures.ts";
export { type MonthReport, monthReport } from "./month-report.ts";
export { ageText, daysText, monthName, monthText } from "./period-text.ts";
export {
  type ReportedCost,
  reportedCostCenters,
  together,
} from "./reported-costs.ts";
export { type FigureFormats, partText, type Sentence, sentenceText } from "./sentence.ts";
export { isSignificant } from "./significant.ts";
export { hasStorage, sourceSentence } from "./source-sentence.ts";
export { threeMonthAverages } from "./three-month-average.ts";
export {
  displayedCoverage,
  reconciliationSentence,
  requestsSentence,
  residualSentence,
} from "./trust.ts";
export { type ChangeStep, changeSteps } from "./usage-change/change-steps.ts";
export { type ChangeParts, splitLine } from "./usage-change/split-change.ts";
export { costBefore, costNow, type PricedUse, type UsageLine } from "./usage-change/usage-line.ts";
