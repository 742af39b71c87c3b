import type { BudgetAlert, BudgetForecast } from "@dapanoskop/core/budget";
import type { Instant } from "@dapanoskop/core/calendar";
import { type Money, moneyText, parseMoney } from "@dapanoskop/core/money";
import { StateError, type StateRecord } from "@dapanoskop/core/state";
import * as v from "valibot";
import { budgetSchema } from "../records/budget-record-schema.ts";

const SCHEMA = 1;

const amount = v.pipe(v.string(), v.regex(/^-?\d{1,30}(\.\d{1,12})?$/));

const alertSchema = v.object({
  of: v.picklist(["actual", "forecast"]),
  percent: v.string(),
  turn: v.number(),
  period_start: v.string(),
  reached_at: v.string(),
  budget: budgetSchema,
  actual: v.nullable(amount),
  forecast: v.nullable(v.object({ total: amount, low: v.nullable(amount), high: v.nullable(amount) })),
  outcome: v.picklist(["send", "passed"]),
  rearmed_at: v.nullable(v.string()),
  settled: v.array(v.string()),
});

const recordSchema = v.object({
  schema: v.literal(SCHEMA),
  /** When the budget was created: alerts of a removed one of the same id are not this one's. */
  budget_created_at: v.string(),
  alerts: v.array(alertSchema),
});

/** The alerts as a record keeps them. */
export const alertsValue = (alerts: readonly BudgetAlert[], createdAt: Instant): unknown => ({
  schema: SCHEMA,
  budget_created_at: createdAt,
  alerts: alerts.map((alert) => ({
    of: alert.of,
    percent: alert.percent,
    turn: alert.turn,
    period_start: alert.periodStart,
    reached_at: alert.reachedAt,
    budget: alert.budget,
    actual: textOf(alert.actual),
    forecast: alert.forecast && {
      total: moneyText(alert.forecast.total),
      low: textOf(alert.forecast.low),
      high: textOf(alert.forecast.high),
    },
    outcome: alert.outcome,
    rearmed_at: alert.rearmedAt,
    settled: alert.settled,
  })),
});

/** The alerts of a record; none where it is of an earlier budget of the same id. @throws StateError `corrupt` */
export function alertsIn(
  { key, value }: StateRecord,
  createdAt: Instant,
  place: string,
): readonly BudgetAlert[] {
  const parsed = v.safeParse(recordSchema, value);
  if (!parsed.success) {
    throw new StateError(
      "corrupt",
      `The record ${key.sort} of ${key.partition} in ${place} has no alerts that this version can read. Update Dapanoskop, or remove the record.`,
    );
  }
  return parsed.output.budget_created_at === createdAt ? parsed.output.alerts.map(alertOf) : [];
}

function alertOf(alert: v.InferOutput<typeof alertSchema>): BudgetAlert {
  const { currency } = alert.budget;
  return {
    of: alert.of,
    percent: alert.percent,
    turn: alert.turn,
    periodStart: alert.period_start,
    reachedAt: alert.reached_at,
    budget: alert.budget,
    actual: moneyOf(alert.actual, currency),
    forecast: alert.forecast && forecastOf(alert.forecast, currency),
    outcome: alert.outcome,
    rearmedAt: alert.rearmed_at,
    settled: alert.settled,
  };
}

const forecastOf = (
  { total, low, high }: { readonly total: string; readonly low: string | null; readonly high: string | null },
  currency: string,
): BudgetForecast => ({
  total: parseMoney(total, currency),
  low: moneyOf(low, currency),
  high: moneyOf(high, currency),
});

const moneyOf = (text: string | null, currency: string): Money | null =>
  text === null ? null : parseMoney(text, currency);

const textOf = (money: Money | null) => money && moneyText(money);
