import { describe, expect, it } from "vitest";
import type { Summary } from "../documents/summary.ts";
import { aSummary } from "../testing/index.ts";
import { findings } from "./findings.ts";
import { verifySummary } from "./verify-summary.ts";

const summary = aSummary({ period: "2026-02" });

function faultsOf(change: Partial<Summary>): readonly string[] {
  const found = findings();
  verifySummary({ ...summary, ...change }, found);
  return found.faults;
}

describe("the periods of a summary", () => {
  it("are the month, the one before and the one a year before", () => {
    expect(faultsOf({}).filter((fault) => fault.includes("its periods are"))).toEqual([]);
    for (const wrong of [{ current: "2026-03" }, { prev_month: "2026-02" }, { yoy: "2025-03" }]) {
      const periods = { ...summary.periods, ...wrong };
      expect(faultsOf({ periods })).toContain(
        `2026-02: its periods are ${periods.current}, ${periods.prev_month} and ${periods.yoy}.`,
      );
    }
  });
});

describe("a summary that adds up", () => {
  const closed = aSummary({ period: "2026-02" });
  const running = aSummary({ period: "2026-03" });
  const clone = (of: Summary): Summary => structuredClone(of);
  type Changeable<Value> = Value extends object
    ? { -readonly [Name in keyof Value]: Changeable<Value[Name]> }
    : Value;
  type ChangeOfSummary = (summary: Changeable<Summary>) => unknown;

  function faultsAfter(of: Summary, change: ChangeOfSummary = () => {}): readonly string[] {
    const found = findings();
    const changed = clone(of) as Changeable<Summary>;
    change(changed);
    verifySummary(changed as Summary, found);
    return found.faults;
  }

  it("has no fault", () => {
    expect([faultsAfter(closed), faultsAfter(running)]).toEqual([[], []]);
  });

  const day = (window: { start: string; end: string }, own: object) => Object.assign(window, own);
  it.each<readonly [string, Summary, ChangeOfSummary, RegExp]>([
    [
      "another metric than its source",
      closed,
      (one) => Object.assign(one, { metric: "BlendedCost", source: { metric: "UnblendedCost" } }),
      /its metric is BlendedCost, and its source has UnblendedCost\.$/,
    ],
    [
      "a window that begins late",
      closed,
      ({ windows }) => day(windows.current, { start: "2026-02-02" }),
      /its window is 2026-02-02 to/,
    ],
    [
      "a window that ends late",
      closed,
      ({ windows }) => day(windows.current, { end: "2026-03-02" }),
      /its window is 2026-02-01 to 2026-03-02/,
    ],
    [
      "a window that ends early",
      closed,
      ({ windows }) => day(windows.current, { end: "2026-02-28" }),
      /its window is 2026-02-01 to 2026-02-28/,
    ],
    [
      "an empty window",
      running,
      ({ windows }) => day(windows.current, { end: "2026-03-01" }),
      /its window is 2026-03-01 to 2026-03-01/,
    ],
    [
      "a part of the month before",
      closed,
      ({ windows }) => day(windows.prev_month, { end: "2026-01-31" }),
      /is not a whole month/,
    ],
    [
      "a part of the year before",
      closed,
      ({ windows }) => day(windows.yoy, { start: "2025-02-02" }),
      /is not a whole month/,
    ],
    [
      "the same days in a closed month",
      closed,
      ({ windows }) => Object.assign(windows, { prior_partial: { start: "2026-01-01", end: "2026-01-08" } }),
      /the same days of the month before are 2026-01-01 to 2026-01-08/,
    ],
    [
      "the same days that begin late",
      running,
      ({ windows }) => Object.assign(windows, { prior_partial: { start: "2026-02-02", end: "2026-02-08" } }),
      /the same days of the month before are 2026-02-02/,
    ],
    [
      "the same days that end late",
      running,
      ({ windows }) => Object.assign(windows, { prior_partial: { start: "2026-02-01", end: "2026-03-02" } }),
      /the same days of the month before are 2026-02-01 to 2026-03-02/,
    ],
    [
      "the prior costs in a closed month",
      closed,
      ({ totals }) => Object.assign(totals, { prior_partial_cost_usd: null }),
      /it is closed and has figures of a running month/,
    ],
    [
      "the complete days in a closed month",
      closed,
      ({ totals }) => Object.assign(totals, { complete_days_cost_usd: 1 }),
      /it is closed and has figures of a running month/,
    ],
    [
      "a forecast in a closed month",
      closed,
      ({ totals }) => Object.assign(totals, { forecast: null }),
      /it is closed and has figures of a running month/,
    ],
    [
      "a whole month that is running",
      running,
      (one) => day(one.windows.current, { end: "2026-04-01" }),
      /it is marked as running, and its window is the whole month/,
    ],
    [
      "another total",
      closed,
      ({ totals }) => Object.assign(totals, { current_cost_usd: totals.current_cost_usd + 0.01 }),
      /the cost centers' current_cost_usd make/,
    ],
    [
      "another cost of a workload",
      closed,
      ({ cost_centers: [first] }) => Object.assign(first?.workloads[0] ?? {}, { current_cost_usd: 0.01 }),
      /current_cost_usd of the workloads of/,
    ],
    [
      "a direct cost that is wrong",
      closed,
      ({ cost_centers: [first] }) => Object.assign(first ?? {}, { direct_cost_usd: 0.01 }),
      /direct and allocated costs of/,
    ],
    [
      "an allocated cost that comes from nowhere",
      closed,
      ({ cost_centers: [first] }) => Object.assign(first ?? {}, { allocated_cost_usd: 0.01 }),
      /costs allocated between centers make/,
    ],
    [
      "an unknown total of known parts",
      closed,
      ({ totals }) => Object.assign(totals, { prev_month_cost_usd: null }),
      /prev_month_cost_usd is unknown in the total or in .*, but not in both/,
    ],
    [
      "an unknown part of a known total",
      closed,
      ({ totals, cost_centers: [first] }) => {
        Object.assign(totals, { yoy_cost_usd: 5 });
        Object.assign(first ?? {}, { yoy_cost_usd: null });
      },
      /yoy_cost_usd is unknown in the total or in/,
    ],
    [
      "untagged costs that are wrong",
      closed,
      ({ tagging_coverage: one }) => Object.assign(one, { untagged_cost_usd: one.untagged_cost_usd + 0.01 }),
      /tagged, untagged and untaggable costs make/,
    ],
    [
      "no percentage of something",
      closed,
      ({ tagging_coverage: one }) => Object.assign(one, { tagged_percentage: null }),
      /the tagged percentage is null of something/,
    ],
    [
      "another percentage",
      closed,
      ({ tagging_coverage: one }) =>
        Object.assign(one, { tagged_percentage: (one.tagged_percentage ?? 0) - 0.2 }),
      /the tagged percentage is .*, and the amounts give/,
    ],
    [
      "another difference from the source",
      closed,
      ({ reconciliation }) => Object.assign(reconciliation, { difference_usd: 0.01 }),
      /total less reconciliation make/,
    ],
    [
      "another cost of the storage",
      closed,
      ({ storage_metrics: one }) => Object.assign(one, { total_cost_usd: (one.total_cost_usd ?? 0) + 1 }),
      /the storage tiers' costs make/,
    ],
    [
      "other bytes of the storage",
      closed,
      ({ storage_metrics: one }) => Object.assign(one, { total_volume_bytes: 7 }),
      /the storage tiers have .* bytes, and 7 are published/,
    ],
  ])("has a fault with %s", (_name, of, change, fault) => {
    expect(faultsAfter(of, change).join("\n")).toMatch(fault);
  });

  it("has its rows by cost, largest first, those of one cost by name", () => {
    const row = (name: string, cost: number) => ({ ...closed.cost_centers[0], name, current_cost_usd: cost });
    const order = (...rows: readonly (readonly [string, number])[]) =>
      faultsAfter(closed, (one) =>
        Object.assign(one, { cost_centers: rows.map(([name, cost]) => row(name, cost)) }),
      ).filter((fault) => fault.includes("the cost centers are out of order"));
    expect(order(["b", 2], ["a", 1], ["b", 1], ["z", -1])).toEqual([]);
    expect(order(["b", 2], ["z", 1], ["a", 1])).toEqual([
      '2026-02: the cost centers are out of order at "a".',
    ]);
    expect(order(["a", 1], ["b", 2])).toEqual(['2026-02: the cost centers are out of order at "b".']);
    expect(order(["a", 1], ["a", 1])).toHaveLength(1);
  });
});
