import type { BudgetDocument, NewBudgetDocument } from "@dapanoskop/api/documents";

/** A budget as the reader types it. */
export interface BudgetFormValues {
  readonly name: string;
  readonly scopeKind: BudgetDocument["scope"]["kind"];
  /** Of the cost center, workload or service. */
  readonly scopeName: string;
  readonly period: BudgetDocument["period"];
  readonly limit: string;
  /** In percent of the limit: `50, 80, 100`. */
  readonly actualThresholds: string;
  readonly forecastThresholds: string;
  /** Names of the report's audiences: `finance, platform`. */
  readonly audiences: string;
  readonly rearm: boolean;
}

export type BudgetField = keyof BudgetFormValues;

/** What is wrong with a field, in a sentence. */
export type BudgetProblems = Readonly<Partial<Record<BudgetField, string>>>;

export const emptyBudgetForm: BudgetFormValues = {
  name: "",
  scopeKind: "everything",
  scopeName: "",
  period: "month",
  limit: "",
  actualThresholds: "80, 100",
  forecastThresholds: "100",
  audiences: "",
  rearm: false,
};

export function budgetFormOf(budget: BudgetDocument): BudgetFormValues {
  const percents = (kind: "actual" | "forecast") =>
    budget.thresholds
      .filter(({ of }) => of === kind)
      .map(({ percent }) => percent)
      .join(", ");
  return {
    name: budget.name,
    scopeKind: budget.scope.kind,
    scopeName: budget.scope.kind === "everything" ? "" : budget.scope.name,
    period: budget.period,
    limit: budget.limit,
    actualThresholds: percents("actual"),
    forecastThresholds: percents("forecast"),
    audiences: budget.audiences.join(", "),
    rearm: budget.rearm,
  };
}

/** The most thresholds of a budget. */
const MOST_THRESHOLDS = 10;

const LIMIT = /^(?=.*[1-9])\d{1,15}(\.\d{1,12})?$/;
const PERCENT = /^\d{1,6}(\.\d{1,6})?$/;
const AUDIENCE = /^[a-z0-9-]{1,40}$/;

/** The budget that a form describes, or what is wrong with its fields. @param currency of the budget, ISO 4217 */
export function budgetOfForm(
  values: BudgetFormValues,
  currency: string,
): { readonly budget: NewBudgetDocument } | { readonly problems: BudgetProblems } {
  const [name, scopeName, limit] = [values.name, values.scopeName, values.limit].map((text) => text.trim());
  const actual = percentsIn(values.actualThresholds);
  const forecast = percentsIn(values.forecastThresholds);
  const audiences = parts(values.audiences);
  const problems: { -readonly [Field in BudgetField]?: string } = {};
  if (name === undefined || name === "") problems.name = "Enter a name.";
  if ((name ?? "").length > 120) problems.name = "Enter a name of at most 120 characters.";
  if (values.scopeKind !== "everything" && scopeName === "")
    problems.scopeName = `Enter the name of the ${values.scopeKind === "cost-center" ? "cost center" : values.scopeKind}.`;
  if (limit === undefined || !LIMIT.test(limit))
    problems.limit = "Enter an amount above 0 without separators, such as 1200 or 100.50.";
  if (actual === null) problems.actualThresholds = THRESHOLD_PROBLEM;
  if (forecast === null) problems.forecastThresholds = THRESHOLD_PROBLEM;
  if ((actual ?? []).length + (forecast ?? []).length > MOST_THRESHOLDS)
    problems.actualThresholds = `A budget has at most ${MOST_THRESHOLDS} thresholds.`;
  if (audiences.some((audience) => !AUDIENCE.test(audience)))
    problems.audiences =
      "Enter names of audiences as the report has them: a to z, 0 to 9 and -, with commas between.";
  if (Object.keys(problems).length > 0) return { problems };
  return {
    budget: {
      name: name ?? "",
      scope:
        values.scopeKind === "everything"
          ? { kind: "everything" }
          : { kind: values.scopeKind, name: scopeName ?? "" },
      period: values.period,
      limit: limit ?? "",
      currency,
      thresholds: [
        ...(actual ?? []).map((percent) => ({ of: "actual" as const, percent })),
        ...(forecast ?? []).map((percent) => ({ of: "forecast" as const, percent })),
      ],
      audiences: [...new Set(audiences)],
      rearm: values.rearm,
    },
  };
}

const THRESHOLD_PROBLEM =
  "Enter percentages above 0 and at most 100000 with commas between, such as 50, 80, 100.";

const parts = (text: string): readonly string[] =>
  text
    .split(/[,;\s]+/)
    .map((part) => part.replace(/%$/, ""))
    .filter((part) => part !== "");

/** The percentages in a text, each once, smallest first; `null` where one cannot be read. */
function percentsIn(text: string): readonly number[] | null {
  const found = parts(text);
  const percents = found.map(Number);
  if (
    !found.every((part) => PERCENT.test(part)) ||
    percents.some((percent) => percent <= 0 || percent > 100_000)
  )
    return null;
  return [...new Set(percents)].sort((a, b) => a - b);
}
