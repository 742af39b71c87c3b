import {
  addDays,
  addMonths,
  type Day,
  dayOfInstant,
  daysIn,
  firstDay,
  type Instant,
  type Month,
} from "../calendar/index.ts";
import { monthsForecast } from "../forecast/index.ts";
import { add, compare, type Money, sum } from "../money/index.ts";
import type { Budget, BudgetForecast, BudgetForecastStatus, BudgetState, BudgetStatus } from "./budget.ts";
import type { BudgetFigures, MonthCosts } from "./budget-figures.ts";
import { currentMonth, monthsOfPeriod, periodStartOf } from "./period.ts";
import { NO_DAYS, scopeCost, scopeDays, scopeWords } from "./scope-costs.ts";
import { budgetLimit } from "./threshold.ts";

/** The collection runs once a day: figures older than this, in hours, miss at least one run. */
const OLDEST_FIGURES = 36;

/** AWS delivers a day up to four days late: until then a period that has just begun may have no days. */
const WAITING_DAYS = 4;

/** Complete days of a period before it is forecast: one of each weekday. */
const FEWEST_DAYS = 7;

/**
 * How a budget stands in a period, by what is published. Nothing is guessed: a month that is not published, figures that are
 * old, another currency, a name without charges make it unknown.
 * @param start the first month of the period; by default the period of the day before `at`
 */
export function budgetState(
  budget: Budget,
  figures: BudgetFigures,
  at: Instant,
  start: Month = periodStartOf(budget.period, currentMonth(at)),
): BudgetState {
  const months = monthsOfPeriod(budget.period, start);
  const begun = months.filter((month) => month <= currentMonth(at));
  const newest = begun.at(-1) ?? start;
  const published = figures.months.get(newest) ?? null;
  const state = {
    budget,
    periodStart: start,
    completeThrough: figures.daily?.completeThrough ?? null,
    collectedAt: published?.collectedAt ?? null,
  };
  const costs = costsOf(budget, begun, figures, at);
  if ("unknown" in costs) return { ...state, ...unknownState(costs.unknown), isWaiting: costs.isWaiting };
  const actual = sum(costs.months, budget.currency);
  const outlook = forecastOf(budget, months, costs, figures);
  const limit = budgetLimit(budget);
  const status = statusOf(actual, outlook.forecast, limit);
  // Whether a budget is on track depends on its forecast too; that it is over its limit does not.
  if (outlook.forecastStatus === "unknown" && status === "on_track") {
    return { ...state, ...unknownState(outlook.why ?? ""), actual, isWaiting: false };
  }
  return { ...state, ...outlook, status, actual, isWaiting: false };
}

const unknownState = (why: string) =>
  ({ status: "unknown", actual: null, forecast: null, forecastStatus: "unknown", why }) as const;

function statusOf(actual: Money, forecast: BudgetForecast | null, limit: Money): BudgetStatus {
  const size = compare(actual, limit);
  if (size !== 0) {
    if (size > 0) return "over_budget";
    return forecast !== null && compare(forecast.total, limit) > 0 ? "forecast_over" : "on_track";
  }
  return "at_limit";
}

/** What each month of a period cost that has begun. */
interface CostsOfPeriod {
  readonly months: readonly Money[];
  /** The newest of them. */
  readonly newest: MonthCosts;
}

interface UnknownCosts {
  readonly unknown: string;
  readonly isWaiting: boolean;
}

function costsOf(
  budget: Budget,
  begun: readonly Month[],
  { months, daily, problem }: BudgetFigures,
  at: Instant,
): CostsOfPeriod | UnknownCosts {
  const unknown = (sentence: string, isWaiting = false) => ({ unknown: sentence, isWaiting });
  if (problem !== null) return unknown(problem);
  const costs: Money[] = [];
  const [newest] = begun.slice(-1).flatMap((month) => months.get(month) ?? []);
  for (const name of begun) {
    const month = months.get(name);
    const isNewest = name === begun.at(-1);
    const isCurrent = name === currentMonth(at);
    const hasJustBegun = isCurrent && dayOfInstant(at) <= addDays(firstDay(name), WAITING_DAYS);
    if (month === undefined) return unknown(`${name} is not published.`, hasJustBegun);
    if (month.isRunning && !isCurrent) {
      return unknown(`${name} was collected before it ended, and not since. Run: dapanoskop collect.`);
    }
    if (isCurrent && isOld(month.collectedAt, at)) {
      return unknown(
        `${name} was collected at ${month.collectedAt}, more than ${OLDEST_FIGURES} hours ago. Find out why the collection fails.`,
      );
    }
    if (month.currency !== budget.currency) {
      return unknown(`The bill of ${name} is in ${month.currency}, and the budget in ${budget.currency}.`);
    }
    const cost = scopeCost(budget.scope, month, daily);
    if ("unknown" in cost) return unknown(cost.unknown);
    if (cost.cost.currency !== budget.currency) {
      return unknown(
        `The days of ${name} are in ${cost.cost.currency}, and the budget in ${budget.currency}.`,
      );
    }
    if (isNewest && !cost.hasCharges) {
      return unknown(
        `No charge of ${name} is in ${scopeWords(budget.scope)}. Check whether it still exists and how the report spells it.`,
        hasJustBegun,
      );
    }
    costs.push(cost.cost);
  }
  return newest === undefined ? unknown("The period has not begun.") : { months: costs, newest };
}

const isOld = (collectedAt: Instant, at: Instant): boolean =>
  Date.parse(at) - Date.parse(collectedAt) > OLDEST_FIGURES * 3_600_000;

interface Outlook {
  readonly forecast: BudgetForecast | null;
  readonly forecastStatus: BudgetForecastStatus;
  readonly why: string | null;
}

/** The closed months as they are, and the forecast of the running one and of those to come. */
function forecastOf(
  { scope }: Budget,
  months: readonly Month[],
  { months: costs, newest }: CostsOfPeriod,
  { daily }: BudgetFigures,
): Outlook {
  const [start = newest.month] = months;
  const end = firstDay(addMonths(months.at(-1) ?? start, 1));
  const actual = sum(costs, newest.currency);
  if (daily === null) return { forecast: null, forecastStatus: "unknown", why: NO_DAYS };
  const { completeThrough } = daily;
  const complete = completeThrough === null ? 0 : daysThrough(firstDay(start), completeThrough);
  if (completeThrough !== null && addDays(completeThrough, 1) >= end) {
    return known({ total: actual, low: actual, high: actual });
  }
  if (daily.currency !== newest.currency) {
    return { forecast: null, forecastStatus: "unknown", why: `The published days are in ${daily.currency}.` };
  }
  if (complete < FEWEST_DAYS) {
    return insufficient(
      complete === 1
        ? `1 day of the period is complete: its forecast needs ${FEWEST_DAYS}.`
        : `${Math.max(0, complete)} days of the period are complete: its forecast needs ${FEWEST_DAYS}.`,
    );
  }
  const days = scopeDays(scope, daily, newest);
  if (days === null) {
    return insufficient(`The days of ${scopeWords(scope)} are not published: only those of the largest are.`);
  }
  const rest = monthsForecast(days, months.slice(costs.length - 1));
  if (rest === null) return insufficient("Too few days are known for a forecast.");
  const closed = sum(costs.slice(0, -1), newest.currency);
  const { total, low, high } = rest;
  return known({ total: add(closed, total), low: low && add(closed, low), high: high && add(closed, high) });
}

const known = (forecast: BudgetForecast): Outlook => ({ forecast, forecastStatus: "known", why: null });

const insufficient = (why: string): Outlook => ({ forecast: null, forecastStatus: "insufficient_data", why });

const daysThrough = (start: Day, through: Day): number => daysIn({ start, end: addDays(through, 1) });
