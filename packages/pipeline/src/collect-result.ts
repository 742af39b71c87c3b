import type { Month } from "@dapanoskop/core/calendar";
import { moneyNumber } from "@dapanoskop/core/money";
import type { RequestCosts } from "@dapanoskop/core/source";
import type { IndexDocument } from "@dapanoskop/dataset";
import type { CollectResult, MonthOutcome } from "./event.ts";
import type { PublishedMonth, PublishResult } from "./publish/index.ts";

export interface CollectedParts {
  readonly runId: string;
  readonly result: Pick<PublishResult, "generation" | "months">;
  /** How closed months differ from what was published of them, a sentence each. */
  readonly revisions: ReadonlyMap<Month, string>;
  /** What became of the months that were not rendered. */
  readonly outcomes: readonly MonthOutcome[];
  /** The months that were collected recently enough. */
  readonly fresh: readonly Month[];
  /** The index before the run. */
  readonly index: IndexDocument | null;
  readonly requests: RequestCosts;
  readonly billSpan: string | null;
  readonly warnings: readonly string[];
}

/** What a collection reports: every month of the event, newest first, and what the requests cost. */
export function collectResult(parts: CollectedParts): CollectResult {
  const { runId, result, revisions, outcomes, fresh, index, requests, billSpan, warnings } = parts;
  const months = [
    ...result.months.map((month) => publishedOutcome(month, revisions)),
    ...outcomes,
    ...fresh.map((month) => freshOutcome(month, index)),
  ];
  return {
    runId,
    generation: result.generation,
    months: months.sort((a, b) => (a.period < b.period ? 1 : -1)),
    requests: { ...requests, priceUsd: moneyNumber(requests.priceUsd) },
    billSpan,
    warnings,
  };
}

function publishedOutcome(
  { period, outcome }: PublishedMonth,
  revisions: CollectedParts["revisions"],
): MonthOutcome {
  const revised = revisions.get(period);
  if (outcome === "published")
    return { period, outcome, why: null, ...(revised !== undefined && { revised }) };
  const why =
    outcome === "dropped-newer"
      ? `${period} is published as of a later time: the newer figures remain.`
      : `${period} is published as of the same time; --force publishes it again.`;
  return { period, outcome: "unchanged", why };
}

function freshOutcome(period: Month, index: IndexDocument | null): MonthOutcome {
  const collectedAt = index?.snapshot[period]?.as_of ?? "";
  const why = `${period} was collected at ${collectedAt} and was not queried again; --force collects it again.`;
  return { period, outcome: "unchanged", why };
}
