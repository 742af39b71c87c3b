import { budgetOwners, readBudgetFigures, recordedBudgets } from "@dapanoskop/budgets";
import { type BudgetState, budgetState } from "@dapanoskop/core/budget";
import { StateError } from "@dapanoskop/core/state";
import type { DeliveryDependencies } from "../deliver/delivery.ts";

/** The budgets that an audience is alerted of, as they stand now: by owner and id. */
export type BudgetsOfAudience = (audience: string) => Promise<readonly BudgetState[]>;

/**
 * Reads the budgets of all owners once, when the first report needs them. Budgets that cannot be read are left
 * out: their evaluation fails by itself, and no report waits for it.
 */
export function reportedBudgets({
  store,
  state,
  runtime,
}: Pick<DeliveryDependencies, "store" | "state" | "runtime">): BudgetsOfAudience {
  let states: Promise<readonly BudgetState[]> | null = null;
  async function read(): Promise<readonly BudgetState[]> {
    const now = runtime.clock.now();
    const owners = await orNone(async () => (await budgetOwners(state)).owners);
    const lists = await Promise.all(
      owners.map((owner) => orNone(async () => (await recordedBudgets(owner, state)).budgets)),
    );
    const kept = lists.flat();
    if (kept.length === 0) return [];
    const figures = await readBudgetFigures(store, now);
    return kept.map(({ budget }) => budgetState(budget, figures, now));
  }
  return async (audience) => {
    states ??= read();
    return (await states).filter(({ budget }) => budget.audiences.includes(audience));
  };
}

async function orNone<Value>(read: () => Promise<readonly Value[]>): Promise<readonly Value[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StateError) return [];
    throw error;
  }
}
