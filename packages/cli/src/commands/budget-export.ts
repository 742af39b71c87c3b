import { awsBudgetsHcl, budgetsOf, readBudgetFigures } from "@dapanoskop/budgets";
import { checkedOwner } from "../budget/checked-owner.ts";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { openState, openStore } from "../store.ts";
import type { budgetExportDefinition } from "./budget-definitions.ts";

/** `dapanoskop budget export`: the budgets of an owner as AWS Budgets in HCL. */
export async function budgetExport(
  values: CommandValues<typeof budgetExportDefinition.options>,
  { out, runtime }: CommandContext,
): Promise<number> {
  const all = await budgetsOf(checkedOwner("budget export", values.owner), await openState(values.state));
  const store = await openStore(values.store);
  const { daily } = await readBudgetFigures(store, runtime.clock.now());
  const source = daily?.source ?? null;
  if (source === null) {
    throw new CommandError(
      `Nothing in ${store.place} names the tag key and the cost category of the figures. Run: dapanoskop collect.`,
    );
  }
  out.write(
    awsBudgetsHcl(
      all.map(({ budget }) => budget),
      { ...source, addresses: values.addresses, topics: values.topics },
    ),
  );
  return exitCode.done;
}
