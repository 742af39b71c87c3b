import { describe, expect, it } from "vitest";
import { singleSeries } from "./single-series.ts";

describe("the trend of one name", () => {
  const history = [
    { period: "2026-01", isRunning: false, cost: 3 },
    { period: "2026-02", isRunning: false, cost: -6 },
    { period: "2026-03", isRunning: false, cost: null },
    { period: "2026-04", isRunning: true, cost: 4 },
  ];

  it("has one series, and draws nothing in a month without a known cost", () => {
    const { names, months } = singleSeries("web", history, "USD", null);
    expect(names).toEqual(["web"]);
    expect(months.map(({ period, parts, isRunning }) => [period, parts, isRunning])).toEqual([
      ["2026-01", [3], false],
      ["2026-02", [-6], false],
      ["2026-03", [0], false],
      ["2026-04", [4], true],
    ]);
  });

  it("has no average over a month without a known cost", () => {
    expect(singleSeries("web", history, "USD", null).months.every(({ average }) => average === null)).toBe(
      true,
    );
    const known = history.slice(0, 3).map((month) => ({ ...month, cost: month.cost ?? 9 }));
    expect(singleSeries("web", known, "USD", 1).months).toEqual([
      { period: "2026-03", isRunning: false, parts: [9], average: 2, forecast: null },
    ]);
  });
});
