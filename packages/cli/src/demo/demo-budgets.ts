import type { BudgetInput } from "@dapanoskop/budgets";

const audiences = ["everyone"];
const actual = (...percents: readonly number[]) =>
  percents.map((percent) => ({ of: "actual" as const, percent }));

/**
 * Budgets of the made-up company. Through most of a month they stand differently: on track, over the limit, with a forecast
 * over it, and unknown, because nobody has charges under the name.
 */
export const demoBudgets: readonly BudgetInput[] = [
  {
    id: "whole-bill",
    name: "Whole bill",
    scope: { kind: "everything" },
    period: "month",
    limit: "110000",
    thresholds: [...actual(50, 80, 100), { of: "forecast", percent: 100 }],
    audiences,
  },
  {
    id: "machine-learning",
    name: "Machine Learning",
    scope: { kind: "cost-center", name: "Machine Learning" },
    period: "month",
    limit: "12500",
    thresholds: [...actual(80, 100), { of: "forecast", percent: 100 }],
    audiences,
  },
  {
    id: "storefront-quarter",
    name: "Storefront, this quarter",
    scope: { kind: "cost-center", name: "Storefront" },
    period: "quarter",
    limit: "70000",
    thresholds: actual(33.3, 66.6, 100),
    audiences,
  },
  {
    id: "nightly-jobs",
    name: "Nightly jobs",
    scope: { kind: "workload", name: "etl-nightly" },
    period: "month",
    limit: "250",
    thresholds: actual(100),
    audiences,
  },
  {
    id: "innovation-lab",
    name: "Innovation lab",
    scope: { kind: "cost-center", name: "Innovation Lab" },
    period: "month",
    limit: "5000",
    thresholds: actual(80),
    audiences: [],
  },
];
