import { monthReport } from "@dapanoskop/core/insight";
import { renderText } from "@dapanoskop/core/insight/render";
import { billSource } from "@dapanoskop/core/source";
import { defaultConfig } from "@dapanoskop/pipeline";
import { collectInto, exitCodeOf } from "../collecting.ts";
import type { CommandValues } from "../options/command-option.ts";
import { progressOn } from "../progress.ts";
import { nothingPublished, readPublished } from "../published.ts";
import { listen } from "../server/listen.ts";
import { emulatedSource } from "../sources.ts";
import { openStore } from "../store.ts";
import { CommandError, exitCode, untilInterrupted, type World } from "../world.ts";
import type { demoDefinition } from "./definitions.ts";

/** As much as Cost Explorer remembers, so that every month has one to be compared with. */
const BACKFILL = 13;

/** `dapanoskop demo`: a made-up company's bill, through the emulator and the real SDK, published, shown and served. */
export async function demo(
  values: CommandValues<typeof demoDefinition.options>,
  world: World,
): Promise<number> {
  const at = values.at ?? world.now();
  const store = await openStore(values.store);
  const progress = progressOn(world);
  progress.update("Writing the bill of a made-up company");
  const { demoCompany, startEmulator } = await import("@dapanoskop/emulator");
  const emulator = await startEmulator({
    source: billSource(demoCompany({ at }), { at }),
    at,
    historyMonths: 38,
  });
  try {
    const { source } = await emulatedSource(progress, world, emulator.url);
    // Nobody's figures are at stake, so nothing is held back when the company changes with a new version.
    const event = { at, backfill: BACKFILL, force: true };
    const result = await collectInto(store, source, { event, config: defaultConfig, progress, world });
    if (exitCodeOf(result) !== exitCode.done)
      throw new CommandError(`The demo could not publish: ${sentences(result.months)}`);
  } finally {
    progress.done();
    await emulator.close();
  }
  const published = await readPublished(store, null);
  if (published === null) throw new CommandError(nothingPublished(store.place));
  const { isTerminal, columns } = world.out;
  world.out.write(
    renderText(monthReport(published.figures, published.trend, at), { columns, ansi: isTerminal }),
  );
  if (values.noServe || values.once) return exitCode.done;

  const serving = await listen(store, values.port);
  world.err.write(`\nServing ${store.place} to this machine only; Ctrl-C ends it.\n`);
  world.out.write(`${serving.url}\n`);
  await untilInterrupted(world);
  await serving.close();
  return exitCode.done;
}

const sentences = (months: readonly { readonly why: string | null }[]) =>
  months.flatMap(({ why }) => why ?? []).join(" ");
