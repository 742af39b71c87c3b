import type { Anomaly } from "../../anomaly/index.ts";
import type { BudgetState } from "../../budget/index.ts";
import type { Day, Instant } from "../../calendar/index.ts";
import type { DailyFigures } from "../../daily/index.ts";
import type { MonthEndForecast } from "../../forecast/index.ts";
import type { Money } from "../../money/index.ts";

/** What a report of a day is computed from. */
export interface DayReportInput {
  readonly figures: DailyFigures;
  /** The day asked for. The report is of the last complete day not after it. */
  readonly date: Day;
  /** `costCenters`: names as published, whose figures alone the audience sees; `null`: the whole account. */
  readonly audience: { readonly name: string; readonly costCenters: readonly string[] | null };
  /** `https://HOST` of the page; `null`: the message has no link. */
  readonly dashboardUrl: string | null;
  /** The source's own forecast of the whole month, from the month's summary. */
  readonly sourceForecast: Money | null;
  /** What the last report to this audience said: the total of its day; `null` where there was none. */
  readonly said: { readonly date: Day; readonly total: Money; readonly at: Instant } | null;
  /** How people answered the alarms of the last 90 days; `null` where nobody could. */
  readonly answers: { readonly confirmed: number; readonly false: number } | null;
  /** Of the whole account, of the reported day. */
  readonly anomalies: readonly Anomaly[];
  /** Of the whole account, of the month of the reported day. */
  readonly forecast: MonthEndForecast | null;
  /** The budgets that the audience is alerted of, as they stand now. */
  readonly budgets: readonly BudgetState[];
}
