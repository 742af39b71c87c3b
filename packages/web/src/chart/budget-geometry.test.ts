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
