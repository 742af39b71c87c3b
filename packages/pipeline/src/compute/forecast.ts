import type { Window } from "@dapanoskop/core/calendar";
import type { MonthForecast, PeriodLedger } from "@dapanoskop/core/ledger";
import { add, type Money } from "@dapanoskop/core/money";
import { CostSourceError } from "@dapanoskop/core/source";
import type { ForecastAnswer } from "../query/index.ts";

export interface ForecastResult {
  /** `null`: the source has too little data for a forecast, or did not answer. */
  readonly forecast: MonthForecast | null;
  /** Why the month has no forecast and what to do, as sentences; `null` when nothing failed. */
  readonly warning: string | null;
}

/**
 * Where a running month will end: the cost of its complete days, and the forecast of the days after them.
 * @param complete the cost of the complete days
 */
export function monthForecast(
  { period, currency }: Pick<PeriodLedger, "period" | "currency">,
  complete: Money,
  { remaining, window, failure }: ForecastAnswer,
): ForecastResult {
  const error = failure ?? currencyFailure(remaining?.currency ?? currency, currency, window);
  if (error !== null) {
    return { forecast: null, warning: `${period} is collected without a forecast. ${error.message}` };
  }
  return {
    forecast: remaining === null ? null : { total: add(complete, remaining), remaining, ...window },
    warning: null,
  };
}

function currencyFailure(forecast: string, bill: string, window: Window): CostSourceError | null {
  if (forecast === bill) return null;
  return new CostSourceError(
    "currency",
    window,
    `The forecast is in ${forecast}, the bill in ${bill}. One deployment reads one currency.`,
  );
}
