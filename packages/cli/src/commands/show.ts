import type { Month } from "@dapanoskop/core/calendar";
import { monthReport } from "@dapanoskop/core/insight";
import { renderDaysJson, renderDaysText, renderJson, renderText } from "@dapanoskop/core/insight/render";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { readIndex, storeReader } from "@dapanoskop/dataset";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { noDaysPublished, nothingPublished, readPublishedMonth } from "../published-month.ts";
import { openStore } from "../store.ts";
import type { showDefinition } from "./definitions.ts";

/** `dapanoskop show`: the report of a published month, in the terminal or for a program. */
export async function show(
  { store: place, period, days, json }: CommandValues<typeof showDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const store = await openStore(place);
  if (days) return showDays(store, period, json, context);
  const published = await readPublishedMonth(store, period);
  if (published === null) throw new CommandError(nothingPublished(store.place));
  const report = monthReport(published.figures, published.trend, context.runtime.clock.now());
  const { isTerminal, columns } = context.out;
  context.out.write(json ? renderJson(report) : renderText(report, { columns, ansi: isTerminal }));
  return exitCode.done;
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
