import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Day } from "../calendar/index.ts";
import { moneyText, parseMoney } from "../money/index.ts";
import type { SplitCharge } from "../source/index.ts";
import { allocationOf, rowsOf, type WorkloadCost } from "./allocation.ts";
import { type BillDays, dayResiduals, periodDays } from "./period-days.ts";
import { ReconciliationError } from "./reconcile.ts";
import { split, splitDays } from "./split.ts";

const usd = (amount: string) => parseMoney(amount, "USD");
const WINDOW = { start: "2026-03-01", end: "2026-03-04" };

const row = (day: Day, workload: string | null, costCenter: string | null, cost: string) => ({
  day,
  workload,
  costCenter,
  cost: usd(cost),
});

const evenly: SplitCharge = { source: "Shared", targets: ["A", "B", "C"], method: { kind: "even" } };

describe("the days of split charges", () => {
  it("sum to the split of the month, and keep the total of each day", () => {
    const rows = [
      row("2026-03-01", "web", "Shared", "1"),
      row("2026-03-02", "web", "Shared", "-0.5"),
      row("2026-03-03", "web", "Shared", "0.0000000001"),
      row("2026-03-01", "web", "A", "2"),
    ];
    const days = splitDays(rows, allocationOf(rows), [evenly]);
    expect(sumsOf(days)).toEqual(sumsOf(rowsOf(split(allocationOf(rows), [evenly]))));
    const first = days.filter(({ day }) => day === "2026-03-01");
    expect(first.map(({ costCenter, cost }) => [costCenter, moneyText(cost)])).toEqual([
      ["A", "2"],
      ["A", "0.333333333334"],
      ["B", "0.333333333333"],
      ["C", "0.333333333333"],
    ]);
  });

  const name = fc.constantFrom(null, "Shared", "Other", "A", "B", "__proto__");
  const someRows = fc.array(
    fc.record({
      day: fc.nat(5).map((at) => addDays("2026-03-01", at)),
      workload: fc.constantFrom(null, "web", "api"),
      costCenter: name,
      cost: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }).map((units) => ({ units, currency: "USD" })),
    }),
    { maxLength: 40 },
  );
  const targets = fc.uniqueArray(fc.constantFrom("A", "B", "Other"), { maxLength: 3 });
  const method: fc.Arbitrary<SplitCharge["method"]> = fc.oneof(
    fc.constant({ kind: "even" as const }),
    fc.constant({ kind: "proportional" as const }),
    fc.constant({ kind: "fixed" as const, percentages: ["50", "30", "20"] }),
  );
  const rules = fc.array(fc.record({ source: fc.constantFrom("Shared", "Other", "A"), targets, method }), {
    maxLength: 3,
  });

  it("hold for any costs and rules", () => {
    fc.assert(
      fc.property(someRows, rules, (rows, all) => {
        const days = splitDays(rows, allocationOf(rows), all);
        expect(sumsOf(days)).toEqual(sumsOf(rowsOf(split(allocationOf(rows), all))));
        expect(totalsByDay(days)).toEqual(totalsByDay(rows));
      }),
    );
  });
});

describe("the days of a period", () => {
  const days = (own: Partial<BillDays> = {}): BillDays => ({
    totals: new Map([["2026-03-01", usd("3")]]),
    workloads: [row("2026-03-01", "web", "A", "1"), row("2026-03-01", "api", null, "2")],
    services: [
      { day: "2026-03-01", service: "S3", usageType: "A", cost: usd("3.0000000001"), quantity: null },
    ],
    chargeTypes: [{ day: "2026-03-01", workload: "web", chargeType: "Usage", cost: usd("3") }],
    ...own,
  });

  it("leave what AWS rounded in a cell, by view and day", () => {
    expect(dayResiduals(days(), WINDOW, "USD")).toEqual([
      { view: "services", day: "2026-03-01", difference: 100n },
    ]);
  });

  it("contradict each other where a view lacks a charge, or has one on another day", () => {
    expect(() => dayResiduals(days({ workloads: [] }), WINDOW, "USD")).toThrow(ReconciliationError);
    const late = [row("2026-03-02", "web", "A", "3")];
    expect(() => dayResiduals(days({ workloads: late }), WINDOW, "USD")).toThrow(
      "2026-03-01: the cost centers sum to 0.0000000000 USD, but the bill's own total is 3.0000000000",
    );
  });

  it("are all days of the period, and unknown where the source was asked for months", () => {
    const known = periodDays(days(), { window: WINDOW, residuals: [] }, allocationOf([]), []);
    expect(known?.days).toEqual(["2026-03-01", "2026-03-02", "2026-03-03"]);
    expect(periodDays(null, { window: WINDOW, residuals: [] }, allocationOf([]), [])).toBeNull();
  });
});

function sumsOf(rows: Iterable<WorkloadCost>) {
  const sums = [...rowsOf(allocationOf(rows))].filter(({ cost }) => cost.units !== 0n);
  return new Map(
    sums.map(({ costCenter, workload, cost }) => [JSON.stringify([costCenter, workload]), cost.units]),
  );
}

function totalsByDay(rows: Iterable<WorkloadCost & { readonly day: Day }>) {
  const totals = new Map<Day, bigint>();
  for (const { day, cost } of rows) totals.set(day, (totals.get(day) ?? 0n) + cost.units);
  return new Map([...totals].filter(([, units]) => units !== 0n));
}
