import type { BudgetAlert } from "@dapanoskop/core/budget";
import { budgetAlertMessage } from "@dapanoskop/core/insight/budget";
import {
  type MessageTags,
  type RenderedMessage,
  type Sending,
  type SendOutcome,
  type SendResult,
  sendOnce,
  shownState,
} from "@dapanoskop/core/sending";
import { alertId } from "./alert-id.ts";
import { type AlertDependencies, type BudgetInPeriod, changeAlerts } from "./alert-records.ts";

/** A way to send a message to an audience, in one attempt. */
export type SendAlert = (message: RenderedMessage, tags: MessageTags) => Promise<SendOutcome>;

/** What sending alerts needs. */
export interface AlertSendingDependencies extends AlertDependencies {
  /**
   * Makes the sender of an audience.
   * @throws Error when there is no such audience or it cannot be sent to: nothing was sent
   */
  readonly sender: (audience: string) => Promise<SendAlert>;
  /** `https://HOST` of the page; `null`: alerts have no link. */
  readonly dashboardUrl: string | null;
}

/**
 * Sends an alert to an audience, at most once, and records what became of it. One that was certainly not sent is tried again by
 * the next evaluation; one whose answer was lost is not.
 * @throws StateError, and what `sender` throws: it is tried again by the next evaluation, unless it was sent
 */
export async function sendAlert(
  of: BudgetInPeriod,
  alert: BudgetAlert,
  audience: string,
  dependencies: AlertSendingDependencies,
): Promise<SendResult> {
  const id = await alertId(of, alert, audience);
  const prepare = async () => {
    const message = budgetAlertMessage(alert, dependencies.dashboardUrl);
    const send = await dependencies.sender(audience);
    const { kind, ...tags } = id;
    return {
      summary: { budget: alert.budget.id, of: alert.of, percent: alert.percent },
      send: (attempt: number) => send(message, { report: kind, ...tags, attempt: String(attempt) }),
    };
  };
  const result = await sendOnce(id, prepare, dependencies, { retryFailed: true });
  if (isSettled(result.sending, dependencies)) {
    await changeAlerts(of, (alerts) => settled(alerts, alert, audience), dependencies);
  }
  return result;
}

const isSettled = (sending: Sending, { runtime }: AlertDependencies): boolean =>
  ["SENT", "BOUNCED", "UNKNOWN"].includes(shownState(sending, runtime.clock.now()));

function settled(
  alerts: readonly BudgetAlert[],
  { of, percent, turn }: BudgetAlert,
  audience: string,
): readonly BudgetAlert[] {
  const isOpen = (one: BudgetAlert) =>
    one.of === of && one.percent === percent && one.turn === turn && !one.settled.includes(audience);
  if (!alerts.some(isOpen)) return alerts;
  return alerts.map((one) => (isOpen(one) ? { ...one, settled: [...one.settled, audience] } : one));
}
