import { BudgetInputError, putBudget } from "@dapanoskop/budgets";
import { budgetOfInput, scopeOf, thresholdsOf } from "../budget/budget-terms.ts";
import { checkedOwner } from "../budget/checked-owner.ts";
import type { CommandContext } from "../command-context.ts";
import { CommandError, UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { openState } from "../store.ts";
import type { budgetAddDefinition } from "./budget-definitions.ts";

/** `dapanoskop budget add`: keeps a new budget. */
export async function budgetAdd(
  values: CommandValues<typeof budgetAddDefinition.options>,
  { out, runtime }: CommandContext,
): Promise<number> {
  const { id, name, period, limit, currency, audiences, rearm } = values;
  const owner = checkedOwner("budget add", values.owner);
  if (limit === null) throw new UsageError("budget add", "A budget needs --limit, like --limit 100.10.");
  const budget = budgetOfInput("budget add", {
    id,
    name: name ?? id,
    scope: scopeOf("budget add", values) ?? { kind: "everything" },
    period: period ?? "month",
    limit,
    currency: currency ?? "USD",
    thresholds: thresholdsOf(values),
    audiences: [...audiences],
    rearm,
  });
  const state = await openState(values.state);
  const at = values.at ?? runtime.clock.now();
  try {
    if ((await putBudget(owner, budget, state, { at, mode: "create" })) === "refused") {
      throw new CommandError(
        `There is a budget ${id} already. Change it by dapanoskop budget update ${id}, or choose another id.`,
      );
    }
  } catch (error) {
    throw error instanceof BudgetInputError ? new CommandError(error.message) : error;
  }
  out.write(`Added the budget ${id}.\n`);
  return exitCode.done;
}
