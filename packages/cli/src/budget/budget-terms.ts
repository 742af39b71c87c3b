import { type BudgetInput, BudgetInputError, parseBudget } from "@dapanoskop/budgets";
import type { Budget, BudgetScope } from "@dapanoskop/core/budget";
import { UsageError } from "../errors.ts";

/** What a command line says of a budget; `null` and an empty list are not given. */
export interface TermValues {
  readonly name: string | null;
  readonly costCenter: string | null;
  readonly workload: string | null;
  readonly service: string | null;
  readonly period: string | null;
  readonly limit: string | null;
  readonly currency: string | null;
  readonly actual: readonly string[];
  readonly forecast: readonly string[];
  readonly audiences: readonly string[];
}

/** The budget that the values of a command make. @throws UsageError with a sentence about what is wrong */
export function budgetOfInput(command: string, input: Readonly<Record<string, unknown>>): Budget {
  try {
    return parseBudget(input);
  } catch (error) {
    if (error instanceof BudgetInputError) throw new UsageError(command, error.message);
    throw error;
  }
}

/** The part of the bill that a command line names; `null` where it names none. @throws UsageError when it names several */
export function scopeOf(
  command: string,
  { costCenter, workload, service }: TermValues,
  isWhole = false,
): BudgetScope | null {
  const scopes: readonly BudgetScope[] = [
    ...(costCenter === null ? [] : [{ kind: "cost-center", name: costCenter } as const]),
    ...(workload === null ? [] : [{ kind: "workload", name: workload } as const]),
    ...(service === null ? [] : [{ kind: "service", name: service } as const]),
    ...(isWhole ? [{ kind: "everything" } as const] : []),
  ];
  if (scopes.length > 1) {
    throw new UsageError(command, "A budget limits one part of the bill: name one of them.");
  }
  return scopes[0] ?? null;
}

/** The thresholds of a command line as the budget takes them: numbers. What is no decimal is refused with the budget. */
export const thresholdsOf = ({ actual, forecast }: TermValues): NonNullable<BudgetInput["thresholds"]> => [
  ...actual.map((text) => ({ of: "actual" as const, percent: percentOf(text) })),
  ...forecast.map((text) => ({ of: "forecast" as const, percent: percentOf(text) })),
];

const percentOf = (text: string): number => (/^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN);
