import { type BudgetAlert, currentMonth, periodBefore, periodStartOf } from "@dapanoskop/core/budget";
import { type Instant, instantOf, type Month } from "@dapanoskop/core/calendar";
import type { Runtime } from "@dapanoskop/core/runtime";
import { StateError, type StateFailure, type StateKey, type StateStore } from "@dapanoskop/core/state";
import type { KeptBudget } from "../records/budget-records.ts";
import { ownerKey } from "../records/owner-key.ts";
import { alertsIn, alertsValue } from "./alerts-value.ts";

/** What changing the alerts of a budget needs. */
export interface AlertDependencies {
  readonly state: StateStore;
  readonly runtime: Runtime;
}

/** A budget of an owner in one period: its alerts are one record, so that what is decided together is written together. */
export interface BudgetInPeriod {
  readonly owner: string;
  readonly kept: KeptBudget;
  readonly periodStart: Month;
}

/** So long a record is kept after its last change. */
const KEPT_DAYS = 400;

const ROUNDS = 8;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 2_000;

/** Failures after which the record may have been written, or may be written a moment later. */
const TRANSIENT: ReadonlySet<StateFailure> = new Set(["unknown-outcome", "throttled", "unreachable"]);

/**
 * Changes the alerts of a budget in a period under the condition that they are as they were read. After a refused write, and
 * after one whose answer was lost, they are read again and `change` decides anew.
 * @param change returns its argument where nothing changes: then nothing is written
 * @returns the alerts as they are now
 * @throws StateError when the store fails, or does so in every round
 */
export async function changeAlerts(
  of: BudgetInPeriod,
  change: (alerts: readonly BudgetAlert[]) => readonly BudgetAlert[],
  dependencies: AlertDependencies,
): Promise<readonly BudgetAlert[]> {
  const { clock, random, deadline } = dependencies.runtime;
  const key = await keyOf(of);
  for (let round = 1; ; round++) {
    try {
      const written = await attemptChange(key, of, change, dependencies);
      if (written !== null) return written;
    } catch (error) {
      const mayRepeat = error instanceof StateError && TRANSIENT.has(error.failure);
      if (!mayRepeat || round === ROUNDS) throw error;
    }
    if (round === ROUNDS) {
      throw new StateError(
        "throttled",
        `${key.sort} of ${key.partition} in ${dependencies.state.place} was changed by others in every round. Run again.`,
      );
    }
    const pause = random.fraction() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (round - 1));
    await clock.sleep(Math.min(pause, Math.max(0, deadline.timeLeft())));
  }
}

/** `null` where somebody else changed the record in between. */
async function attemptChange(
  key: StateKey,
  { kept }: BudgetInPeriod,
  change: (alerts: readonly BudgetAlert[]) => readonly BudgetAlert[],
  { state, runtime }: AlertDependencies,
): Promise<readonly BudgetAlert[] | null> {
  const record = await state.get(key);
  const before = record === null ? [] : alertsIn(record, kept.createdAt, state.place);
  const after = change(before);
  if (after === before) return before;
  const expiresAt = instantOf(new Date(Date.parse(runtime.clock.now()) + KEPT_DAYS * 86_400_000));
  const next = { value: alertsValue(after, kept.createdAt), expiresAt };
  const { outcome } = await (record === null
    ? state.putIfAbsent(key, next)
    : state.putIfVersion(key, next, record.version));
  return outcome === "written" ? after : null;
}

/**
 * The alerts of a budget in its running period and the one before, oldest first.
 * @throws StateError
 */
export async function alertsOf(
  owner: string,
  kept: KeptBudget,
  state: StateStore,
  at: Instant,
): Promise<readonly BudgetAlert[]> {
  const { period } = kept.budget;
  const start = periodStartOf(period, currentMonth(at));
  const records = await Promise.all(
    [periodBefore(period, start), start].map(async (periodStart) =>
      state.get(await keyOf({ owner, kept, periodStart })),
    ),
  );
  return records.flatMap((record) => (record === null ? [] : alertsIn(record, kept.createdAt, state.place)));
}

const keyOf = async ({ owner, kept, periodStart }: BudgetInPeriod): Promise<StateKey> => ({
  partition: `budget-alerts#${await ownerKey(owner)}`,
  sort: `${kept.budget.id}#${periodStart}`,
});
