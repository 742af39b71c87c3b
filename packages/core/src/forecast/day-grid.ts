import { type Day, daysInMonth, monthOf } from "../calendar/index.ts";

/** Consecutive days as the statistics ask for them: plain numbers, in the order of the days. */
export interface DayGrid {
  readonly first: Day;
  readonly length: number;
  /** 0 to 6; which one is Monday does not matter. */
  readonly weekday: Uint8Array;
  /** 1 is the first of a month. */
  readonly date: Uint8Array;
  /** 1 is the last day of a month. */
  readonly fromEnd: Uint8Array;
}

/** One number a day of a grid; `NaN` is a day that is not known. */
export type Series = Float64Array;

const DAY_MS = 86_400_000;

export function dayGrid(first: Day, length: number): DayGrid {
  const weekday = new Uint8Array(length);
  const date = new Uint8Array(length);
  const fromEnd = new Uint8Array(length);
  let month = monthOf(first);
  let days = daysInMonth(month);
  let current = Number(first.slice(8));
  const start = Math.round(Date.parse(`${first}T00:00:00Z`) / DAY_MS);
  for (let at = 0; at < length; at += 1) {
    if (current > days) {
      month = nextMonth(month);
      days = daysInMonth(month);
      current = 1;
    }
    weekday[at] = (start + at) % 7;
    date[at] = current;
    fromEnd[at] = days - current + 1;
    current += 1;
  }
  return { first, length, weekday, date, fromEnd };
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${month.slice(0, 5)}${String(number + 1).padStart(2, "0")}`;
}

/** `null` becomes `NaN`. */
export function seriesOf(values: readonly (number | null)[], length = values.length): Series {
  const series = new Float64Array(length).fill(Number.NaN);
  for (let at = 0; at < length; at += 1) {
    const value = values[at];
    if (value !== null && value !== undefined) series[at] = value;
  }
  return series;
}

/** The middle one, or the mean of the two in the middle; `NaN` of nothing. Sorts `values` in place, by insertion: they are few. */
export function medianOf(values: number[]): number {
  const { length } = values;
  for (let at = 1; at < length; at += 1) {
    const value = values[at] ?? Number.NaN;
    let place = at;
    for (let before = values[place - 1]; before !== undefined && before > value; before = values[place - 1]) {
      values[place] = before;
      place -= 1;
    }
    values[place] = value;
  }
  const middle = length >> 1;
  const upper = values[middle] ?? Number.NaN;
  return length % 2 === 1 ? upper : ((values[middle - 1] ?? Number.NaN) + upper) / 2;
}
