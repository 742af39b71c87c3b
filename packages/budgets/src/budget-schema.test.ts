import { budgetLimit } from "@dapanoskop/core/budget";
import { moneyText } from "@dapanoskop/core/money";
import { describe, expect, it } from "vitest";
import { BudgetInputError, parseBudget } from "./index.ts";

const input = (own: Readonly<Record<string, unknown>> = {}) => ({
  id: "web",
  name: "Web",
  scope: { kind: "cost-center", name: "Web" },
  period: "month",
  limit: "100.10",
  ...own,
});
const thresholds = (...percents: readonly unknown[]) =>
  percents.map((percent) => ({ of: "actual", percent }));

describe("a budget that somebody writes", () => {
  it("keeps its limit as it was given", () => {
    const budget = parseBudget(input());
    expect(budget).toEqual({
      ...input(),
      currency: "USD",
      thresholds: [],
      audiences: [],
      rearm: false,
    });
    expect([budget.limit, moneyText(budgetLimit(budget))]).toEqual(["100.10", "100.1"]);
  });

  it("has thresholds in exact decimals", () => {
    const budget = parseBudget(input({ thresholds: thresholds(33.3, 0.000001, 1000, 80) }));
    expect(budget.thresholds.map(({ percent }) => percent)).toContain("33.3");
  });

  it.each([
    [{ thresholds: thresholds(0) }],
    [{ thresholds: thresholds(-5) }],
    [{ thresholds: thresholds("80") }],
    [{ thresholds: thresholds(Number.NaN) }],
    [{ thresholds: thresholds(Number.POSITIVE_INFINITY) }],
    [{ thresholds: thresholds(null) }],
    [{ thresholds: thresholds(1e-7) }],
    [{ thresholds: thresholds(1000.1) }],
    [{ thresholds: thresholds(...Array.from({ length: 11 }, (_, at) => at + 1)) }],
    [{ thresholds: [{ of: "cost", percent: 1 }] }],
  ])("is refused with what thresholds take: %j", (own) => {
    expect(() => parseBudget(input(own))).toThrow(/^thresholds of a budget: at most 10 objects with of/);
  });

  it.each([
    { id: "a".repeat(40) },
    { name: "x" },
    { name: "x".repeat(200) },
    { scope: { kind: "everything" } },
    { scope: { kind: "workload", name: "x".repeat(200) } },
    { scope: { kind: "service", name: "x" } },
    { period: "quarter" },
    { limit: `${"9".repeat(15)}.${"9".repeat(12)}` },
    { currency: "EUR" },
    { audiences: Array.from({ length: 20 }, (_, at) => `${at}`.padStart(40, "a")) },
    { rearm: true },
  ])("is taken at the bounds of its fields: %j", (own) => {
    expect(parseBudget(input(own))).toMatchObject(own);
  });

  it("has ten thresholds and each audience once", () => {
    const percents = [0.000001, 999.999999, 1_000, 1, 2, 3, 4, 5, 6, 7];
    expect(parseBudget(input({ thresholds: thresholds(...percents) })).thresholds).toHaveLength(10);
    expect(parseBudget(input({ audiences: ["a", "b", "a"] })).audiences).toEqual(["a", "b"]);
  });

  it.each([
    ["id", "a".repeat(41)],
    ["scope", { kind: "service", name: "" }],
    ["scope", { kind: "cost-center", name: "x".repeat(201) }],
    ["audiences", Array.from({ length: 21 }, (_, at) => `a-${at}`)],
    ["audiences", ["a".repeat(41)]],
    ["audiences", [""]],
  ])("is refused beyond the bounds of its %s: %#", (field, value) => {
    expect(() => parseBudget(input({ [field]: value }))).toThrow(new RegExp(`^${field} of a budget: `));
  });

  it("is refused with a threshold twice", () => {
    expect(() => parseBudget(input({ thresholds: thresholds(50, 50) }))).toThrow(/a threshold twice/);
    expect(
      parseBudget(input({ thresholds: [...thresholds(50), { of: "forecast", percent: 50 }] })).thresholds,
    ).toHaveLength(2);
  });

  it.each([
    "0",
    "0.00",
    "-1",
    "1e3",
    "1,000",
    "",
    " 1",
    "0x10",
    100,
    null,
    "1".repeat(16),
    "0.0000000000001",
  ])("is refused with the limit %j", (limit) => {
    expect(() => parseBudget(input({ limit }))).toThrow(/^limit of a budget: a positive decimal as text/);
  });

  it.each([
    ["id", "Web"],
    ["id", "../x"],
    ["id", ""],
    ["name", ""],
    ["name", "x".repeat(201)],
    ["scope", { kind: "account" }],
    ["scope", { kind: "workload" }],
    ["scope", { kind: "everything", name: "x" }],
    ["period", "year"],
    ["currency", "usd"],
    ["audiences", ["Finance"]],
    ["audiences", "finance"],
    ["rearm", "yes"],
  ])("is refused with a wrong %s: %j", (field, value) => {
    expect(() => parseBudget(input({ [field]: value }))).toThrow(new RegExp(`^${field} of a budget: `));
  });

  it("is refused with a field that means nothing, or when it is no object", () => {
    expect(() => parseBudget(input({ __proto__x: 1 }))).toThrow(/"__proto__x" means nothing in a budget/);
    for (const value of [null, 1, "x", []]) expect(() => parseBudget(value)).toThrow(BudgetInputError);
  });
});
