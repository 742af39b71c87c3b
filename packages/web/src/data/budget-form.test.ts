import { newBudget } from "@dapanoskop/api/documents";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { aBudget } from "../testing/api-documents.ts";
import { type BudgetFormValues, budgetFormOf, budgetOfForm, emptyBudgetForm } from "./budget-form.ts";

const filled: BudgetFormValues = { ...emptyBudgetForm, name: "Whole bill", limit: "1000.00" };

/** What the form of these values gives. */
const read = (own: Partial<BudgetFormValues>) => {
  const result = budgetOfForm({ ...filled, ...own }, "USD");
  return "problems" in result ? result.problems : result.budget;
};

describe("the form of a budget", () => {
  it("gives a budget that the API takes; the limit keeps its digits", () => {
    const budget = read({
      limit: " 100.10 ",
      actualThresholds: "50 %, 80;33.3 80",
      audiences: "finance, platform",
    });
    expect(budget).toEqual({
      name: "Whole bill",
      scope: { kind: "everything" },
      period: "month",
      limit: "100.10",
      currency: "USD",
      thresholds: [
        { of: "actual", percent: 33.3 },
        { of: "actual", percent: 50 },
        { of: "actual", percent: 80 },
        { of: "forecast", percent: 100 },
      ],
      audiences: ["finance", "platform"],
      rearm: false,
    });
    expect(v.safeParse(newBudget, budget).success).toBe(true);
  });

  it("keeps a name from the bill as it is, whatever it holds", () => {
    expect(read({ scopeKind: "workload", scopeName: "__proto__ <b>" })).toMatchObject({
      scope: { kind: "workload", name: "__proto__ <b>" },
    });
  });

  it("has no alerts where the reader wants none", () => {
    expect(read({ actualThresholds: "", forecastThresholds: " " })).toMatchObject({
      thresholds: [],
      audiences: [],
    });
  });

  it.each([
    ["name", { name: "  " }],
    ["name", { name: "x".repeat(121) }],
    ["scopeName", { scopeKind: "cost-center", scopeName: "" }],
    ["limit", { limit: "" }],
    ["limit", { limit: "0.00" }],
    ["limit", { limit: "-5" }],
    ["limit", { limit: "1,000" }],
    ["limit", { limit: "1e3" }],
    ["limit", { limit: "NaN" }],
    ["actualThresholds", { actualThresholds: "0" }],
    ["actualThresholds", { actualThresholds: "-5" }],
    ["actualThresholds", { actualThresholds: "a lot" }],
    ["actualThresholds", { actualThresholds: "100001" }],
    ["forecastThresholds", { forecastThresholds: "1e2" }],
    ["actualThresholds", { actualThresholds: "1 2 3 4 5 6 7 8 9 10 11" }],
    ["audiences", { audiences: "Finance!" }],
  ] as const)("says what is wrong with the field %s: %j", (field, own) => {
    expect(Object.keys(read(own))).toEqual([field]);
  });

  it("shows a budget as it is, and gives the same one back", () => {
    const { name, scope, period, limit, currency, thresholds, audiences, rearm } = aBudget({
      scope: { kind: "service", name: "Amazon Simple Storage Service" },
      period: "quarter",
      limit: "99.90",
      thresholds: [{ of: "actual", percent: 33.3 }],
    });
    const budget = { name, scope, period, limit, currency, thresholds, audiences, rearm };
    expect(budgetOfForm(budgetFormOf(aBudget(budget)), "USD")).toEqual({ budget });
  });
});
