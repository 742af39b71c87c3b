import { addMonths, type Month, monthOf, monthWindow, oldestMonth } from "@dapanoskop/core/calendar";
import { type CostSource, CostSourceError } from "@dapanoskop/core/source";
import { type Batch, type BatchContext, batchOf, withoutMonthBefore } from "../plan/index.ts";
import { type BatchBills, queryBatch } from "./query-batch.ts";

/** The bills of a batch, as far as the source has them. */
export interface AvailableBills extends BatchBills {
  /** Why the source has no bill of a month. */
  readonly refusals: ReadonlyMap<Month, CostSourceError>;
}

/**
 * Queries a batch, without the months that the source does not cover. Where the source has no data for the batch, its months
 * are queried one by one, so that one month's refusal takes no other month with it; months before the history that every
 * account has are refused together.
 * @throws CostSourceError for every failure but missing data and history
 */
export async function queryAvailable(
  batch: Batch,
  context: BatchContext,
  source: CostSource,
): Promise<AvailableBills> {
  const uncovered = uncoveredMonths(batch, source);
  const months = batch.months.filter((month) => !uncovered.has(month));
  if (months.length === 0) return refused(uncovered);
  const covered = uncovered.size === 0 ? batch : batchOf(months, batch.role, context);
  const answer = await queryOrRefuse(
    isMonthBeforeCovered(covered, source) ? covered : withoutMonthBefore(covered, context),
    context,
    source,
  );
  return { ...answer, refusals: new Map([...answer.refusals, ...uncovered]) };
}

async function queryOrRefuse(
  batch: Batch,
  context: BatchContext,
  source: CostSource,
): Promise<AvailableBills> {
  const { months, role, priorPeriodToDate, hasMonthBefore } = batch;
  try {
    return { ...(await queryBatch(batch, context, source)), refusals: new Map() };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const isBeyondHistory =
      error.failure === "out-of-history" && months.every((month) => month < oldestMonth(context.at));
    const isAlone = months.length === 1 && priorPeriodToDate === null && !hasMonthBefore;
    if (isBeyondHistory || isAlone) {
      return refused(new Map(months.map((month) => [month, error])));
    }
  }
  const answers: AvailableBills[] = [];
  for (const month of [...months].reverse()) {
    const single = withoutMonthBefore(batchOf([month], role, context), context);
    answers.push(await queryOrRefuse(single, context, source));
  }
  return {
    bills: new Map(answers.flatMap(({ bills }) => [...bills])),
    running: answers.find(({ running }) => running !== null)?.running ?? null,
    refusals: new Map(answers.flatMap(({ refusals }) => [...refusals])),
  };
}

const refused = (refusals: AvailableBills["refusals"]): AvailableBills => ({
  bills: new Map(),
  running: null,
  refusals,
});

/** The months of a batch that the source has no data of, each with its refusal. */
function uncoveredMonths({ months }: Batch, source: CostSource): AvailableBills["refusals"] {
  const refusalOf = (month: Month) =>
    new CostSourceError(
      "out-of-history",
      monthWindow(month),
      `${month} is unknown: the bill has no data of this month.`,
    );
  return new Map(
    months.filter((month) => !isCovered(month, source)).map((month) => [month, refusalOf(month)]),
  );
}

const isCovered = (month: Month, source: CostSource) => source.covers?.(month) ?? true;

const isMonthBeforeCovered = ({ priorPeriodToDate, hasMonthBefore, window }: Batch, source: CostSource) => {
  if (priorPeriodToDate !== null) return isCovered(monthOf(priorPeriodToDate.start), source);
  return !hasMonthBefore || isCovered(addMonths(monthOf(window.start), -1), source);
};

/** Whether the source has no data for the window, which does not concern other windows. */
function isRefusal(error: unknown): error is CostSourceError {
  return (
    error instanceof CostSourceError &&
    ["data-unavailable", "out-of-history", "incomplete"].includes(error.failure)
  );
}
