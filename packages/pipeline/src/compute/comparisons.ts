import type { Month } from "@dapanoskop/core/calendar";
import { type ComparisonLedger, isComplete, type PeriodLedger, periodLedger } from "@dapanoskop/core/ledger";
import { comparedMonths, type ResolvedConfig } from "../plan/index.ts";
import type { PublishedHistory } from "../published-history.ts";
import type { Answers } from "../query/index.ts";
import type { ComputedMonth } from "./computed-month.ts";
import type { Judgement } from "./judge.ts";

/** The figures that months are compared with; `null` where they are unknown. A month that is absent was not queried. */
export type Comparisons = ReadonlyMap<Month, ComparisonLedger | null>;

/** What the months of a collection are compared with that is published already, so that it need not be queried. */
export async function publishedComparisons(
  months: readonly Month[],
  history: PublishedHistory,
): Promise<ReadonlyMap<Month, ComparisonLedger>> {
  const found = new Map<Month, ComparisonLedger>();
  for (const month of months) {
    for (const compared of comparedMonths(month)) {
      const isSettled = months.includes(compared) || found.has(compared);
      const comparison = isSettled ? null : await history.comparison(compared, month);
      if (comparison !== null) found.set(compared, comparison);
    }
  }
  return found;
}

/** Where comparisons come from. */
export interface ComparisonSources {
  readonly computed: readonly ComputedMonth[];
  readonly judgement: Judgement;
  /** As `publishedComparisons` found them before the queries. */
  readonly published: ReadonlyMap<Month, ComparisonLedger>;
  readonly answers: Answers;
  readonly history: PublishedHistory;
}

/**
 * What the accepted months are compared with. A month of this collection whose figures are not published is compared
 * as it is published under the same configuration.
 */
export async function comparisonsOf(
  sources: ComparisonSources,
  config: ResolvedConfig,
): Promise<Comparisons> {
  const comparisons = new Map<Month, ComparisonLedger | null>();
  for (const { period } of sources.judgement.accepted) {
    for (const compared of comparedMonths(period)) {
      const comparison = comparisons.get(compared) ?? (await comparisonOf(compared, period, sources, config));
      if (comparison !== undefined) comparisons.set(compared, comparison);
    }
  }
  return comparisons;
}

/** `undefined`: the month was not queried. */
async function comparisonOf(
  compared: Month,
  month: Month,
  { computed, judgement, published, answers, history }: ComparisonSources,
  config: ResolvedConfig,
): Promise<ComparisonLedger | null | undefined> {
  const own = computed.find(({ period }) => period === compared);
  if (own === undefined) {
    const bill = answers.bills.get(compared);
    if (bill !== undefined) return completeOnly(periodLedger(bill, config));
    return published.get(compared) ?? (answers.refusals.has(compared) ? null : undefined);
  }
  if (own.kind === "not-queried") return undefined;
  const { quarantined, outdated } = judgement;
  if (own.kind === "refused" || quarantined.has(compared) || outdated.has(compared)) {
    return history.comparison(compared, month);
  }
  return completeOnly(own.current);
}

/** A month whose last days are missing is no base of a comparison. */
const completeOnly = (ledger: PeriodLedger): PeriodLedger | null => (isComplete(ledger) ? ledger : null);
