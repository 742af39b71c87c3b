import { addDays, type Day, type Window } from "@dapanoskop/core/calendar";
import { add, type Money, sum } from "@dapanoskop/core/money";
import { type CostSource, CostSourceError, type ForecastQuery, forecastDays } from "@dapanoskop/core/source";
import type { ForecastAnswer } from "./answers.ts";

/**
 * The forecast from the first day that is not complete to the end of the month. Cost Explorer refuses a forecast that
 * starts before yesterday: the days before that are the mean of the same weekday over the weeks before, from the bill's
 * own daily totals.
 * @param planned from the event's day to the end of the month
 * @param completeEnd the first day that is not complete
 */
export async function queryForecast(
  { window: planned, metric }: ForecastQuery,
  completeEnd: Day,
  dailyTotals: ReadonlyMap<Day, Money>,
  source: CostSource,
): Promise<ForecastAnswer> {
  const window: Window = { start: completeEnd, end: planned.end };
  const yesterday = addDays(planned.start, -1);
  const start = completeEnd < yesterday ? yesterday : completeEnd;
  try {
    const late = start === completeEnd ? null : lateDays(dailyTotals, { start: completeEnd, end: start });
    if (start !== completeEnd && late === null) return { remaining: null, window, failure: null };
    const answer = await source.forecast({
      window: { start, end: planned.end },
      metric,
      knownUntil: completeEnd,
    });
    return { remaining: together(late, answer), window, failure: null };
  } catch (failure) {
    if (!(failure instanceof CostSourceError)) throw failure;
    return { remaining: null, window, failure };
  }
}

/** Amounts in two currencies do not add up: the source's own then shows that, and the month has no forecast. */
const together = (late: Money | null, answer: Money | null): Money | null =>
  late === null || answer === null || late.currency !== answer.currency ? answer : add(late, answer);

function lateDays(dailyTotals: ReadonlyMap<Day, Money>, window: Window): Money | null {
  const days = forecastDays(dailyTotals, window);
  const [first] = days ?? [];
  if (days === null || first === undefined) return null;
  const costs = days.map(({ cost }) => cost);
  return sum(costs, first.cost.currency);
}
