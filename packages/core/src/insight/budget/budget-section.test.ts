import { describe, expect, it } from "vitest";
import type { BudgetState } from "../../budget/index.ts";
import { aBudget } from "../../budget/testing/index.ts";
import { parseMoney } from "../../money/index.ts";
import { renderDayReport } from "../day/index.ts";
import { aDayReport } from "../day/testing/index.ts";

const usd = (text: string) => parseMoney(text, "USD");

const aState = (own: Partial<BudgetState> = {}): BudgetState => ({
  budget: aBudget({ name: "Web team" }),
  periodStart: "2026-01",
  status: "on_track",
  actual: usd("79.999"),
  forecast: { total: usd("95"), low: usd("90"), high: usd("99.5") },
  forecastStatus: "known",
  why: null,
  isWaiting: false,
  completeThrough: "2026-01-14",
  collectedAt: "2026-01-15T06:00:00Z",
  ...own,
});

const linesOf = (...budgets: readonly BudgetState[]) => {
  const { text } = renderDayReport(aDayReport({}, { budgets }));
  return text.slice(text.indexOf("BUDGETS")).split("\n\n")[0]?.replaceAll(/\s+/g, " ");
};

describe("the budgets of a daily report", () => {
  it("have their cost, the share of the limit without rounding it up, and the forecast with its range", () => {
    expect(linesOf(aState())).toBe(
      "BUDGETS, cost so far Web team $80.00 on track: 79.9 % of $100.00 in January 2026; forecast $95.00 (80 % range: $90.00 to $99.50)",
    );
  });

  it("that are unknown say why, and never a cost of 0", () => {
    const unknown = {
      status: "unknown",
      actual: null,
      forecast: null,
      why: "2026-01 is not published.",
    } as const;
    expect(linesOf(aState({ ...unknown, budget: aBudget({ period: "quarter", limit: "0.125" }) }))).toBe(
      "BUDGETS, cost so far Everything unknown unknown: limit $0.125 in the quarter from January 2026. 2026-01 is not published.",
    );
  });

  it("stand in the JSON with exact amounts", () => {
    const { json } = renderDayReport(aDayReport({}, { budgets: [aState({ status: "forecast_over" })] }));
    expect(json).toMatchObject({
      budgets: [
        {
          id: "all",
          status: "forecast_over",
          limit: "100",
          actual: "79.999",
          forecast: { total: "95", low: "90", high: "99.5" },
        },
      ],
    });
  });

  it("are no section where there are none", () => {
    expect(aDayReport().sections.map(({ title }) => title)).not.toContain("Budgets");
  });
});
