import { describe, expect, it } from "vitest";
import { daysOfMonth } from "./company-day.ts";
import { type CostTrend, CYCLE_MONTHS, trendAt } from "./trend.ts";
import * as trends from "./trends.ts";

describe("a trend", () => {
  const trend: CostTrend = [
    [2, 1],
    [4, 3],
    [14, 0],
  ];

  it("is linear between two points", () => {
    expect([2, 3, 4, 9, 14].map((month) => trendAt(trend, month))).toEqual([1, 2, 3, 1.5, 0]);
  });

  it("is linear from the last point to the first point of the next cycle", () => {
    expect([20, 23, 0, 1].map((month) => trendAt(trend, month))).toEqual([0.5, 0.75, 10 / 12, 11 / 12]);
  });

  it("of one point is constant", () => {
    expect([0, 5, 23].map((month) => trendAt([[5, 2]], month))).toEqual([2, 2, 2]);
  });

  it("of the company has its points in order, within a cycle, and is never negative", () => {
    for (const [name, points] of Object.entries(trends)) {
      const months = points.map(([month]) => month);
      expect(months, name).toEqual(months.toSorted((a, b) => a - b));
      expect(
        months.every((month) => month >= 0 && month < CYCLE_MONTHS),
        name,
      ).toBe(true);
      expect(
        points.every(([, factor]) => factor >= 0),
        name,
      ).toBe(true);
    }
  });
});

describe("a day of the company", () => {
  it("has its weekday, its position in the month and in the cycle", () => {
    const [first, second] = daysOfMonth("2026-03");
    expect(first).toMatchObject({
      day: "2026-03-01",
      weekday: 6,
      dayOfMonth: 1,
      daysInMonth: 31,
      cycleMonth: 2,
    });
    expect(second).toMatchObject({ day: "2026-03-02", weekday: 0 });
    expect(daysOfMonth("2027-01")[0]).toMatchObject({ cycle: first?.cycle, cycleMonth: 12 });
    expect(daysOfMonth("2028-01")[0]).toMatchObject({ cycle: (first?.cycle ?? 0) + 1, cycleMonth: 0 });
    expect(daysOfMonth("2028-02")).toHaveLength(29);
  });

  it("has its highest season factor on the weekend around the fourth Friday of November", () => {
    const busiest = daysOfMonth("2026-11")
      .toSorted((a, b) => b.season - a.season)
      .slice(0, 4);
    expect(busiest.map(({ dayOfMonth }) => dayOfMonth).sort()).toEqual([27, 28, 29, 30]);
  });
});
