import { moneyText } from "@dapanoskop/core/money";
import { describe, expect, it } from "vitest";
import { aPublishedMonth } from "../testing/index.ts";
import { monthFigures, trendFigures } from "./month-figures.ts";

const figuresOf = (...spec: Parameters<typeof aPublishedMonth>) => monthFigures(aPublishedMonth(...spec));
const workload = { name: "web", current: 1.1, prevMonth: 2.2, yoy: 3.3, priorPeriodToDate: 4.4 };
const centers = [{ name: "Shop", allocated: 0.6, workloads: [workload] }];
const texts = (cost: object) =>
  Object.entries(cost).map(([period, money]) => [period, money === null ? null : moneyText(money)]);

describe("the figures of a published month", () => {
  it("has no source where the summary names none, as summaries did before", () => {
    const { index, summary } = aPublishedMonth();
    const { source, ...before } = summary;
    expect(source).toBeDefined();
    expect(monthFigures({ index, summary: before }).source).toBeNull();
  });

  it("keeps each cost in its own period", () => {
    const { total, costCenters } = figuresOf({ centers });
    const expected = [
      ["current", "1.1"],
      ["previousMonth", "2.2"],
      ["yearBefore", "3.3"],
      ["completeDays", "1.1"],
      ["priorPeriodToDate", "4.4"],
    ];
    expect(texts(total)).toEqual(expected);
    expect(texts(costCenters[0]?.cost ?? {})).toEqual(expected);
    expect(texts(costCenters[0]?.workloads[0]?.cost ?? {})).toEqual(expected);
    expect(costCenters[0]).toMatchObject({ direct: { units: 500_000_000_000n } });
    expect(costCenters[0]).toMatchObject({ allocated: { units: 600_000_000_000n } });
  });

  it("is null where a figure is unknown, and never 0", () => {
    const unknown = { name: "web", current: 1, prevMonth: null, yoy: null, priorPeriodToDate: null };
    const { total } = figuresOf({ centers: [{ name: "Shop", workloads: [unknown] }] });
    expect(texts(total)).toEqual([
      ["current", "1"],
      ["previousMonth", null],
      ["yearBefore", null],
      ["completeDays", "1"],
      ["priorPeriodToDate", null],
    ]);
  });

  it("has no prior period to date and no forecast when the month is closed", () => {
    const closed = figuresOf({ period: "2026-02" });
    expect([closed.isRunning, closed.forecast, closed.total.priorPeriodToDate]).toEqual([false, null, null]);
    expect(closed.windows.priorPeriodToDate).toBeNull();
  });

  it("gives a running month the window of the same days, also where the summary leaves it out", () => {
    const { index, summary } = aPublishedMonth();
    const { prior_partial: _, ...windows } = summary.windows;
    for (const known of [summary, { ...summary, windows }]) {
      expect(monthFigures({ index, summary: known }).windows.priorPeriodToDate).toEqual({
        start: "2026-02-01",
        end: "2026-02-08",
      });
    }
  });

  it("keeps the storage of this month and of the month before apart", () => {
    const storage_metrics = {
      total_cost_usd: 1,
      prev_month_cost_usd: 2,
      total_volume_bytes: 3,
      hot_tier_percentage: 4,
      cost_per_tb_usd: 5,
      prev_month_total_volume_bytes: 6,
      prev_month_hot_tier_percentage: 7,
      prev_month_cost_per_tb_usd: 8,
      prior_partial_cost_usd: 9,
      tiers: [],
    };
    const { storage } = figuresOf({ summary: { storage_metrics } });
    const usd = (amount: number) => ({ units: BigInt(amount) * 10n ** 12n, currency: "USD" });
    expect(storage).toMatchObject({
      current: { cost: usd(1), volumeBytes: 3n, hotPercentage: 4, costPerTb: 5 },
      previousMonth: { cost: usd(2), volumeBytes: 6n, hotPercentage: 7, costPerTb: 8 },
      priorPeriodToDateCost: usd(9),
    });
  });

  it("prices its requests in dollars, whatever the currency of the bill", () => {
    const { total, requests } = figuresOf({ summary: { currency: "EUR" } });
    expect([total.current.currency, requests.price.currency]).toEqual(["EUR", "USD"]);
  });
});

describe("the trend", () => {
  it("gives every month its total", () => {
    const { trend } = aPublishedMonth();
    expect(trendFigures(trend).months).toEqual([
      { month: "2026-03", isRunning: true, total: { units: 420_000_000_000_000n, currency: "USD" } },
    ]);
  });
});
