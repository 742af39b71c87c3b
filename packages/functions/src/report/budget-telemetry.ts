import type { AlertOutcome, BudgetsEvaluation } from "@dapanoskop/budgets";
import type { BudgetState } from "@dapanoskop/core/budget";
import { firstDay } from "@dapanoskop/core/calendar";
import { counted } from "@dapanoskop/core/text";
import { type Log, type Metric, withoutAddresses } from "../lambda/index.ts";
import { reportFailureText } from "./report-failure.ts";
import { messageName } from "./report-telemetry.ts";

/** Logs what became of the budgets. Ids are logged, and no name, amount or owner. */
export function logEvaluation(log: Log, { states, alerts, failures, unknown }: BudgetsEvaluation): void {
  if (states.length === 0 && failures.length === 0) return;
  for (const { state } of states) if (state.status === "unknown") logUnknown(log, state);
  for (const alert of alerts) logAlert(log, alert);
  for (const { budget, audience, error } of failures) {
    const { message, kind, place } = reportFailureText(error);
    const fields = { budget: budget ?? undefined, audience: audience ?? undefined };
    log.error(message, { ...fields, error: kind, place: place ?? undefined });
  }
  log.info(
    `${counted(states.length, "budget")} evaluated, ${unknown} unknown, ${counted(alerts.length, "alert")} due.`,
  );
}

function logUnknown(log: Log, { budget, why, isWaiting, periodStart }: BudgetState): void {
  const fields = { budget: budget.id, period: periodStart };
  if (isWaiting) log.info(`The budget's period has just begun. ${why ?? ""}`, fields);
  else log.error(`The budget is unknown: nothing was sent about it. ${why ?? ""}`, fields);
}

function logAlert(log: Log, { alert, audience, outcome, sending }: AlertOutcome): void {
  const { budget, of, percent, periodStart } = alert;
  const fields = { budget: budget.id, period: periodStart, of, percent, audience, outcome };
  if (outcome === "failed" || outcome === "unknown") {
    log.error(`${sentences[outcome]} ${withoutAddresses(sending.reason ?? "")}`, fields);
  } else log.info(sentences[outcome], fields);
}

const sentences = {
  sent: "The alert is SENT.",
  failed: "The alert is FAILED: it was not sent. Remove the cause: the next run sends it.",
  unknown: "The alert is UNKNOWN: it was sent or not, and nothing sends it again by itself.",
  postponed: "No time was left for the alert: the next run sends it.",
  elsewhere: "Another run sends the alert, or has sent it.",
} as const;

/** The figures of the budgets of a run. */
export const budgetMetrics = ({ unknown, alerts, failures }: BudgetsEvaluation) => {
  const sent = alerts.filter(({ outcome }) => outcome === "sent").length;
  return [
    { name: "BudgetsUnknown", unit: "Count", value: unknown },
    { name: "BudgetAlertsDelivered", unit: "Count", value: sent },
    { name: "BudgetAlertsUndelivered", unit: "Count", value: undelivered(alerts).length + failures.length },
  ] as const satisfies readonly Metric[];
};

const undelivered = (alerts: readonly AlertOutcome[]) =>
  alerts.filter(({ outcome }) => outcome === "failed" || outcome === "unknown" || outcome === "postponed");

/** Why a run fails although its reports were delivered; `null` when nothing of its budgets failed. */
export function unalertedSentence({ alerts, failures }: BudgetsEvaluation): string | null {
  const names = [
    ...undelivered(alerts).map(
      ({ alert, audience, outcome }) =>
        `${outcome} ${messageName("alert", firstDay(alert.periodStart), audience)} of ${alert.budget.id}`,
    ),
    ...failures.map(({ budget }) => `not evaluated or not prepared ${budget ?? "the budgets of an owner"}`),
  ];
  if (names.length === 0) return null;
  return `Alerts of budgets were not delivered: ${names.join(", ")}. The log has the reason of each.`;
}
