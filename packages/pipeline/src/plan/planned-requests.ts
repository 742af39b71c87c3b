import type { CollectEvent } from "../event.ts";
import type { CollectConfig } from "../options/index.ts";
import { ALL_MONTHS, pagesOf, planCollection } from "./collection-plan.ts";
import { monthsToCollect } from "./months-to-collect.ts";
import { accountRequests } from "./resolved-config.ts";

/** The requests of a first collection, each answered in one page; a large account answers in more. */
export interface PlannedRequests {
  readonly pages: number;
  /** Cost categories and their split rules. */
  readonly other: number;
}

/**
 * The requests of a first collection into an empty store, from the plan that `collect` executes: an upper bound where each
 * answer fits one page and no usage type belongs to services of different categories.
 */
export function plannedRequests(event: CollectEvent, config: CollectConfig): PlannedRequests {
  const plan = planCollection(monthsToCollect(event, null, ""), {
    at: event.at,
    config,
    dataEnd: null,
    published: new Set(),
    batchMonths: ALL_MONTHS,
  });
  return { pages: pagesOf(plan), other: accountRequests(config) };
}
