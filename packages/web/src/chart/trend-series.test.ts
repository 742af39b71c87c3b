import type { Trend } from "@dapanoskop/dataset";
import { describe, expect, it } from "vitest";
import { displayedMonth } from "./chart-amount.ts";
import { costCenterSeries } from "./trend-series.ts";

/** A trend of months with the given costs by cost center; a name at the end of `running` marks the running month. */
const aTrend = (months: Readonly<Record<string, Readonly<Record<string, number>>>>, running = ""): Trend => ({
  schema: 1,
  currency: "USD",
  months: Object.entries(months).map(([period, costs]) => ({
    period,
    is_mtd: period === running,
    total_cost_usd: Object.values(costs).reduce((sum, cost) => sum + cost, 0),
    cost_centers: Object.entries(costs).map(([name, cost_usd]) => ({ name, kind: "named", cost_usd })),
  })),
});

const letters = (count: number) =>
  Object.fromEntries(Array.from("abcdefgh".slice(0, count), (name, at) => [name, 100 - at]));

describe("the trend of all cost centers", () => {
  it("has a series for each cost center, largest first, with its cost in each month", () => {
    const { names, months } = costCenterSeries(
      aTrend({ "2026-01": { small: 1, large: 50 }, "2026-02": { large: 60, small: 2 } }),
      null,
      null,
    );
    expect(names).toEqual(["large", "small"]);
    expect(months.map(({ period, parts }) => [period, parts])).toEqual([
      ["2026-01", [50, 1]],
      ["2026-02", [60, 2]],
    ]);
  });

  it("ranks a cost center in credit by the size of its credit, and keeps the sign", () => {
    const { names, months } = costCenterSeries(aTrend({ "2026-01": { cost: 20, credit: -30 } }), null, null);
    expect(names).toEqual(["credit", "cost"]);
    expect(months[0]?.parts).toEqual([-30, 20]);
    expect(months.map((month) => displayedMonth(month, "USD").total)).toEqual([-1000n]);
  });

  it("names up to seven cost centers; of eight, two are all others", () => {
    expect(costCenterSeries(aTrend({ "2026-01": letters(7) }), null, null).names).toEqual([..."abcdefg"]);
    const { names, months } = costCenterSeries(aTrend({ "2026-01": letters(8) }), null, null);
    expect(names).toEqual([..."abcdef", null]);
    expect(months[0]?.parts).toEqual([100, 99, 98, 97, 96, 95, 94 + 93]);
  });

  it("leaves out cost centers without cost in the shown months, and sorts equal ones by name", () => {
    const trend = aTrend({ "2026-01": { old: 9, b: 1 }, "2026-02": { none: 0, b: 5, a: 5 } });
    expect(costCenterSeries(trend, null, 1).names).toEqual(["a", "b"]);
    expect(costCenterSeries(trend, null, 1).months.map(({ period }) => period)).toEqual(["2026-02"]);
    expect(costCenterSeries(trend, null, null).names).toEqual(["old", "b", "a"]);
  });

  it("has the forecast at its own month only", () => {
    const trend = aTrend({ "2026-02": { a: 1 }, "2026-03": { a: 2 } }, "2026-03");
    const { months } = costCenterSeries(trend, { period: "2026-03", total: 9 }, null);
    expect(months.map(({ isRunning, forecast }) => [isRunning, forecast])).toEqual([
      [false, null],
      [true, 9],
    ]);
  });

  it("has the average of a closed month and the two before it, also where these are not shown", () => {
    const trend = aTrend(
      { "2026-01": { a: 1 }, "2026-02": { a: 2 }, "2026-03": { a: 6 }, "2026-04": { a: 5 } },
      "2026-04",
    );
    expect(costCenterSeries(trend, null, null).months.map(({ average }) => average)).toEqual([
      null,
      null,
      3,
      null,
    ]);
    expect(costCenterSeries(trend, null, 2).months.map(({ average }) => average)).toEqual([3, null]);
  });

  it("is empty without months", () => {
    expect(costCenterSeries(aTrend({}), null, 13)).toEqual({ names: [], months: [] });
  });
});
