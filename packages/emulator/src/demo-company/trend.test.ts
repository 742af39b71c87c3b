import { describe, expect, it } from "vitest";
import { daysOfMonth } from "./company-day.ts";
import { CHAPTER_MONTHS, type CostTrend, trendAt } from "./trend.ts";
import * as trends from "./trends.ts";

describe("a trend", () => {
  const trend: CostTrend = [
    [2, 1],
    [4, 3],
    [14, 0],
  ];

  it("runs straight from knot to knot", () => {
    expect([2, 3, 4, 9, 14].map((month) => trendAt(trend, month))).toEqual([1, 2, 3, 1.5, 0]);
  });

  it("runs on from the last knot into the next chapter", () => {
    expect([20, 23, 0, 1].map((month) => trendAt(trend, month))).toEqual([0.5, 0.75, 10 / 12, 11 / 12]);
  });

  it("of one knot is flat", () => {
    expect([0, 5, 23].map((month) => trendAt([[5, 2]], month))).toEqual([2, 2, 2]);
  });

  it("of the company has knots in order, within a chapter, and never turns negative", () => {
    for (const [name, knots] of Object.entries(trends)) {
      const months = knots.map(([month]) => month);
      expect(months, name).toEqual(months.toSorted((a, b) => a - b));
      expect(
        months.every((month) => month >= 0 && month < CHAPTER_MONTHS),
        name,
      ).toBe(true);
      expect(
        knots.every(([, factor]) => factor >= 0),
        name,
      ).toBe(true);
    }
  });
});

describe("a day of the company", () => {
  it("knows its weekday, its position in the month and in the chapter", () => {
    const [first, second] = daysOfMonth("2026-03");
    expect(first).toMatchObject({
      day: "2026-03-01",
      weekday: 6,
      dayOfMonth: 1,
      daysInMonth: 31,
      chapterMonth: 2,
    });
    expect(second).toMatchObject({ day: "2026-03-02", weekday: 0 });
    expect(daysOfMonth("2027-01")[0]).toMatchObject({ chapter: first?.chapter, chapterMonth: 12 });
    expect(daysOfMonth("2028-01")[0]).toMatchObject({ chapter: (first?.chapter ?? 0) + 1, chapterMonth: 0 });
    expect(daysOfMonth("2028-02")).toHaveLength(29);
  });

  it("is busiest on the weekend around the fourth Friday of November", () => {
    const busiest = daysOfMonth("2026-11")
      .toSorted((a, b) => b.season - a.season)
      .slice(0, 4);
    expect(busiest.map(({ dayOfMonth }) => dayOfMonth).sort()).toEqual([27, 28, 29, 30]);
  });
});
