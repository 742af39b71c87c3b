import type { Month } from "@dapanoskop/core/calendar";
import type { CostSourceError } from "@dapanoskop/core/source";
import type { IndexDocument } from "@dapanoskop/dataset";
import type { CollectEvent, MonthOutcome } from "../event.ts";
import type { PublishedHistory } from "../published-history.ts";
import type { ComputedMonth } from "./computed-month.ts";
import { type NewFigures, quarantineReason } from "./quarantine.ts";

/** A computed month that is published, unless a later event published it. */
export type AcceptedMonth = ComputedMonth & { readonly kind: "ledger" };

export interface Judgement {
  readonly accepted: readonly AcceptedMonth[];
  /** Months whose computed figures look incomplete: no month is compared with them, or with a part of them. */
  readonly quarantined: ReadonlySet<Month>;
  /** Sentences about months that this run does not collect. */
  readonly warnings: readonly string[];
  /** Months that are published as of a later time: other months are compared with what is published. */
  readonly outdated: ReadonlySet<Month>;
  /** What became of the months that are not accepted, but for those that were not queried. */
  readonly outcomes: readonly MonthOutcome[];
}

/**
 * Decides which months can be published. A closed month that is published already is quarantined where its new figures
 * look incomplete, unless forced; an empty month is never published.
 * @param monthBefore the month before a running one, as the answers about the running one have it
 * @throws ArtifactError, StoreError when the published figures of a month cannot be read: `force` replaces them
 */
export async function judgeMonths(
  months: readonly ComputedMonth[],
  history: PublishedHistory,
  { at, force }: Pick<CollectEvent, "at" | "force">,
  monthBefore: NewFigures | null,
): Promise<Judgement> {
  const accepted: AcceptedMonth[] = [];
  const outcomes: MonthOutcome[] = [];
  for (const month of months) {
    const { period } = month;
    switch (month.kind) {
      case "ledger": {
        const why = force ? null : await reasonToQuarantine(month, history);
        if (why === null) accepted.push(month);
        else outcomes.push({ period, outcome: "quarantined", why });
        break;
      }
      case "empty":
        outcomes.push(emptyOutcome(period, history.index));
        break;
      case "refused":
        outcomes.push({
          period,
          outcome: "skipped",
          why: refusedReason(month.reason, period, history.index),
        });
        break;
      case "not-queried":
        break;
    }
  }
  const against = force ? null : await reasonAgainstMonthBefore(monthBefore, months, history);
  const periodsOf = (of: readonly { readonly period: Month }[]) => new Set(of.map(({ period }) => period));
  const isOutdated = ({ period }: AcceptedMonth) => (history.index?.snapshot[period]?.as_of ?? at) > at;
  return {
    accepted,
    quarantined: periodsOf([
      ...outcomes.filter(({ outcome }) => outcome === "quarantined"),
      ...(against !== null && monthBefore !== null ? [monthBefore] : []),
    ]),
    warnings: against === null ? [] : [`The same days of the month before are not compared. ${against}`],
    outdated: periodsOf(accepted.filter(isOutdated)),
    outcomes,
  };
}

async function reasonToQuarantine(
  { period, current }: AcceptedMonth,
  history: PublishedHistory,
): Promise<string | null> {
  if (history.index?.snapshot[period]?.is_mtd ?? true) return null;
  const published = await history.summary(period);
  return published === null ? null : quarantineReason(current, published);
}

/**
 * Why the month before a running one, which this run does not collect, looks incomplete in the answers about the running
 * one: its prior period to date would be a part of these figures. `null` where nothing is wrong, or nothing is published.
 */
async function reasonAgainstMonthBefore(
  monthBefore: NewFigures | null,
  months: readonly ComputedMonth[],
  history: PublishedHistory,
): Promise<string | null> {
  if (monthBefore === null || months.some(({ period }) => period === monthBefore.period)) return null;
  if (history.index?.snapshot[monthBefore.period]?.is_mtd ?? true) return null;
  const published = await history.summary(monthBefore.period);
  return published === null ? null : quarantineReason(monthBefore, published);
}

function refusedReason({ message }: CostSourceError, period: Month, index: IndexDocument | null): string {
  return index?.snapshot[period] === undefined ? message : `${message} The published figures remain.`;
}

/** A published month is never replaced by an empty one, not even by force: an answer without groups is not a bill. */
function emptyOutcome(period: Month, index: IndexDocument | null): MonthOutcome {
  return index?.snapshot[period] === undefined
    ? { period, outcome: "skipped", why: `${period} has no charges: nothing was written for it.` }
    : {
        period,
        outcome: "quarantined",
        why: `${period} came back without any charge. The published figures remain.`,
      };
}
