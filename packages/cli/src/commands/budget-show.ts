import { alertStates, readBudgetFigures } from "@dapanoskop/budgets";
import { budgetState } from "@dapanoskop/core/budget";
import { jsonText } from "@dapanoskop/core/insight/render";
import { alertJson, budgetJson, budgetText } from "../budget/budget-text.ts";
import { checkedOwner } from "../budget/checked-owner.ts";
import { keptBudget } from "../budget/kept-budget.ts";
import type { CommandContext } from "../command-context.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { openState, openStore } from "../store.ts";
import type { budgetShowDefinition } from "./budget-definitions.ts";

/** `dapanoskop budget show`: one budget with its thresholds and alerts. */
export async function budgetShow(
  values: CommandValues<typeof budgetShowDefinition.options>,
  { out, runtime }: CommandContext,
): Promise<number> {
  const owner = checkedOwner("budget show", values.owner);
  const at = values.at ?? runtime.clock.now();
  const state = await openState(values.state);
  const kept = await keptBudget(owner, values.id, state);
  const figures = await readBudgetFigures(await openStore(values.store), at);
  const shown = { kept, state: budgetState(kept.budget, figures, at) };
  const alerts = await alertStates(owner, kept, state, at);
  out.write(
    values.json
      ? jsonText({ schema: 1, budget: budgetJson(shown), alerts: alerts.map(alertJson) })
      : budgetText(shown, alerts),
  );
  return exitCode.done;
}
