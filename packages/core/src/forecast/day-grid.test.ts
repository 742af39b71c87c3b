import { describe, expect, it } from "vitest";
import { dayGrid } from "./day-grid.ts";

describe("a grid of days", () => {
  it("has each day's weekday, its date, and its place from the end of its month", () => {
    const { weekday, date, fromEnd } = dayGrid("2024-02-27", 10);
    expect([...date]).toEqual([27, 28, 29, 1, 2, 3, 4, 5, 6, 7]);
    expect([...fromEnd]).toEqual([3, 2, 1, 31, 30, 29, 28, 27, 26, 25]);
    const names = new Map<number, number>();
    for (const [at, day] of weekday.entries()) {
      const ofCalendar = new Date(Date.UTC(2024, 1, 27 + at)).getUTCDay();
      expect(names.get(day) ?? ofCalendar).toBe(ofCalendar);
      names.set(day, ofCalendar);
    }
    expect(names.size).toBe(7);
  });

  it("goes over the end of a year", () => {
    const { date, fromEnd } = dayGrid("2025-12-31", 33);
    expect([date[0], date[1], date[31], date[32]]).toEqual([31, 1, 31, 1]);
    expect([fromEnd[1], fromEnd[32]]).toEqual([31, 28]);
  });
});
