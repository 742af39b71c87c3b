import { type Day, daysInMonth, type Month } from "@dapanoskop/core/calendar";
import { type CostTrend, trendAt } from "./trend.ts";

/** The properties of a day in the demo company. They depend on the day alone, so those of a past day never change. */
export interface CompanyDay {
  readonly day: Day;
  /** Days since 1970-01-01. */
  readonly number: number;
  /** 1 is the first. */
  readonly dayOfMonth: number;
  readonly daysInMonth: number;
  /** 0 is Monday. */
  readonly weekday: number;
  /** Two-year cycles since the year 0, and the months of this cycle that have passed, with a fraction: [0, 24). */
  readonly cycle: number;
  readonly cycleMonth: number;
  /** The company's size; 1 at the start of 2018. */
  readonly growth: number;
  /** The shop's seasonal factor; about 1 on average. */
  readonly season: number;
}

// The growth is slow, so the company of 2040 has a similar size to that of 2020.
const YEARLY_GROWTH = 0.018;
const DAY_OF_2018 = 17_532;

/** The days of a month, in order. */
export function daysOfMonth(month: Month): readonly CompanyDay[] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const first = dayNumber(year, number, 1);
  const length = daysInMonth(month);
  return Array.from({ length }, (_, at) => {
    const passed = (year % 2) * 12 + number - 1 + at / length;
    const dayCount = first + at;
    return {
      day: `${month}-${String(at + 1).padStart(2, "0")}`,
      number: dayCount,
      dayOfMonth: at + 1,
      daysInMonth: length,
      weekday: (dayCount + 3) % 7,
      cycle: Math.floor(year / 2),
      cycleMonth: passed,
      growth: 1 + (YEARLY_GROWTH * (dayCount - DAY_OF_2018)) / 365.25,
      season: trendAt(season, passed) * saleOn(number, at + 1, (dayCount + 3) % 7),
    };
  });
}

/** Days from 1970-01-01 to a day. */
export const dayNumber = (year: number, month: number, day: number) =>
  Date.UTC(year, month - 1, day) / 86_400_000;

// Bicycle sales peak in spring, all sales before Christmas. Both years of a cycle have the same seasons.
const season: CostTrend = [0, 12].flatMap((from) => [
  [from, 0.93],
  [from + 1.5, 0.9],
  [from + 4.5, 1.08],
  [from + 7.5, 0.98],
  [from + 9.5, 1],
  [from + 10.5, 1.3],
  [from + 11.5, 1.4],
  [from + 11.9, 1.1],
]);

/** The factor of the sale, from the fourth Friday of November to the Monday after it. */
function saleOn(month: number, dayOfMonth: number, weekday: number): number {
  const friday = dayOfMonth - ((weekday + 3) % 7);
  return month === 11 && friday >= 22 && friday <= 28 && dayOfMonth - friday <= 3 ? 1.6 : 1;
}
