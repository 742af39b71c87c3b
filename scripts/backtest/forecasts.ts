import {
  addDays,
  type Day,
  daysIn,
  daysInMonth,
  firstDay,
  type Month,
  monthOf,
  monthsFrom,
} from "@dapanoskop/core/calendar";
import { monthEndForecast } from "@dapanoskop/core/forecast";
import { type AccountLines, accountFigures } from "@dapanoskop/core/forecast/testing";
import { moneyNumber } from "@dapanoskop/core/money";

/** Months that are known before the first one that is forecast: as many as Cost Explorer answers for. */
const MONTHS_BEFORE = 12;

const METHODS = ["ours", "run rate", "naive", "seasonal naive"] as const;
type Method = (typeof METHODS)[number];

export interface ForecastTrial {
  readonly name: string;
  readonly accounts: readonly AccountLines[];
  /** Days of the month to forecast after. */
  readonly dates: readonly number[];
  readonly monthsBefore?: number;
}

/** Rows of a table: mean absolute error of each method, how often the end lay in the range, and how wide it was. */
export function forecastTable(trials: readonly ForecastTrial[]): string {
  const heading = `| | after day | ${METHODS.join(" | ")} | end in the range | width |`;
  return [
    heading,
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...trials.flatMap(rowsOf),
  ].join("\n");
}

function rowsOf({ name, accounts, dates, monthsBefore = MONTHS_BEFORE }: ForecastTrial): readonly string[] {
  return dates.map((date) => {
    const errors: Record<Method, number[]> = { ours: [], "run rate": [], naive: [], "seasonal naive": [] };
    let [inside, months, width] = [0, 0, 0];
    for (const account of accounts) {
      const costs = dailyCosts(account);
      for (const month of monthsOf(account, costs.length, monthsBefore)) {
        const start = daysIn({ start: account.first, end: firstDay(month) });
        const end = sum(costs.slice(start, start + daysInMonth(month)));
        const forecast = monthEndForecast(accountFigures(account, addDays(firstDay(month), date - 1)));
        if (forecast === null || end === 0) continue;
        errors.ours.push(Math.abs(moneyNumber(forecast.total) / end - 1));
        for (const [method, total] of others(costs, start, date, daysInMonth(month))) {
          errors[method].push(Math.abs(total / end - 1));
        }
        if (forecast.low === null || forecast.high === null) continue;
        const [low, high] = [moneyNumber(forecast.low), moneyNumber(forecast.high)];
        months += 1;
        width += (high - low) / end;
        if (low <= end && end <= high) inside += 1;
      }
    }
    const figures = METHODS.map((method) => percent(sum(errors[method]) / errors[method].length));
    const range =
      months === 0
        ? "– | –"
        : `${inside} of ${months} (${percent(inside / months, 0)}) | ${percent(width / months)}`;
    return `| ${name} | ${date} | ${figures.join(" | ")} | ${range} |`;
  });
}

function others(
  costs: readonly number[],
  start: number,
  date: number,
  length: number,
): readonly [Method, number][] {
  const known = sum(costs.slice(start, start + date));
  const newest = start + date - 1;
  const remaining = length - date;
  const week = Array.from({ length: remaining }, (_, ahead) => costs[newest - 6 + (ahead % 7)] ?? 0);
  return [
    ["run rate", (known / date) * length],
    ["naive", known + remaining * (costs[newest] ?? 0)],
    ["seasonal naive", known + sum(week)],
  ];
}

/** The whole months of an account that have enough before them. */
function monthsOf({ first }: AccountLines, count: number, monthsBefore: number): readonly Month[] {
  const end: Day = addDays(first, count);
  return monthsFrom(monthOf(first), monthOf(end))
    .slice(monthsBefore)
    .filter((month) => addDays(firstDay(month), daysInMonth(month)) <= end);
}

function dailyCosts({ lines }: AccountLines): readonly number[] {
  const length = lines[0]?.costs.length ?? 0;
  return Array.from({ length }, (_, at) => sum(lines.map(({ costs }) => costs[at] ?? 0)) / 1e6);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;
