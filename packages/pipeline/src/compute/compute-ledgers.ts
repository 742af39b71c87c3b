import { addDays, type Month } from "@dapanoskop/core/calendar";
import {
  allocationOf,
  type ComparisonLedger,
  isComplete,
  type MonthLedger,
  split,
} from "@dapanoskop/core/ledger";
import type { CollectEvent, MonthOutcome } from "../event.ts";
import { type CollectionPlan, comparedMonths, type ResolvedConfig } from "../plan/index.ts";
import type { PublishedHistory } from "../published-history.ts";
import type { Answers } from "../query/index.ts";
import { type Comparisons, comparisonsOf } from "./comparisons.ts";
import { type ComputedMonth, computeMonths } from "./computed-month.ts";
import { checkCurrency } from "./currency.ts";
import { type AcceptedMonth, type Judgement, judgeMonths } from "./judge.ts";
import type { NewFigures } from "./quarantine.ts";
import { usageWarnings } from "./usage-warnings.ts";

/** The months that are published, and what became of the others. */
export interface ComputedLedgers {
  /** Newest first. */
  readonly ledgers: readonly MonthLedger[];
  readonly outcomes: readonly MonthOutcome[];
  /** Sentences about figures that are unknown, and what to do. */
  readonly warnings: readonly string[];
}

export interface ComputeOptions {
  readonly config: ResolvedConfig;
  readonly history: PublishedHistory;
  /** The comparisons that are published and were not queried. */
  readonly published: ReadonlyMap<Month, ComparisonLedger>;
  readonly event: Pick<CollectEvent, "at" | "force">;
}

/**
 * Computes each month of a plan with what it is compared with, and decides which of them are published.
 * @throws CostSourceError when the bill's currency differs from the currency of what is published
 */
export async function computeLedgers(
  plan: CollectionPlan,
  answers: Answers,
  { config, history, published, event }: ComputeOptions,
): Promise<ComputedLedgers> {
  const computed = computeMonths(plan, answers, config);
  await checkCurrency(
    computed.flatMap((month) => (month.kind === "ledger" ? [month.current] : [])),
    history,
  );
  const judgement = await judgeMonths(computed, history, event, monthBeforeOf(answers, config));
  const { accepted, outcomes } = judgement;
  const comparisons = await comparisonsOf({ computed, judgement, published, answers, history }, config);
  const complete = accepted.flatMap((month) => {
    const ledger = monthLedger(month, comparisons, judgement);
    return ledger === null ? [] : [{ month, ledger }];
  });
  const ledgers = complete.map(({ ledger }) => ledger);
  return {
    ledgers,
    outcomes: [...outcomes, ...incompleteMonths(computed, accepted, ledgers).map(outOfTime(answers))],
    warnings: [
      ...judgement.warnings,
      ...incompleteComparisons(plan, answers),
      ...complete.flatMap(({ ledger }) => endsEarly(ledger)),
      ...complete.flatMap(({ month, ledger }) => [...month.warnings, ...usageWarnings(ledger.current)]),
    ],
  };
}

/** Sentences about months that are only compared with, and that the metric is not complete in. */
const incompleteComparisons = ({ months }: CollectionPlan, { refusals }: Answers): readonly string[] =>
  [...refusals].flatMap(([month, { failure, message }]) =>
    failure === "incomplete" && !months.includes(month) ? [`${message} No month is compared with it.`] : [],
  );

/** A sentence about a closed month whose last days are missing. */
function endsEarly({ current, running }: MonthLedger): readonly string[] {
  if (running !== null || isComplete(current)) return [];
  const through = addDays(current.completeDays.end, -1);
  return [
    `${current.period}: the bill is complete through ${through} only. The month is compared with no other month, and no ` +
      "month is compared with it, until a later bill has the rest.",
  ];
}

function monthBeforeOf({ running }: Answers, { splitCharges }: ResolvedConfig): NewFigures | null {
  const before = running?.monthBefore ?? null;
  return before && { ...before, allocation: split(allocationOf(before.workloads), splitCharges) };
}

/** A month with what it is compared with; `null` when the run's time ended before that was queried. */
function monthLedger(
  { period, current, running }: AcceptedMonth,
  comparisons: Comparisons,
  { quarantined }: Judgement,
): MonthLedger | null {
  const [before, year] = comparedMonths(period);
  const previous = comparisons.get(before);
  const yearBefore = comparisons.get(year);
  if (previous === undefined || yearBefore === undefined) return null;
  // A closed month whose last days are missing is not compared: whole months would seem to have cost more.
  if (running === null && !isComplete(current)) return { current, previous: null, yearBefore: null, running };
  // The prior period to date would be a part of the figures that look incomplete.
  const isPriorQuarantined = running !== null && quarantined.has(before);
  return {
    current,
    previous,
    yearBefore,
    running: isPriorQuarantined ? { ...running, priorPeriodToDate: null } : running,
  };
}

/** Months that time was too short for: they were not queried, or what they are compared with was not. */
function incompleteMonths(
  computed: readonly ComputedMonth[],
  accepted: readonly AcceptedMonth[],
  ledgers: readonly MonthLedger[],
): readonly Month[] {
  const complete = new Set(ledgers.map(({ current }) => current.period));
  const isIncomplete = ({ kind, period }: ComputedMonth) =>
    kind === "not-queried" || (accepted.some((month) => month.period === period) && !complete.has(period));
  return computed.filter(isIncomplete).map(({ period }) => period);
}

const outOfTime =
  ({ outOfTime: failure }: Answers) =>
  (period: Month): MonthOutcome => ({
    period,
    outcome: "skipped",
    why: `${period} is not collected yet: ${failure?.message ?? "the run ended early."}`,
    outOfTime: true,
  });
