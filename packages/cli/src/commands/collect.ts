import type { ArtifactStore } from "@dapanoskop/core/store";
import { readIndex } from "@dapanoskop/dataset";
import { type CollectConfig, type CollectEvent, plannedRequests } from "@dapanoskop/pipeline";
import { collectionOptions, optionValues } from "@dapanoskop/pipeline/options";
import type { CommandContext } from "../command-context.ts";
import { accountSource, billFileSource, givenBillFile, type OpenedSource } from "../cost-sources.ts";
import { areChecksDue, areChecksPassed, checksPrice } from "../doctor/checks-before.ts";
import { UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { progressTo } from "../progress.ts";
import { exitCodeOf, requestPrice, resultText, runCollection } from "../run-collection.ts";
import { openStore } from "../store.ts";
import type { collectDefinition } from "./definitions.ts";

/** `dapanoskop collect`: reads the bill and publishes it. */
export async function collect(
  values: CommandValues<typeof collectDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const event: CollectEvent = {
    at: values.at ?? context.runtime.clock.now(),
    backfill: values.backfill ?? 0,
    force: values.force,
  };
  const config: CollectConfig = optionValues(collectionOptions, (_, name) => values[name]);
  const file = givenBillFile("collect", values);
  if (file !== null && (config.billingView !== null || config.accounts !== null)) {
    throw new UsageError(
      "collect",
      "--billing-view and --account choose a part of Cost Explorer's bill; leave out --bill.",
    );
  }
  const store = await openStore(values.store);
  if (file === null) {
    const isFirst = (await readIndex(store)) === null;
    const isChecked = await areChecksDue(values.checks, isFirst);
    if (isFirst && !(await isPriceAccepted(store, event, config, isChecked, context))) {
      context.err.write("Stopped. No request was made and nothing was written.\n");
      return exitCode.failed;
    }
    if (isChecked && !(await areChecksPassed(values.store, event, config, context))) {
      context.err.write("Stopped. Nothing was collected. --checks never collects without these checks.\n");
      return exitCode.failed;
    }
  }
  const progress = progressTo(context.err);
  const source: OpenedSource =
    file === null
      ? await accountSource(progress, context, config)
      : await billFileSource(file, { at: event.at, config }, progress, context);
  try {
    const result = await runCollection(store, source.source, { event, config, progress, context });
    context.out.write(resultText(result, store));
    return exitCodeOf(result);
  } finally {
    progress.done();
    await source.close();
  }
}

/** Says what the first collection of an account costs. On a terminal a person confirms it; elsewhere it goes on. */
async function isPriceAccepted(
  store: ArtifactStore,
  event: CollectEvent,
  config: CollectConfig,
  isChecked: boolean,
  { err, confirm }: CommandContext,
): Promise<boolean> {
  const { pages, other } = plannedRequests(event, config);
  const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  err.write(
    `First collection into ${store.place}: ${plural(pages, "page")} and ${plural(other, "other request")} to AWS Cost Explorer, ` +
      `${requestPrice(pages + other)} at $0.01 each. ${isChecked ? checksPrice : ""}A large account has more pages; a run stops at 500 ($5.00).\n`,
  );
  return confirm === undefined || confirm("Collect now?");
}
