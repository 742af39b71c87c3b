import { monthReport } from "@dapanoskop/core/insight";
import { renderJson, renderText } from "@dapanoskop/core/insight/render";
import type { CommandValues } from "../options/command-option.ts";
import { nothingPublished, readPublished } from "../published.ts";
import { openStore } from "../store.ts";
import { CommandError, exitCode, type World } from "../world.ts";
import type { showDefinition } from "./definitions.ts";

/** `dapanoskop show`: the report of a published month, in the terminal or for a program. */
export async function show(
  { store: place, period, json }: CommandValues<typeof showDefinition.options>,
  world: World,
): Promise<number> {
  const store = await openStore(place);
  const published = await readPublished(store, period);
  if (published === null) throw new CommandError(nothingPublished(store.place));
  const report = monthReport(published.figures, published.trend, world.now());
  const { isTerminal, columns } = world.out;
  world.out.write(json ? renderJson(report) : renderText(report, { columns, ansi: isTerminal }));
  return exitCode.done;
}
