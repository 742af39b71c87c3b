import { budgetsOf, readBudgetFigures } from "@dapanoskop/budgets";
import { type BudgetState, budgetState } from "@dapanoskop/core/budget";
import type { Instant, Month } from "@dapanoskop/core/calendar";
import { monthReport } from "@dapanoskop/core/insight";
import {
  renderBudgetsText,
  renderDaysJson,
  renderDaysText,
  renderJson,
  renderText,
} from "@dapanoskop/core/insight/render";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { readIndex, storeReader } from "@dapanoskop/dataset";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { noDaysPublished, nothingPublished, readPublishedMonth } from "../published-month.ts";
import { openState, openStore } from "../store.ts";
import type { showDefinition } from "./definitions.ts";

/** `dapanoskop show`: the report of a published month, in the terminal or for a program. */
export async function show(
  { store: place, period, days, json, state }: CommandValues<typeof showDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const store = await openStore(place);
  if (days) return showDays(store, period, json, context);
  const published = await readPublishedMonth(store, period);
  if (published === null) throw new CommandError(nothingPublished(store.place));
  const now = context.runtime.clock.now();
  const report = monthReport(published.figures, published.trend, now);
  const budgets = period === null ? await budgetStates(store, state, now) : [];
  const style = { columns: context.out.columns, ansi: context.out.isTerminal };
  context.out.write(
    json ? renderJson(report, budgets) : `${renderText(report, style)}${renderBudgetsText(budgets, style)}`,
  );
  return exitCode.done;
}

/** How the budgets of this machine stand: they are of the running period, whatever the newest month is. */
async function budgetStates(
  store: ArtifactStore,
  place: string,
  now: Instant,
): Promise<readonly BudgetState[]> {
  const kept = await budgetsOf("local", await openState(place));
  if (kept.length === 0) return [];
  const figures = await readBudgetFigures(store, now);
  return kept.map(({ budget }) => budgetState(budget, figures, now));
}

async function showDays(
  store: ArtifactStore,
  period: Month | null,
  json: boolean,
  { out }: CommandContext,
): Promise<number> {
  if (period !== null) throw new CommandError("--days shows the newest published days: leave --period out.");
  const index = await readIndex(store);
  const figures = index && (await storeReader(store).dailyFigures(index));
  if (figures === null) throw new CommandError(noDaysPublished(index, store.place));
  const { isTerminal, columns } = out;
  out.write(json ? renderDaysJson(figures) : renderDaysText(figures, { columns, ansi: isTerminal }));
  return exitCode.done;
}
