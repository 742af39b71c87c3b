import type { Month } from "@dapanoskop/core/calendar";
import {
  type PartSuffix,
  type PeriodBill,
  type Proven,
  proven,
  ReconciliationError,
  type SpanBill,
} from "@dapanoskop/core/ledger";
import type { CostSource } from "@dapanoskop/core/source";
import { type Batch, type BatchContext, batchOf } from "../plan/index.ts";
import type { Answers, RunningAnswers } from "./answers.ts";
import { queryAvailable } from "./query-available.ts";
import { type BatchBills, queryBatch, type RunningBills } from "./query-batch.ts";

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
): Promise<Pick<Answers, "bills" | "refusals" | "running">> {
  const { bills: answered, running, refusals } = await queryAvailable(batch, context, source);
  const queryAgain = (month: Month): Promise<BatchBills> =>
    queryBatch(batchOf([month], batch.role, context), context, source);
  const bills = new Map<Month, Proven<PeriodBill>>();
  for (const [month, bill] of answered) {
    bills.set(month, await provenTwice(bill, "", async () => (await queryAgain(month)).bills.get(month)));
  }
  const newest = batch.months.at(-1);
  if (running === null || newest === undefined) return { bills, refusals, running: null };
  return { bills, refusals, running: await provenRunning(running, () => queryAgain(newest)) };
}

async function provenRunning(
  running: RunningBills,
  queryAgain: () => Promise<BatchBills>,
): Promise<RunningAnswers> {
  const provenPart = async (part: "completeDays" | "priorPeriodToDate", suffix: PartSuffix) => {
    const bill: SpanBill | null = running[part];
    return bill && provenTwice(bill, suffix, async () => (await queryAgain()).running?.[part]);
  };
  return {
    ...running,
    completeDays: await provenPart("completeDays", "_complete_days"),
    priorPeriodToDate: await provenPart("priorPeriodToDate", "_prior_partial"),
  };
}

async function provenTwice<Bill extends SpanBill>(
  bill: Bill,
  suffix: PartSuffix,
  queryAgain: () => Promise<Bill | null | undefined>,
): Promise<Proven<Bill>> {
  try {
    return proven(bill, suffix);
  } catch (error) {
    if (!(error instanceof ReconciliationError)) throw error;
    const second = await queryAgain();
    if (second === null || second === undefined) throw error;
    return proven(second, suffix);
  }
}
