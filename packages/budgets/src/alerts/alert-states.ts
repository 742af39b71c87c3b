import type { BudgetAlert } from "@dapanoskop/core/budget";
import type { Instant } from "@dapanoskop/core/calendar";
import { type Sending, sendingOf, shownState } from "@dapanoskop/core/sending";
import type { StateStore } from "@dapanoskop/core/state";
import type { KeptBudget } from "../records/budget-records.ts";
import { alertId } from "./alert-id.ts";
import { alertsOf } from "./alert-records.ts";

/** An alert, and what became of its messages. */
export interface AlertState {
  readonly alert: BudgetAlert;
  /** By audience; none for an alert that was passed. */
  readonly sent: readonly { readonly audience: string; readonly state: AlertMessageState }[];
}

/**
 * `pending`: the next evaluation sends it. `failed`: it was certainly not sent (the next evaluation tries again), or it came
 * back.
 */
export type AlertMessageState = "pending" | "sent" | "failed" | "unknown";

/**
 * The alerts of a budget in its running period and the one before, oldest first, with what became of each.
 * @throws StateError
 */
export async function alertStates(
  owner: string,
  kept: KeptBudget,
  state: StateStore,
  at: Instant,
): Promise<readonly AlertState[]> {
  const alerts = await alertsOf(owner, kept, state, at);
  return Promise.all(
    alerts.map(async (alert) => {
      const audiences = alert.outcome === "send" ? alert.budget.audiences : [];
      const sent = await Promise.all(
        audiences.map(async (audience) => {
          const id = await alertId({ owner, kept, periodStart: alert.periodStart }, alert, audience);
          return { audience, state: messageState(await sendingOf(state, id), at) };
        }),
      );
      return { alert, sent };
    }),
  );
}

function messageState(sending: Sending | null, at: Instant): AlertMessageState {
  switch (sending === null ? null : shownState(sending, at)) {
    case "SENT":
      return "sent";
    case "FAILED":
    case "BOUNCED":
      return "failed";
    case "UNKNOWN":
      return "unknown";
    default:
      return "pending";
  }
}
