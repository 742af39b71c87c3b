import type { AccountFacts } from "../account-facts.ts";
import { type AccountFinding, isFine } from "../finding.ts";

/** The ceiling of a run, in requests. */
const MOST_REQUESTS = 500;

/** How many requests the first collection takes, and what AWS charges for them. */
export function firstRunFindings({
  wanted: { pages, other, backfill },
}: AccountFacts): readonly AccountFinding[] {
  const requests = pages + other;
  const months =
    backfill === 0
      ? "the running month and the last closed one"
      : `the running month and ${backfill + 1} closed ones`;
  return [
    isFine(
      "first-run",
      `A first collection of ${months} makes ${requests} requests to Cost Explorer (${priceOf(requests)} at $0.01 each) where every answer fits one page. ` +
        `How many pages a large account has shows only then; a run stops at ${MOST_REQUESTS} requests (${priceOf(MOST_REQUESTS)}).`,
    ),
  ];
}

/** The price of requests to Cost Explorer: each costs a cent. */
export const priceOf = (requests: number): string => `$${(requests / 100).toFixed(2)}`;
