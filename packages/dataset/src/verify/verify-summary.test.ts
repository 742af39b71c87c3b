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
