import {
  findingsOf,
  isAwsHost,
  MOST_PAID_REQUESTS,
  priceOf,
  renderFindings,
  summaryOf,
} from "@dapanoskop/doctor";
import type { CollectConfig, CollectEvent } from "@dapanoskop/pipeline";
import type { CommandContext } from "../command-context.ts";
import { progressTo } from "../progress.ts";
import { silenceNodeVersionWarning } from "../store.ts";
import { accountFacts } from "./account-facts.ts";

/** When a collection is preceded by the checks of an account: before the first one into a place, before each one, or never. */
export type CheckedCollections = "first" | "always" | "never";

/** Whether checks come before this collection. Of themselves they are for AWS: a stand-in has no account to look at. */
export async function areChecksDue(when: CheckedCollections, isFirst: boolean): Promise<boolean> {
  if (when !== "first") return when === "always";
  if (!isFirst) return false;
  silenceNodeVersionWarning();
  const { askedHosts } = await import("@dapanoskop/aws/account-probes");
  const { costExplorer } = await askedHosts();
  return costExplorer === null || isAwsHost(costExplorer);
}

/** What the checks cost at most, as a sentence. */
export const checksPrice = `The checks before it make at most ${MOST_PAID_REQUESTS} more (${priceOf(MOST_PAID_REQUESTS)}). `;

/** Makes the checks, and reports on the error stream what is not as it should be. @returns whether nothing blocks the collection */
export async function areChecksPassed(
  place: string,
  event: CollectEvent,
  config: CollectConfig,
  context: CommandContext,
): Promise<boolean> {
  const progress = progressTo(context.err);
  progress.update("Checking the account");
  const facts = await accountFacts(place, event, config, context).finally(progress.done);
  const findings = findingsOf(facts);
  const others = findings.filter(({ level }) => level !== "ok");
  const text = others.length === 0 ? "" : `${renderFindings(others, context.err.columns)}\n`;
  context.err.write(`${text}${summaryOf(findings, facts)}\n`);
  return others.every(({ level }) => level !== "blocks");
}
