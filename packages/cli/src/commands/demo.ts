import { monthReport } from "@dapanoskop/core/insight";
import { renderText } from "@dapanoskop/core/insight/render";
import { billSource } from "@dapanoskop/core/source";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { loadParquetCodec } from "@dapanoskop/local/parquet";
import { defaultConfig } from "@dapanoskop/pipeline";
import { planReader, publishedPrices } from "@dapanoskop/plans";
import type { CommandContext } from "../command-context.ts";
import { emulatedSource } from "../cost-sources.ts";
import { writeDemoState } from "../demo/demo-state.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import { untilInterrupted } from "../interruption.ts";
import type { CommandValues } from "../options/command-option.ts";
import { progressTo } from "../progress.ts";
import { nothingPublished, readPublishedMonth } from "../published-month.ts";
import { exitCodeOf, runCollection } from "../run-collection.ts";
import { listen } from "../server/listen.ts";
import { localApi } from "../server/local-api.ts";
import { openPlanStorage, openStore } from "../store.ts";
import type { demoDefinition } from "./definitions.ts";

/** The closed months of a Cost Explorer history of 14 months. */
const BACKFILL = 13;

/** `dapanoskop demo`: collects a made-up company's bill through the emulator and the real SDK, shows and serves it. */
export async function demo(
  values: CommandValues<typeof demoDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const at = values.at ?? context.runtime.clock.now();
  const store = await openStore(values.store);
  const progress = progressTo(context.err);
  progress.update("Writing the bill of a made-up company");
  const { demoCompany, startEmulator } = await import("@dapanoskop/emulator");
  const emulator = await startEmulator({
    exactAmounts: true, // the demo shows every digit of its bill
    source: billSource(demoCompany({ at }), { at }),
    at,
    historyMonths: 38,
  });
  try {
    const { source } = await emulatedSource(progress, context, emulator.url);
    // A new version may change the made-up company, so its months are never quarantined.
    const event = { at, backfill: BACKFILL, force: true };
    const result = await runCollection(store, source, { event, config: defaultConfig, progress, context });
    if (exitCodeOf(result) !== exitCode.done)
      throw new CommandError(`The demo could not publish: ${sentences(result.months)}`);
  } finally {
    progress.done();
    await emulator.close();
  }
  const published = await readPublishedMonth(store, null);
  if (published === null) throw new CommandError(nothingPublished(store.place));
  const { isTerminal, columns } = context.out;
  context.out.write(
    renderText(monthReport(published.figures, published.trend, at), { columns, ansi: isTerminal }),
  );
  if (!values.store.startsWith("s3://")) await reportDay(store, `${values.store}-report`, context);
  const isInBucket = values.store.startsWith("s3://");
  const storage = await openPlanStorage(isInBucket ? "./dapanoskop-demo-state" : `${values.store}-state`);
  const isServed = !values.noServe && !values.once;
  if (isServed || !isInBucket)
    await writeDemoState(storage, planReader(publishedPrices(store, loadParquetCodec)), at);
  if (!isServed) return exitCode.done;

  const { runtime, err } = context;
  const serving = await listen(store, values.port, localApi({ ...storage, store, bill: null, runtime, err }));
  context.err.write(`\nServing ${store.place} to this machine only; Ctrl-C ends it.\n`);
  context.out.write(`${serving.url}\n`);
  await untilInterrupted(context);
  await serving.close();
  return exitCode.done;
}

async function reportDay(store: ArtifactStore, folder: string, context: CommandContext): Promise<void> {
  const { writeDemoReport } = await import("../report/demo-report.ts");
  const written = await writeDemoReport(store, folder, context);
  if (written === null) return;
  context.err.write(
    `\nThe daily report of the last complete day: ${written.html}\nThe same as a mail (.eml): ${written.mails}\n`,
  );
}

const sentences = (months: readonly { readonly why: string | null }[]) =>
  months.flatMap(({ why }) => why ?? []).join(" ");
