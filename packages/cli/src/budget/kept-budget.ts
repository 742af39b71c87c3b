import { budgetOf, budgetsOf, type KeptBudget } from "@dapanoskop/budgets";
import type { StateStore } from "@dapanoskop/core/state";
import { CommandError } from "../errors.ts";

/** A budget of an owner. @throws CommandError that names those that there are, when there is none of that id */
export async function keptBudget(owner: string, id: string, state: StateStore): Promise<KeptBudget> {
  const kept = await budgetOf(owner, id, state);
  if (kept !== null) return kept;
  const ids = (await budgetsOf(owner, state)).map(({ budget }) => budget.id);
  throw new CommandError(
    `There is no budget ${JSON.stringify(id.slice(0, 40))} in ${state.place}. There are: ${ids.join(", ") || "none"}.`,
  );
}
