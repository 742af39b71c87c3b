export type {
  CostByPeriod,
  CostCenterFigures,
  MonthFigures,
  MonthStorage,
  MonthTotal,
  NameKind,
  Residual,
  TrendFigures,
  WorkloadFigures,
} from "./month-figures.ts";
