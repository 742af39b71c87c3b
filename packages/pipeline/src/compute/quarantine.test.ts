import { allocationOf } from "@dapanoskop/core/ledger";
import { parseMoney, sum } from "@dapanoskop/core/money";
import { aSummary } from "@dapanoskop/dataset/testing";
import { describe, expect, it } from "vitest";
import { quarantineReason } from "./quarantine.ts";

type Costs = Readonly<Record<string, string>>;

/** Why a month that is published with some costs is quarantined with others. */
function reason(published: Costs, current: Costs, currency = "USD"): string | null {
  const workloads = Object.entries(published).map(([name, cost]) => ({ name, current: Number(cost) }));
  const rows = Object.entries(current).map(([workload, cost]) => ({
    workload,
    costCenter: "A",
    cost: parseMoney(cost, currency),
  }));
  const total = sum(
    rows.map(({ cost }) => cost),
    currency,
  );
  return quarantineReason(
    { period: "2026-02", total, allocation: allocationOf(rows) },
    aSummary({ period: "2026-02", centers: [{ name: "A", workloads }], summary: { currency } }),
  );
}

describe("a closed month is quarantined", () => {
  it("when its total falls by more than half", () => {
    expect(reason({ web: "140" }, { web: "70" })).toBeNull();
    expect(reason({ web: "140" }, { web: "69.99" })).toBe(
      "2026-02 is quarantined: its total fell from 140 to 69.99 USD. The published figures remain. If the new figures are " +
        "right, collect the month again with --force.",
    );
    expect(reason({ web: "140" }, { web: "140", credit: "-140" })).toContain("fell from 140 to 0 USD");
  });

  it("when credits took everything back and its charges fall by more than half", () => {
    expect(reason({ web: "140", credit: "-140" }, { web: "140", credit: "-143.10" })).toBeNull();
    expect(reason({ web: "140", credit: "-150" }, { web: "80", credit: "-90" })).toBeNull();
    expect(reason({ web: "140", credit: "-140" }, { web: "60", credit: "-60" })).toContain(
      "its charges before credits fell from 140 to 60 USD",
    );
  });

  it("not when the fall is small beside its charges", () => {
    expect(reason({ web: "140", credit: "-139" }, { web: "140", credit: "-139.9" })).toBeNull();
  });

  it("when more than half of its workloads vanish", () => {
    expect(reason({ a: "1", b: "1", c: "1" }, { a: "3" })).toContain("2 of its 3 workloads vanished");
    expect(reason({ a: "1", b: "1" }, { a: "2" })).toBeNull();
  });

  it("by the same rule in every currency", () => {
    for (const factor of [0.001, 1, 1000]) {
      for (const currency of ["USD", "JPY", "KWD"]) {
        expect(reason({ web: `${10 * factor}` }, { web: `${4 * factor}` }, currency)).not.toBeNull();
        expect(reason({ web: `${10 * factor}` }, { web: `${6 * factor}` }, currency)).toBeNull();
      }
    }
  });
});
