import type { Month } from "@dapanoskop/core/calendar";
import {
  type PeriodBill,
  type Proven,
  proven,
  ReconciliationError,
  type SpanBill,
} from "@dapanoskop/core/ledger";
import type { CostSource } from "@dapanoskop/core/source";
import { type Batch, type BatchContext, batchOf } from "../plan/index.ts";
import type { Answers } from "./answers.ts";
import { queryAvailable } from "./query-available.ts";
import { type BatchBills, queryBatch } from "./query-batch.ts";

/**
 * The bills of a batch, each proven. A period whose answers contradict each other is queried once more: AWS may have
 * revised the bill between two answers.
 * @throws CostSourceError
 * @throws ReconciliationError when they contradict each other again
 */
export async function queryProven(
  batch: Batch,
  context: BatchContext,
  source: CostSource,
): Promise<Pick<Answers, "bills" | "refusals" | "priorPeriodToDate">> {
  const {
    bills: answered,
    priorPeriodToDate: prior,
    refusals,
  } = await queryAvailable(batch, context, source);
  const queryAgain = (month: Month): Promise<BatchBills> =>
    queryBatch(batchOf([month], batch.role, context), context, source);
  const bills = new Map<Month, Proven<PeriodBill>>();
  for (const [month, bill] of answered) {
    bills.set(month, await provenTwice(bill, proven, async () => (await queryAgain(month)).bills.get(month)));
  }
  const newest = batch.months.at(-1);
  const priorPeriodToDate =
    prior === null || newest === undefined
      ? null
      : await provenTwice(prior, provenPart, async () => (await queryAgain(newest)).priorPeriodToDate);
  return { bills, refusals, priorPeriodToDate };
}

const provenPart = (bill: SpanBill) => proven(bill, "_prior_partial");

async function provenTwice<Bill extends SpanBill>(
  bill: Bill,
  prove: (bill: Bill) => Proven<Bill>,
  queryAgain: () => Promise<Bill | null | undefined>,
): Promise<Proven<Bill>> {
  try {
    return prove(bill);
  } catch (error) {
    if (!(error instanceof ReconciliationError)) throw error;
    const second = await queryAgain();
    if (second === null || second === undefined) throw error;
    return prove(second);
  }
}
