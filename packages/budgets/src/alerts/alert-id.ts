import type { BudgetAlert } from "@dapanoskop/core/budget";
import { firstDay } from "@dapanoskop/core/calendar";
import type { AlertId } from "@dapanoskop/core/sending";
import { sha256Hex } from "@dapanoskop/dataset";
import type { BudgetInPeriod } from "./alert-records.ts";

/** The message of an alert to an audience: the same for every evaluation, so that all of them send it once. */
export async function alertId(
  { owner, kept, periodStart }: BudgetInPeriod,
  { of, percent, turn }: BudgetAlert,
  audience: string,
): Promise<AlertId> {
  const { budget, createdAt } = kept;
  const text = JSON.stringify([owner, budget.id, createdAt, periodStart, of, percent, turn]);
  const hash = await sha256Hex(new TextEncoder().encode(text));
  return { kind: "alert", date: firstDay(periodStart), audience, alert: hash.slice(0, 32) };
}
