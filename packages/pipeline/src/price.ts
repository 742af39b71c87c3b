import type { Month } from "@dapanoskop/core/calendar";
import { type Batch, batchesByHistory, comparedWith } from "./batch.ts";
import { ALL_MONTHS } from "./collect.ts";
import type { CollectEvent } from "./event.ts";
import type { CollectConfig } from "./options/index.ts";
import { monthsToCollect, runsAt } from "./plan.ts";

/** Questions about months that are published: total, workloads, services, charge types, usage. See `askBatch`. */
const QUERIES_PUBLISHED = 5;

/** A batch that is only compared with needs no charge types. */
const QUERIES_COMPARED = 4;

/** About a running month besides: the usage of its like-for-like span, and its forecast. */
const QUERIES_RUNNING = 2;

/** What a first collection asks an account, each request of one page; a large account answers in more. */
export interface PlannedRequests {
  readonly pages: number;
  /** Cost categories and their split rules. */
  readonly other: number;
}

/** The requests of a first collection into an empty store, before any is made: an upper bound, where each fits one page. */
export function plannedRequests(event: CollectEvent, config: CollectConfig): PlannedRequests {
  const months = monthsToCollect(event, null, "");
  const compared = months.flatMap(comparedWith).filter((month) => !months.includes(month));
  const batches = (asked: readonly Month[], role: Batch["role"]) =>
    batchesByHistory(asked, event.at, role, ALL_MONTHS).length;
  const published = batches(months, "published") * QUERIES_PUBLISHED;
  // Months beyond the usual history are refused together by the first query, unless the account opted in.
  const others = batches(compared, "compared") * QUERIES_COMPARED;
  const running = months.some((month) => runsAt(month, event.at)) ? QUERIES_RUNNING : 0;
  return {
    pages: published + others + running,
    // A name is looked up among those with cost, unless its definition answers for it; the definition takes two.
    other: (config.splitCharges ? 2 : 0) + (config.costCategory === null || !config.splitCharges ? 1 : 0),
  };
}
