import { describe, expect, it } from "vitest";
import type { Daily } from "../documents/daily.ts";
import { dailyFigures } from "./daily-figures.ts";

const daily: Daily = {
  schema: 1,
  run_id: "20260303T060000Z-00000000000000000000000000000001",
  published_at: "2026-03-03T06:00:00Z",
  currency: "EUR",
  metric: "AmortizedCost",
  source: {
    kind: "FOCUS",
    provider: "AWS",
    metric: "AmortizedCost",
    tag_key: "App",
    cost_category: null,
  },
  complete_through: "2026-03-01",
  days: ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"],
  total_cost_usd: [1, null, 2, 0.5],
  cost_centers: [{ name: "Uncategorized", kind: "uncategorized", cost_usd: [1, null, 2, 0.5] }],
  services: [{ name: "AmazonS3", cost_usd: [1, null, 2, 0.5] }],
  charge_types: [{ name: "Usage", kind: "usage", cost_usd: [1, null, null, 0.5] }],
  workloads: [
    { cost_center: "Uncategorized", name: "Untagged", kind: "untagged", cost_usd: [1, null, 1, 0.5] },
  ],
  usage_types: [
    {
      service: "AmazonS3",
      usage_type: "TimedStorage-ByteHrs",
      category: "Storage",
      unit: null,
      cost_usd: [1, null, 1, 0.5],
      usage_quantity: [null, null, null, null],
    },
  ],
  months: [
    {
      period: "2026-03",
      run_id: "20260303T060000Z-00000000000000000000000000000001",
      is_mtd: true,
      total_cost_usd: [2, 0.5],
      usage_cost_usd: [null, 0.5],
    },
  ],
};

describe("daily figures", () => {
  it("begin after the newest day that is not known", () => {
    const figures = dailyFigures(daily);
    expect(figures.days).toEqual(["2026-03-01", "2026-03-02"]);
    expect(figures.total).toEqual([2, 0.5]);
    expect(figures.chargeTypes).toEqual([{ name: "Usage", kind: "usage", costs: [null, 0.5] }]);
    expect(figures.usageTypes[0]?.quantities).toEqual([null, null]);
    expect(figures.completeThrough).toBe("2026-03-01");
    expect(figures.history).toEqual([
      { month: "2026-03", isRunning: true, total: [2, 0.5], usage: [null, 0.5] },
    ]);
  });
});
