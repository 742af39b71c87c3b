import { costMetrics } from "@dapanoskop/core/source";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { readIndex } from "@dapanoskop/dataset";
import { type CollectConfig, type CollectEvent, defaultConfig, plannedRequests } from "@dapanoskop/pipeline";
import { type Given, readArguments, UsageError } from "../arguments.ts";
import { collectInto, exitCodeOf, requestPrice, resultText } from "../collecting.ts";
import { progressOn } from "../progress.ts";
import { accountSource, fileSource, type Source } from "../sources.ts";
import { openStore, USUAL_STORE } from "../store.ts";
import { exitCode, type World } from "../world.ts";

const options = {
  store: "text",
  at: "text",
  backfill: "text",
  force: "flag",
  "cost-category": "text",
  "tag-key": "text",
  metric: "text",
  "include-efs": "flag",
  "include-ebs": "flag",
  "no-split": "flag",
  bill: "text",
  provider: "text",
} as const;

/** AWS keeps no more than 37 months before the running one, with the opt-in. */
const LONGEST_BACKFILL = 37;

/** `dapanoskop collect`: reads the bill and publishes it. */
export async function collect(argv: readonly string[], world: World): Promise<number> {
  const given = readArguments("collect", options, argv);
  const event: CollectEvent = {
    at: given.instant("at") ?? world.now(),
    backfill: given.count("backfill", 0, LONGEST_BACKFILL) ?? 0,
    force: given.flag("force"),
  };
  const config = configOf(given);
  const bill = given.text("bill");
  const provider = given.text("provider");
  if (provider !== null && bill === null) {
    throw new UsageError(
      "collect",
      "--provider says whose charges of a bill file are read; it needs --bill.",
    );
  }
  const store = await openStore(given.text("store") ?? USUAL_STORE);
  if (bill === null && !(await agreedToPay(store, event, config, world))) {
    world.err.write("Stopped: nothing was asked, nothing was written.\n");
    return exitCode.failed;
  }
  const progress = progressOn(world);
  const source: Source =
    bill === null
      ? await accountSource(progress, world)
      : await fileSource(bill, { provider, at: event.at, config }, progress, world);
  try {
    const result = await collectInto(store, source.source, { event, config, progress, world });
    world.out.write(resultText(result, store));
    return exitCodeOf(result);
  } finally {
    progress.done();
    await source.close();
  }
}

function configOf(given: Given): CollectConfig {
  return {
    metric: given.oneOf("metric", costMetrics) ?? defaultConfig.metric,
    tagKey: given.text("tag-key") ?? defaultConfig.tagKey,
    costCategory: given.text("cost-category"),
    includeEfs: given.flag("include-efs"),
    includeEbs: given.flag("include-ebs"),
    splitCharges: !given.flag("no-split"),
  };
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
