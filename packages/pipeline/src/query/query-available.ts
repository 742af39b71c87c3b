import { type Month, monthOf, monthWindow, oldestMonth } from "@dapanoskop/core/calendar";
import { type CostSource, CostSourceError } from "@dapanoskop/core/source";
import { type Batch, type BatchContext, batchOf, withoutPriorPeriod } from "../plan/index.ts";
import { type BatchBills, queryBatch } from "./query-batch.ts";

/** The bills of a batch, as far as the source has them. */
export interface AvailableBills extends BatchBills {
  /** Why the source has no bill of a month. */
  readonly refusals: ReadonlyMap<Month, CostSourceError>;
}

/**
 * Queries a batch, without the days before the source's history. Where the source has no data for the batch, its months
 * are queried one by one, so that one month's refusal takes no other month with it; months before the history that every
 * account has are refused together.
 * @throws CostSourceError for every failure but missing data and history
 */
export async function queryAvailable(
  batch: Batch,
  context: BatchContext,
  source: CostSource,
): Promise<AvailableBills> {
  const before = refusalsBeforeHistory(batch, source);
  const months = batch.months.filter((month) => !before.has(month));
  if (months.length === 0) return refused(before);
  const known = before.size === 0 ? batch : batchOf(months, batch.role, context);
  const isPriorKnown = isWithinHistory(known, source);
  const answer = await queryOrRefuse(
    isPriorKnown ? known : withoutPriorPeriod(known, context),
    context,
    source,
  );
  return { ...answer, refusals: new Map([...answer.refusals, ...before]) };
}

async function queryOrRefuse(
  batch: Batch,
  context: BatchContext,
  source: CostSource,
): Promise<AvailableBills> {
  const { months, role, priorPeriodToDate } = batch;
  try {
    return { ...(await queryBatch(batch, context, source)), refusals: new Map() };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const isBeyondHistory =
      error.failure === "out-of-history" && months.every((month) => month < oldestMonth(context.at));
    if (isBeyondHistory || (months.length === 1 && priorPeriodToDate === null)) {
      return refused(new Map(months.map((month) => [month, error])));
    }
  }
  const answers: AvailableBills[] = [];
  for (const month of [...months].reverse()) {
    const single = withoutPriorPeriod(batchOf([month], role, context), context);
    answers.push(await queryOrRefuse(single, context, source));
  }
  return {
    bills: new Map(answers.flatMap(({ bills }) => [...bills])),
    priorPeriodToDate: null,
    refusals: new Map(answers.flatMap(({ refusals }) => [...refusals])),
  };
}

const refused = (refusals: AvailableBills["refusals"]): AvailableBills => ({
  bills: new Map(),
  priorPeriodToDate: null,
  refusals,
});

/** Refusals of the months before the first one that a source has data of. */
function refusalsBeforeHistory({ months }: Batch, { since }: CostSource): AvailableBills["refusals"] {
  const first = since === undefined ? null : monthOf(since);
  return new Map(
    months.flatMap((month) =>
      first === null || month >= first
        ? []
        : [
            [
              month,
              new CostSourceError(
                "out-of-history",
                monthWindow(month),
                `${month} is unknown: the bill begins with ${first}.`,
              ),
            ] as const,
          ],
    ),
  );
}

const isWithinHistory = ({ priorPeriodToDate }: Batch, { since }: CostSource) =>
  priorPeriodToDate === null || since === undefined || priorPeriodToDate.start >= since;

/** Whether the source has no data for the window, which does not concern other windows. */
function isRefusal(error: unknown): error is CostSourceError {
  return error instanceof CostSourceError && ["data-unavailable", "out-of-history"].includes(error.failure);
}
