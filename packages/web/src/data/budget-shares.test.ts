import type { BudgetDocument } from "@dapanoskop/api/documents";
import { describe, expect, it } from "vitest";
import { budgetShares } from "./budget-shares.ts";

type Shown = Pick<BudgetDocument, "limit" | "thresholds" | "state">;

function sharesOf(limit: string, actual: string | null, forecast: unknown = null, percents = [50, 100, 50]) {
  const shown: Shown = {
    limit,
    thresholds: percents.map((percent) => ({ percent })) as unknown as Shown["thresholds"],
    state: { actual, forecast } as unknown as Shown["state"],
  };
  return budgetShares(shown as BudgetDocument);
}

describe("a budget in percent of its limit", () => {
  it("has what was used, and each threshold once", () => {
    expect(sharesOf("200", "50")).toEqual({ used: 25, forecast: null, thresholds: [50, 100] });
    expect(sharesOf("50", "200")?.used).toBe(400);
  });

  it("has the range of its forecast, or its total where it has no range", () => {
    expect(sharesOf("200", "50", { total: "100", low: "80", high: "120" })?.forecast).toEqual({
      low: 40,
      high: 60,
    });
    expect(sharesOf("200", "50", { total: "100", low: null, high: null })?.forecast).toEqual({
      low: 50,
      high: 50,
    });
  });

  it("is not drawn where it is unknown what was used", () => {
    expect(sharesOf("200", null)).toBeNull();
  });
});
