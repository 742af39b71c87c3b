import type { Instant, Month } from "../calendar/index.ts";
import { compare, type Money } from "../money/index.ts";
import type { Budget, BudgetForecast, BudgetState } from "./budget.ts";
import { budgetLimit, percentUnits, type ReachedThreshold, reachedThresholds } from "./threshold.ts";

/** What is recorded of a threshold that a budget has reached in a period. */
export interface BudgetAlert {
  readonly of: "actual" | "forecast";
  readonly percent: string;
  /** From 1: a threshold that was re-armed alerts again, with the next number. */
  readonly turn: number;
  readonly periodStart: Month;
  readonly reachedAt: Instant;
  /** The budget as it was then: what the message says, and to whom it goes. */
  readonly budget: Budget;
  readonly actual: Money | null;
  readonly forecast: BudgetForecast | null;
  /** `passed`: a higher threshold was reached at the same time or before, so nothing is sent. */
  readonly outcome: "send" | "passed";
  /** When the cost was below it again, of a budget that re-arms; `null` while it counts as reached. */
  readonly rearmedAt: Instant | null;
  /** Audiences of which it is known what became of the message: they are not sent to again. */
  readonly settled: readonly string[];
}

/**
 * The alerts of a period after a state of it: those of before, and one for each threshold that was reached since. Of several
 * that were reached together the highest is sent and the others are passed; actual cost and forecast are told apart. An
 * unknown state changes nothing.
 * @returns `before` itself where nothing changes
 */
export function nextAlerts(
  before: readonly BudgetAlert[],
  state: BudgetState,
  at: Instant,
): readonly BudgetAlert[] {
  if (state.status === "unknown") return before;
  const reached = reachedThresholds(state);
  const kept = before.map((alert) => (isBelow(alert, state, reached) ? { ...alert, rearmedAt: at } : alert));
  const added = (["actual", "forecast"] as const).flatMap((of) => {
    const counted = kept.filter((alert) => alert.of === of && counts(alert, state.budget));
    const fresh = reached.filter(
      (threshold) => threshold.of === of && !counted.some((alert) => isSamePercent(alert, threshold)),
    );
    const highest = fresh.at(-1);
    const isHigher = highest !== undefined && counted.every((alert) => isLower(alert, highest));
    return fresh.map((threshold) =>
      alertOf(threshold, isHigher && threshold === highest ? "send" : "passed", kept, state, at),
    );
  });
  const isChanged = added.length > 0 || kept.some((alert, index) => alert !== before[index]);
  return isChanged ? [...kept, ...added] : before;
}

function alertOf(
  { of, percent }: ReachedThreshold,
  outcome: BudgetAlert["outcome"],
  kept: readonly BudgetAlert[],
  { budget, periodStart, actual, forecast }: BudgetState,
  at: Instant,
): BudgetAlert {
  const earlier = kept.filter((alert) => alert.of === of && isSamePercent(alert, { percent }));
  const turn = 1 + earlier.length;
  const alert = { of, percent, turn, periodStart, reachedAt: at, budget, actual, forecast, outcome };
  return { ...alert, rearmedAt: null, settled: [] };
}

/** Whether an alert still counts: it was not re-armed, and the budget has the same terms as then. */
const counts = (alert: BudgetAlert, budget: Budget): boolean =>
  alert.rearmedAt === null && hasSameTerms(alert.budget, budget);

/** A budget with another limit or of another part of the bill alerts anew. */
const hasSameTerms = (one: Budget, other: Budget): boolean =>
  one.currency === other.currency &&
  one.period === other.period &&
  scopeText(one) === scopeText(other) &&
  compare(budgetLimit(one), budgetLimit(other)) === 0;

const scopeText = ({ scope }: Budget): string =>
  JSON.stringify(scope.kind === "everything" ? [scope.kind] : [scope.kind, scope.name]);

function isBelow(alert: BudgetAlert, state: BudgetState, reached: readonly ReachedThreshold[]): boolean {
  if (!state.budget.rearm || !counts(alert, state.budget)) return false;
  // Without a forecast nothing says that it is below.
  if (alert.of === "forecast" && state.forecast === null) return false;
  return (
    state.budget.thresholds.some(
      (threshold) => threshold.of === alert.of && isSamePercent(threshold, alert),
    ) && !reached.some((threshold) => threshold.of === alert.of && isSamePercent(threshold, alert))
  );
}

const isSamePercent = (one: { readonly percent: string }, other: { readonly percent: string }): boolean =>
  percentUnits(one.percent) === percentUnits(other.percent);

const isLower = (one: { readonly percent: string }, other: { readonly percent: string }): boolean =>
  percentUnits(one.percent) < percentUnits(other.percent);

/** The audiences that an alert is still to be sent to. */
export const pendingAudiences = ({ outcome, budget, settled }: BudgetAlert): readonly string[] =>
  outcome === "send" ? budget.audiences.filter((name) => !settled.includes(name)) : [];
