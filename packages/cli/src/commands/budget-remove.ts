import { deleteBudget } from "@dapanoskop/budgets";
import { checkedOwner } from "../budget/checked-owner.ts";
import { keptBudget } from "../budget/kept-budget.ts";
import type { CommandContext } from "../command-context.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { openState } from "../store.ts";
import type { budgetRemoveDefinition } from "./budget-definitions.ts";

/** `dapanoskop budget remove`. */
export async function budgetRemove(
  values: CommandValues<typeof budgetRemoveDefinition.options>,
  { out }: CommandContext,
): Promise<number> {
  const { id } = values;
  const owner = checkedOwner("budget remove", values.owner);
  const state = await openState(values.state);
  await keptBudget(owner, id, state);
  await deleteBudget(owner, id, state);
  out.write(`Removed the budget ${id}.\n`);
  return exitCode.done;
}
