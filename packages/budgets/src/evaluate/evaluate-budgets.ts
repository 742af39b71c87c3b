import {
  type BudgetAlert,
  type BudgetFigures,
  type BudgetState,
  budgetState,
  currentMonth,
  nextAlerts,
  pendingAudiences,
  periodBefore,
  periodStartOf,
} from "@dapanoskop/core/budget";
import { addDays, dayOfInstant, firstDay, type Instant, type Month } from "@dapanoskop/core/calendar";
import type { Sending, SendResult } from "@dapanoskop/core/sending";
import { changeAlerts } from "../alerts/alert-records.ts";
import { type AlertSendingDependencies, sendAlert } from "../alerts/send-alert.ts";
import { budgetOwners } from "../records/budget-owners.ts";
import { type KeptBudget, recordedBudgets } from "../records/budget-records.ts";

export interface EvaluationDependencies extends AlertSendingDependencies {
  /** Reads the published figures: `readBudgetFigures`. It throws nothing: what cannot be read is a problem of the figures. */
  readonly figures: (at: Instant) => Promise<BudgetFigures>;
}

/** What an evaluation came to. */
export interface BudgetsEvaluation {
  /** Of the running period, by owner and id. */
  readonly states: readonly OwnedBudgetState[];
  readonly alerts: readonly AlertOutcome[];
  /** Budgets that are unknown, without those whose period has just begun. */
  readonly unknown: number;
  /** What could not be read, recorded or prepared: the others were evaluated all the same. */
  readonly failures: readonly BudgetFailure[];
}

export interface OwnedBudgetState {
  readonly owner: string;
  readonly state: BudgetState;
}

/** What became of one alert to one audience. */
export interface AlertOutcome {
  readonly owner: string;
  readonly alert: BudgetAlert;
  readonly audience: string;
  readonly outcome: SendResult["outcome"];
  readonly sending: Sending;
}

export interface BudgetFailure {
  /** The id of the budget; `null` where an owner's budgets could not be read. */
  readonly budget: string | null;
  /** The audience of the alert that could not be sent; `null` where it failed before. */
  readonly audience: string | null;
  readonly error: unknown;
}

/** AWS revises a closed month until the 10th of the next one. */
const REVISED_DAYS = 10;

/**
 * Evaluates the budgets of all owners and sends the alerts that are due, with those that an earlier evaluation could not send.
 * A period that has ended is evaluated until the 10th: its last days are delivered late.
 * @param owners by default everybody who ever had a budget
 * @throws StateError when the owners cannot be read: nothing was evaluated
 */
export async function evaluateBudgets(
  at: Instant,
  dependencies: EvaluationDependencies,
  owners?: readonly string[],
): Promise<BudgetsEvaluation> {
  const { owners: all, unreadable } =
    owners === undefined ? await budgetOwners(dependencies.state) : { owners, unreadable: [] };
  const failures: BudgetFailure[] = unreadable.map((error) => ({ budget: null, audience: null, error }));
  if (all.length === 0) return { states: [], alerts: [], unknown: 0, failures };
  const run: EvaluationRun = { at, dependencies, figures: await dependencies.figures(at), failures };
  const states: OwnedBudgetState[] = [];
  const alerts: AlertOutcome[] = [];
  for (const owner of all) {
    for (const kept of await readBudgets(owner, run)) {
      const state = budgetState(kept.budget, run.figures, at);
      states.push({ owner, state });
      alerts.push(...(await alertBudget(owner, kept, state, run)));
    }
  }
  const unknown = states.filter(({ state }) => state.status === "unknown" && !state.isWaiting).length;
  return { states, alerts, unknown, failures: run.failures };
}

interface EvaluationRun {
  readonly at: Instant;
  readonly dependencies: EvaluationDependencies;
  readonly figures: BudgetFigures;
  readonly failures: BudgetFailure[];
}

async function readBudgets(owner: string, run: EvaluationRun): Promise<readonly KeptBudget[]> {
  try {
    const { budgets, unreadable } = await recordedBudgets(owner, run.dependencies.state);
    run.failures.push(...unreadable.map(({ id, error }) => ({ budget: id, audience: null, error })));
    return budgets;
  } catch (error) {
    run.failures.push({ budget: null, audience: null, error });
    return [];
  }
}

/** Records which thresholds a budget has reached, in the period before too, and sends what is not sent yet. */
async function alertBudget(
  owner: string,
  kept: KeptBudget,
  state: BudgetState,
  run: EvaluationRun,
): Promise<readonly AlertOutcome[]> {
  const { budget } = kept;
  const before = periodBefore(budget.period, state.periodStart);
  const outcomes: AlertOutcome[] = [];
  for (const [periodStart, current] of [
    [before, stateBefore(kept, before, run)],
    [state.periodStart, state],
  ] as const) {
    const of = { owner, kept, periodStart };
    try {
      const alerts = await changeAlerts(
        of,
        (known) => (current === null ? known : nextAlerts(known, current, run.at)),
        run.dependencies,
      );
      for (const alert of alerts) {
        for (const audience of pendingAudiences(alert))
          outcomes.push(...(await send(of, alert, audience, run)));
      }
    } catch (error) {
      run.failures.push({ budget: budget.id, audience: null, error });
    }
  }
  return outcomes;
}

/** The state of the period before, while its costs may still be revised; `null` afterwards, and for a budget that is younger. */
function stateBefore({ budget, createdAt }: KeptBudget, start: Month, { at, figures }: EvaluationRun) {
  const running = periodStartOf(budget.period, currentMonth(at));
  const isRevised = dayOfInstant(at) < addDays(firstDay(running), REVISED_DAYS);
  if (!isRevised || dayOfInstant(createdAt) >= firstDay(running)) return null;
  // What the ended period will cost is what it has cost.
  return { ...budgetState(budget, figures, at, start), forecast: null };
}

async function send(
  of: Parameters<typeof sendAlert>[0],
  alert: BudgetAlert,
  audience: string,
  run: EvaluationRun,
): Promise<readonly AlertOutcome[]> {
  try {
    const { outcome, sending } = await sendAlert(of, alert, audience, run.dependencies);
    return [{ owner: of.owner, alert, audience, outcome, sending }];
  } catch (error) {
    run.failures.push({ budget: of.kept.budget.id, audience, error });
    return [];
  }
}
