import { monthReport } from "@dapanoskop/core/insight";
import { renderJson, renderText } from "@dapanoskop/core/insight/render";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { nothingPublished, readPublishedMonth } from "../published-month.ts";
import { openStore } from "../store.ts";
import type { showDefinition } from "./definitions.ts";

/** `dapanoskop show`: the report of a published month, in the terminal or for a program. */
export async function show(
  { store: place, period, json }: CommandValues<typeof showDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const store = await openStore(place);
  const published = await readPublishedMonth(store, period);
  if (published === null) throw new CommandError(nothingPublished(store.place));
  const report = monthReport(published.figures, published.trend, context.runtime.clock.now());
  const { isTerminal, columns } = context.out;
  context.out.write(json ? renderJson(report) : renderText(report, { columns, ansi: isTerminal }));
  return exitCode.done;
}
