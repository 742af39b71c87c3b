import { budgetsOf, readBudgetFigures } from "@dapanoskop/budgets";
import { budgetState } from "@dapanoskop/core/budget";
import { jsonText } from "@dapanoskop/core/insight/render";
import { budgetJson, budgetLine } from "../budget/budget-text.ts";
import { checkedOwner } from "../budget/checked-owner.ts";
import type { CommandContext } from "../command-context.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { openState, openStore } from "../store.ts";
import type { budgetListDefinition } from "./budget-definitions.ts";

/** `dapanoskop budget list`: how each budget of an owner stands. */
export async function budgetList(
  values: CommandValues<typeof budgetListDefinition.options>,
  { out, runtime }: CommandContext,
): Promise<number> {
  const at = values.at ?? runtime.clock.now();
  const all = await budgetsOf(checkedOwner("budget list", values.owner), await openState(values.state));
  const figures = await readBudgetFigures(await openStore(values.store), at);
  const shown = all.map((kept) => ({ kept, state: budgetState(kept.budget, figures, at) }));
  if (values.json) {
    out.write(jsonText({ schema: 1, budgets: shown.map(budgetJson) }));
  } else if (shown.length === 0) {
    out.write("There is no budget. Add one: dapanoskop budget add ID --limit AMOUNT\n");
  } else out.write(`${shown.map(({ state }) => budgetLine(state)).join("\n")}\n`);
  return exitCode.done;
}
