import type { ArtifactStore } from "@dapanoskop/core/store";
import { readIndex } from "@dapanoskop/dataset";
import { type CollectConfig, type CollectEvent, plannedRequests } from "@dapanoskop/pipeline";
import { collectionOptions, optionValues } from "@dapanoskop/pipeline/options";
import { collectInto, exitCodeOf, requestPrice, resultText } from "../collecting.ts";
import type { CommandValues } from "../options/command-option.ts";
import { progressOn } from "../progress.ts";
import { accountSource, billFile, fileSource, type Source } from "../sources.ts";
import { openStore } from "../store.ts";
import { exitCode, type World } from "../world.ts";
import type { collectDefinition } from "./definitions.ts";

/** `dapanoskop collect`: reads the bill and publishes it. */
export async function collect(
  values: CommandValues<typeof collectDefinition.options>,
  world: World,
): Promise<number> {
  const event: CollectEvent = {
    at: values.at ?? world.now(),
    backfill: values.backfill ?? 0,
    force: values.force,
  };
  const config: CollectConfig = optionValues(collectionOptions, (_, name) => values[name]);
  const file = billFile("collect", values);
  const store = await openStore(values.store);
  if (file === null && !(await agreedToPay(store, event, config, world))) {
    world.err.write("Stopped: nothing was asked, nothing was written.\n");
    return exitCode.failed;
  }
  const progress = progressOn(world);
  const source: Source =
    file === null
      ? await accountSource(progress, world)
      : await fileSource(file, { at: event.at, config }, progress, world);
  try {
    const result = await collectInto(store, source.source, { event, config, progress, world });
    world.out.write(resultText(result, store));
    return exitCodeOf(result);
  } finally {
    progress.done();
    await source.close();
  }
}

/** Before the first collection of an account it is said what it costs; on a terminal it is asked, elsewhere it goes on. */
async function agreedToPay(
  store: ArtifactStore,
  event: CollectEvent,
  config: CollectConfig,
  { err, ask }: World,
): Promise<boolean> {
  if ((await readIndex(store)) !== null) return true;
  const { pages, other } = plannedRequests(event, config);
  err.write(
    `First collection into ${store.place}: ${pages} pages and ${other} other requests to AWS Cost Explorer, ` +
      `${requestPrice(pages + other)} at $0.01 each. A large account has more pages; a run stops at 500 ($5.00).\n`,
  );
  return ask === undefined || ask("Collect now?");
}
