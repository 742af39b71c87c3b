import * as v from "valibot";
import { currency, day, decimal, instant, month, unknownDecimal } from "./parts.ts";

const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(300));

const scope = v.variant("kind", [
  v.strictObject({ kind: v.literal("everything") }),
  v.strictObject({ kind: v.literal("cost-center"), name }),
  v.strictObject({ kind: v.literal("workload"), name }),
  v.strictObject({ kind: v.literal("service"), name }),
]);

const threshold = v.strictObject({
  of: v.picklist(["actual", "forecast"]),
  /** In percent of the limit: 33.3. */
  percent: v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(100_000)),
});

/** `"100.10"`: positive, and it keeps its last digit. */
const limit = v.pipe(v.string(), v.regex(/^(?=.*[1-9])\d{1,15}(\.\d{1,12})?$/));

const budgetFields = {
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
  scope,
  period: v.picklist(["month", "quarter"]),
  limit,
  currency,
  thresholds: v.pipe(v.array(threshold), v.maxLength(10)),
  /** Names of the report's audiences; none: nobody is alerted. */
  audiences: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/))), v.maxLength(50)),
  /** Whether a threshold that is no longer crossed, as after a credit, alerts again in the same period. */
  rearm: v.boolean(),
};

const withDefaults = {
  ...budgetFields,
  period: v.optional(budgetFields.period, "month"),
  currency: v.optional(budgetFields.currency, "USD"),
  thresholds: v.optional(budgetFields.thresholds, []),
  audiences: v.optional(budgetFields.audiences, []),
  rearm: v.optional(budgetFields.rearm, false),
};

/** A new budget. Without an id it gets one from its name. */
export const newBudget = v.strictObject({ id: v.exactOptional(id), ...withDefaults });
/** What a budget becomes, as a whole. With `version` it is refused (409) where somebody changed the budget in between. */
export const budgetChange = v.strictObject({ ...withDefaults, version: v.exactOptional(v.string()) });

/** How a budget stands in its running period. */
const budgetStanding = v.object({
  /** The first month of the period. */
  period_start: month,
  status: v.picklist(["on_track", "at_limit", "over_budget", "forecast_over", "unknown"]),
  actual: unknownDecimal,
  /** Rounded half up to one decimal; `null` where `actual` is. */
  actual_percent: unknownDecimal,
  forecast: v.nullable(v.object({ total: decimal, low: unknownDecimal, high: unknownDecimal })),
  forecast_status: v.picklist(["known", "insufficient_data", "unknown"]),
  /** Why something is not known, in a sentence; `null` where all is. */
  why: v.nullable(v.string()),
  complete_through: v.nullable(day),
});

export const budgetDocument = v.object({
  id,
  ...budgetFields,
  created_at: instant,
  /** Names this content: another one after every change. */
  version: v.string(),
  state: budgetStanding,
});

export const budgetList = v.object({ items: v.array(budgetDocument) });

/** A threshold that was reached, once for each period unless the budget re-arms. */
export const budgetAlert = v.object({
  budget: id,
  period_start: month,
  of: v.picklist(["actual", "forecast"]),
  percent: v.number(),
  reached_at: instant,
  /** What the budget's cost or forecast was then; `null` where it was not recorded. */
  amount: unknownDecimal,
  limit: decimal,
  currency,
  /** A higher threshold was reached at the same time or before, so nothing is sent. */
  passed: v.boolean(),
  /** What became of the message to each audience. */
  sent: v.array(
    v.object({ audience: v.string(), state: v.picklist(["pending", "sent", "failed", "unknown"]) }),
  ),
});

export const budgetAlerts = v.object({ items: v.array(budgetAlert) });

export type NewBudgetDocument = v.InferOutput<typeof newBudget>;
export type BudgetDocument = v.InferOutput<typeof budgetDocument>;
export type BudgetAlertDocument = v.InferOutput<typeof budgetAlert>;
