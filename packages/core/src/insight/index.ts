export {
  type Change,
  changeAmountText,
  changeOf,
  changePercentText,
  changeRemark,
  isNothing,
  MINUS,
} from "./change.ts";
export { againstPart, type PeriodComparison } from "./comparisons.ts";
export { bytesInUnit, groupedDigits } from "./figure-digits.ts";
export type {
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
export { type MonthReport, monthReport, type StorageReport } from "./month-report.ts";
export type { Note } from "./notes.ts";
export { ageText, daysText, monthName, monthText, sameDaysText } from "./period-text.ts";
export {
  type BasePeriod,
  basePeriodOf,
  type ReportedCost,
  type ReportedCostCenter,
  reportedCostCenters,
  together,
} from "./reported-costs.ts";
export { type FigureFormats, partText, type Sentence, type SentencePart, sentenceText } from "./sentence.ts";
export { isSignificant } from "./significant.ts";
export { threeMonthAverages } from "./three-month-average.ts";
export {
  coverageSentence,
  displayedCoverage,
  reconciliationSentence,
  requestsSentence,
  residualSentence,
} from "./trust.ts";
