import { addDays, type Day } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";
import { checkWindow } from "./check-query.ts";
import type { CostSource, ForecastQuery } from "./cost-source.ts";
import { forecastFrom } from "./forecast.ts";

/**
 * The forecast of a bill that answers queries: from its own daily totals before the window, before `today` and before
 * the first day that is not complete.
 * @throws CostSourceError
 */
export async function forecastByQuery(
  { query }: Pick<CostSource, "query">,
  { window, metric, knownUntil: givenUntil }: ForecastQuery,
  today: Day,
  historyDays: number,
): Promise<Money | null> {
  checkWindow(window);
  const completeUntil = givenUntil !== undefined && givenUntil < today ? givenUntil : today;
  const knownUntil = window.start < completeUntil ? window.start : completeUntil;
  const history = { start: addDays(knownUntil, -historyDays), end: knownUntil };
  const { rows } = await query({ window: history, granularity: "DAILY", metric, groupBy: [] });
  return forecastFrom(new Map(rows.map(({ day, cost }) => [day, cost])), window, { historyDays, knownUntil });
}
