import process from "node:process";
import { type AccountFacts, gatherFacts, type StoreFacts } from "@dapanoskop/doctor";
import { type CollectConfig, type CollectEvent, plannedRequests } from "@dapanoskop/pipeline";
import type { CommandContext } from "../command-context.ts";
import { unlessInterrupted } from "../interruption.ts";
import { silenceNodeVersionWarning } from "../store.ts";
import { folderFacts } from "./folder-facts.ts";
import { proxySettings } from "./proxy-settings.ts";

/**
 * What there is to know before a collection: with the credentials of this terminal, and for the place of the published files.
 * @throws CostSourceError when the billing view or the accounts cannot be ones; StoreError when the bucket cannot be one
 */
export async function accountFacts(
  place: string,
  event: CollectEvent,
  config: CollectConfig,
  context: CommandContext,
): Promise<AccountFacts> {
  silenceNodeVersionWarning();
  const [{ accountProbes }, { requestScope }] = await Promise.all([
    import("@dapanoskop/aws/account-probes"),
    import("@dapanoskop/aws/cost-explorer"),
  ]);
  const { tagKey, costCategory, splitCharges } = config;
  const store = await storeProbe(place);
  const probes = await accountProbes(requestScope(config.billingView, config.accounts));
  return unlessInterrupted(
    context,
    gatherFacts(probes, {
      at: event.at,
      proxy: proxySettings(process.env),
      wanted: {
        tagKey,
        costCategory,
        splitCharges,
        backfill: event.backfill,
        ...plannedRequests(event, config),
      },
      store,
    }),
  );
}

async function storeProbe(place: string): Promise<(account: string | null) => Promise<StoreFacts>> {
  if (!place.startsWith("s3://")) return () => folderFacts(place);
  const [{ bucketProbe }, { parseStoreUrl }] = await Promise.all([
    import("@dapanoskop/aws/account-probes"),
    import("@dapanoskop/aws/s3-store"),
  ]);
  return bucketProbe(parseStoreUrl(place)).find;
}
