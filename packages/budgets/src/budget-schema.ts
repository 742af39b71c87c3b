import type { Budget } from "@dapanoskop/core/budget";
import { PERCENT_DECIMALS, percentUnits } from "@dapanoskop/core/budget";
import { quoted } from "@dapanoskop/core/text";
import * as v from "valibot";
import { BudgetInputError } from "./budget-input-error.ts";

/** Thresholds of a budget. */
const MOST_THRESHOLDS = 10;

/** Audiences that a budget alerts. */
const MOST_AUDIENCES = 20;

const LARGEST_PERCENT = 1_000;

const LONGEST_NAME = 200;

const named = v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_NAME));

const scope = v.variant("kind", [
  v.strictObject({ kind: v.literal("everything") }),
  v.strictObject({ kind: v.literal("cost-center"), name: named }),
  v.strictObject({ kind: v.literal("workload"), name: named }),
  v.strictObject({ kind: v.literal("service"), name: named }),
]);

/** A decimal as text: what is compared with a limit or a threshold has no other form. */
export const LIMIT = /^\d{1,15}(\.\d{1,12})?$/;
export const PERCENT = new RegExp(`^\\d{1,6}(\\.\\d{1,${PERCENT_DECIMALS}})?$`);

/** A JSON number: the shortest decimal that names it is what is compared, so `33.3` is 33.3 exactly. */
const percent = v.pipe(
  v.number(),
  v.check((value) => PERCENT.test(String(value)) && value > 0 && value <= LARGEST_PERCENT),
);

const threshold = v.strictObject({ of: v.picklist(["actual", "forecast"]), percent });

/** A budget as somebody writes it: what the API takes, and what `dapanoskop budget` makes of its flags. */
export const budgetInputSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
  name: named,
  scope,
  period: v.picklist(["month", "quarter"]),
  /** A decimal as text: `"100.10"` is kept as it is. */
  limit: v.pipe(
    v.string(),
    v.regex(LIMIT),
    v.check((text) => /[1-9]/.test(text)),
  ),
  currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)), "USD"),
  thresholds: v.optional(v.pipe(v.array(threshold), v.maxLength(MOST_THRESHOLDS)), []),
  audiences: v.optional(
    v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/))), v.maxLength(MOST_AUDIENCES)),
    [],
  ),
  rearm: v.optional(v.boolean(), false),
});

export type BudgetInput = v.InferInput<typeof budgetInputSchema>;

const takes: Readonly<Record<keyof BudgetInput, string>> = {
  id: "1 to 40 of a-z, 0-9 and hyphens",
  name: `a text of 1 to ${LONGEST_NAME} characters`,
  scope: `{ "kind": "everything" }, or a kind of cost-center, workload or service with a name of 1 to ${LONGEST_NAME} characters`,
  period: "month or quarter",
  limit: 'a positive decimal as text, such as "100.10", with at most 15 digits before and 12 after the point',
  currency: "the three letters of a currency, such as USD",
  thresholds: `at most ${MOST_THRESHOLDS} objects with of (actual or forecast) and percent: a number over 0, at most ${LARGEST_PERCENT}, with at most ${PERCENT_DECIMALS} decimals`,
  audiences: `a list of at most ${MOST_AUDIENCES} names of audiences of the report`,
  rearm: "true or false",
};

/**
 * Reads a budget that somebody wrote.
 * @throws BudgetInputError `invalid`, naming the field and what it takes
 */
export function parseBudget(input: unknown): Budget {
  const parsed = v.safeParse(budgetInputSchema, input);
  if (!parsed.success) throw new BudgetInputError("invalid", faultSentence(parsed.issues[0]));
  const { thresholds, audiences, ...budget } = parsed.output;
  const texts = thresholds.map(({ of, percent: value }) => ({ of, percent: String(value) }));
  const keys = texts.map((one) => `${one.of} ${percentUnits(one.percent)}`);
  if (new Set(keys).size < keys.length) {
    throw new BudgetInputError("invalid", "The budget has a threshold twice. Name each once.");
  }
  return { ...budget, thresholds: texts, audiences: [...new Set(audiences)] };
}

function faultSentence(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const field = path?.split(".")[0] ?? "";
  if (field === "") return `The budget is not an object. It takes ${Object.keys(takes).join(", ")}.`;
  if (!Object.hasOwn(takes, field)) {
    return `${quoted(field, 40)} means nothing in a budget. It takes ${Object.keys(takes).join(", ")}.`;
  }
  return `${field} of a budget: ${takes[field as keyof BudgetInput]}.`;
}
