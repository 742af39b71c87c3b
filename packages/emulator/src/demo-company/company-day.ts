import { type Day, daysInMonth, type Month } from "@dapanoskop/core/calendar";
import { type CostTrend, trendAt } from "./trend.ts";

/** What a day is to the company. It depends on nothing but the day: whoever looks later sees the same past. */
export interface CompanyDay {
  readonly day: Day;
  /** Days since 1970-01-01. */
  readonly number: number;
  /** 1 is the first. */
  readonly dayOfMonth: number;
  readonly daysInMonth: number;
  /** 0 is Monday. */
  readonly weekday: number;
  /** Chapters since the year 0, and how many months of this one have passed, with a fraction: [0, 24). */
  readonly chapter: number;
  readonly chapterMonth: number;
  /** The company's size; 1 at the start of 2018. */
  readonly growth: number;
  /** How busy the shop is by the time of the year; about 1 on average. */
  readonly season: number;
}

// Slow enough that the company of 2040 is still the one of 2020.
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
      chapter: Math.floor(year / 2),
      chapterMonth: passed,
      growth: 1 + (YEARLY_GROWTH * (dayCount - DAY_OF_2018)) / 365.25,
      season: trendAt(season, passed) * saleOn(number, at + 1, (dayCount + 3) % 7),
    };
  });
}

/** Days from 1970-01-01 to a day. */
export const dayNumber = (year: number, month: number, day: number) =>
  Date.UTC(year, month - 1, day) / 86_400_000;

// Bicycles sell in spring, everything sells before Christmas. The same in both years of a chapter.
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

/** The weekend around the fourth Friday of November. */
function saleOn(month: number, dayOfMonth: number, weekday: number): number {
  const friday = dayOfMonth - ((weekday + 3) % 7);
  return month === 11 && friday >= 22 && friday <= 28 && dayOfMonth - friday <= 3 ? 1.6 : 1;
}
