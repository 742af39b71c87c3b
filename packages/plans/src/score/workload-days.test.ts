import type { DailyFigures, DailyWorkload } from "@dapanoskop/core/daily";
import { LISTED_SERIES } from "@dapanoskop/core/daily";
import { parseMoney } from "@dapanoskop/core/money";
import { describe, expect, it } from "vitest";
import { workloadDays } from "./workload-days.ts";

const workload = (name: string, costs: readonly (number | null)[], costCenter = "Shop"): DailyWorkload => ({
  costCenter,
  name,
  kind: "named",
  costs,
});

const figures = (workloads: readonly DailyWorkload[]) =>
  ({
    currency: "USD",
    completeThrough: "2026-03-02",
    days: ["2026-03-01", "2026-03-02"],
    workloads,
  }) as unknown as DailyFigures;

describe("what a workload costs a day", () => {
  it("is the sum over its cost centers, exactly; 0 where the list has all workloads", () => {
    const days = workloadDays(figures([workload("shop", [0.1, 1]), workload("shop", [0.2, 2], "Search")]));
    expect(days.costOn("shop", "2026-03-01")).toEqual(parseMoney("0.3", "USD"));
    expect(days.costOn("search", "2026-03-01")).toEqual(parseMoney("0", "USD"));
    expect(days.completeThrough).toBe("2026-03-02");
  });

  it("is not known of another day, of a day without a figure, and beyond a full list", () => {
    const days = workloadDays(figures([workload("shop", [null, 2])]));
    expect(days.costOn("shop", "2026-03-03")).toBeNull();
    expect(days.costOn("shop", "2026-03-01")).toBeNull();
    const full = workloadDays(
      figures(Array.from({ length: LISTED_SERIES }, (_, at) => workload(`w${at}`, [1, 1]))),
    );
    expect(full.costOn("shop", "2026-03-01")).toBeNull();
    expect(full.costOn("w1", "2026-03-01")).toEqual(parseMoney("1", "USD"));
    const almost = workloadDays(
      figures(Array.from({ length: LISTED_SERIES - 1 }, (_, at) => workload(`w${at}`, [1, 1]))),
    );
    expect(almost.costOn("shop", "2026-03-01")).toEqual(parseMoney("0", "USD"));
  });

  it("is not that of the charges without a tag, whatever these are called", () => {
    const untagged = { ...workload("shop", [5, 5]), kind: "untagged" } as DailyWorkload;
    expect(workloadDays(figures([untagged])).costOn("shop", "2026-03-01")).toEqual(parseMoney("0", "USD"));
  });
});
