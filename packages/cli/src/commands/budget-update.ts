import { putBudget } from "@dapanoskop/budgets";
import { budgetOfInput, scopeOf, thresholdsOf } from "../budget/budget-terms.ts";
import { checkedOwner } from "../budget/checked-owner.ts";
import { keptBudget } from "../budget/kept-budget.ts";
import type { CommandContext } from "../command-context.ts";
import { CommandError, UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { openState } from "../store.ts";
import type { budgetUpdateDefinition } from "./budget-definitions.ts";

const COMMAND = "budget update";

/** `dapanoskop budget update`: changes what is given of a budget. */
export async function budgetUpdate(
  values: CommandValues<typeof budgetUpdateDefinition.options>,
  { out, runtime }: CommandContext,
): Promise<number> {
  const { id, noThresholds, noAlerts, everything } = values;
  const owner = checkedOwner("budget update", values.owner);
  const state = await openState(values.state);
  const { budget: before, version } = await keptBudget(owner, id, state);
  const thresholds = thresholdsOf(values);
  const kept = before.thresholds.map(({ of, percent }) => ({ of, percent: Number(percent) }));
  const budget = budgetOfInput(COMMAND, {
    id,
    name: values.name ?? before.name,
    scope: scopeOf(COMMAND, values, everything) ?? before.scope,
    period: values.period ?? before.period,
    limit: values.limit ?? before.limit,
    currency: values.currency ?? before.currency,
    thresholds: noThresholds ? [] : thresholds.length > 0 ? thresholds : kept,
    audiences: noAlerts ? [] : [...(values.audiences.length > 0 ? values.audiences : before.audiences)],
    rearm: rearmOf(values.rearm) ?? before.rearm,
  });
  const at = values.at ?? runtime.clock.now();
  if ((await putBudget(owner, budget, state, { at, mode: "replace", version })) === "refused") {
    throw new CommandError(`The budget ${id} was changed by somebody else in between. Run again.`);
  }
  out.write(`Changed the budget ${id}.\n`);
  return exitCode.done;
}

function rearmOf(text: string | null): boolean | null {
  if (text === null) return null;
  if (text === "yes" || text === "no") return text === "yes";
  throw new UsageError(COMMAND, "--rearm takes yes or no.");
}
