export {
  DAILY_DAYS,
  type DailyChargeType,
  type DailyCostCenter,
  type DailyFigures,
  type DailyMonth,
  type DailyNumbers,
  type DailyService,
  type DailyUsageType,
  type DailyWorkload,
  LISTED_SERIES,
} from "./daily-figures.ts";
