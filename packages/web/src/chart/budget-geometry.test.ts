import { describe, expect, it } from "vitest";
import { budgetGeometry } from "./budget-geometry.ts";

describe("the drawing of a budget", () => {
  it("ends a little behind the limit while less was used", () => {
    expect(budgetGeometry({ used: 55, forecast: null, thresholds: [50, 100] })).toEqual({
      used: 50,
      limit: 90.91,
      forecast: null,
      thresholds: [45.45],
    });
  });

  it.each([
    [{ used: 100 }, 90.91],
    [{ used: 110 }, 86.58],
    [{ used: 50, forecast: { low: 100, high: 104 } }, 90.91],
    [{ used: 50, forecast: { low: 100, high: 200 } }, 47.62],
    [{ used: 285 }, 33.42],
    [{ used: 290 }, 33.33],
  ])("ends 5 % behind the largest amount, between 110 and 300: %j", (own, limit) => {
    expect(budgetGeometry({ forecast: null, thresholds: [], ...own }).limit).toBe(limit);
  });

  it("draws thresholds inside of it, but not at the limit", () => {
    const at = (...thresholds: readonly number[]) =>
      budgetGeometry({ used: 0, forecast: null, thresholds }).thresholds;
    expect(at(0, 55, 99.9, 100, 100.1, 109.9, 110, 200)).toEqual([0, 50, 90.82, 91, 99.91]);
  });

  it("draws a narrow range so that it is seen", () => {
    const range = (low: number, high: number) =>
      budgetGeometry({ used: 0, forecast: { low, high }, thresholds: [] }).forecast;
    expect(range(55, 55)).toEqual({ from: 50, to: 50.6 });
    expect(range(55, 55.66)).toEqual({ from: 50, to: 50.6 });
    expect(range(55, 57.2)).toEqual({ from: 50, to: 52 });
  });

  it("contains a forecast that is over the limit", () => {
    const { limit, forecast } = budgetGeometry({
      used: 80,
      forecast: { low: 120, high: 200 },
      thresholds: [],
    });
    expect(limit).toBe(47.62);
    expect(forecast).toEqual({ from: 57.14, to: 95.24 });
  });

  it("keeps the limit in sight however much was used, and nothing leaves the drawing", () => {
    expect(budgetGeometry({ used: 9_000, forecast: { low: 9_000, high: 1e9 }, thresholds: [1_000] })).toEqual(
      {
        used: 100,
        limit: 33.33,
        forecast: { from: 99.4, to: 100 },
        thresholds: [],
      },
    );
    expect(budgetGeometry({ used: -20, forecast: null, thresholds: [] }).used).toBe(0);
  });
});
