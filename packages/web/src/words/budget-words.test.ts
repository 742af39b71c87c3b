import type { BudgetDocument } from "@dapanoskop/api/documents";
import { describe, expect, it } from "vitest";
import { budgetPeriodText, budgetStatusText, mostUrgentFirst, thresholdsText } from "./budget-words.ts";
import { makeFormats } from "./formats.ts";
import { regionOf } from "./region.ts";

const formats = makeFormats(regionOf(["en-US"]));
const statuses = ["on_track", "unknown", "forecast_over", "at_limit", "over_budget"] as const;

describe("a budget in words", () => {
  it("begins with what needs attention; equal ones keep their order", () => {
    const budgets = [...statuses, "unknown" as const].map(
      (status, at) => ({ id: `${at}`, state: { status } }) as BudgetDocument,
    );
    expect(mostUrgentFirst(budgets).map(({ id, state }) => `${state.status} ${id}`)).toEqual([
      "over_budget 4",
      "at_limit 3",
      "forecast_over 2",
      "unknown 1",
      "unknown 5",
      "on_track 0",
    ]);
    for (const status of statuses) expect(budgetStatusText(status)).toMatch(/^[A-Z][a-z]/);
  });

  it("is of a month or of three", () => {
    const text = (period: "month" | "quarter", period_start: string) =>
      budgetPeriodText({ period, state: { period_start } as BudgetDocument["state"] }, formats);
    expect([text("month", "2026-03"), text("quarter", "2026-10")]).toEqual([
      "March 2026",
      "October to December 2026",
    ]);
  });

  it.each([
    [[], null],
    [["actual 80"], "at 80 % of the cost"],
    [["actual 50", "actual 80"], "at 50 % and 80 % of the cost"],
    [
      ["actual 50", "forecast 100", "actual 80", "actual 33.3"],
      "at 50 %, 80 % and 33.3 % of the cost, at 100 % of the forecast",
    ],
    [["forecast 100"], "at 100 % of the forecast"],
  ])("has the thresholds %j: %s", (given, text) => {
    const thresholds = given.map((one) => {
      const [of, percent] = one.split(" ");
      return { of: of as "actual" | "forecast", percent: Number(percent) };
    });
    expect(thresholdsText({ thresholds })?.replaceAll("\u00a0", " ") ?? null).toBe(text);
  });
});
