import { dayOfInstant, type Month, remainingWindow } from "@dapanoskop/core/calendar";
import type { ForecastQuery } from "@dapanoskop/core/source";
import { type Batch, type BatchContext, batchesOf } from "./batch.ts";
import { queriesOf } from "./batch-queries.ts";
import { comparedMonths } from "./compared-months.ts";
import { runsAt } from "./months-to-collect.ts";

/** Every query of a collection, in the order in which they are made. */
export interface CollectionPlan extends BatchContext {
  /** The months that the collection publishes, newest first. */
  readonly months: readonly Month[];
  readonly steps: readonly PlanStep[];
}

/** What is queried as a whole or not at all. */
export type PlanStep =
  | { readonly kind: "months"; readonly batch: Batch }
  /** Months that are only compared with. Where none of `neededFor` has charges, the step is left out. */
  | { readonly kind: "comparisons"; readonly batch: Batch; readonly neededFor: readonly Month[] }
  | { readonly kind: "forecast"; readonly month: Month; readonly query: ForecastQuery };

export interface PlanOptions extends BatchContext {
  /** Comparisons that are published: they are not queried. */
  readonly published: ReadonlySet<Month>;
  /** The most months that one request covers. */
  readonly batchMonths: number;
}

/** More months than Cost Explorer keeps: a request covers every month of a run. */
export const ALL_MONTHS = 38;

/**
 * Plans the queries about months: each batch, then what its months are compared with, then the forecast. A month is
 * complete with its comparisons; when time runs out, the newest months are complete. The forecast is an addition.
 */
export function planCollection(months: readonly Month[], options: PlanOptions): CollectionPlan {
  const { at, config, dataEnd, hasAllDays, published, batchMonths } = options;
  const newestFirst = [...months].sort().reverse();
  const batches = newestCompleteFirst(batchesOf(newestFirst, "published", batchMonths, options));
  const known = new Set([...months, ...published]);
  const steps = batches.flatMap((batch): readonly PlanStep[] => {
    const compared = batch.months.flatMap(comparedMonths).filter((month) => !known.has(month));
    for (const month of compared) known.add(month);
    const comparisons = batchesOf(compared, "compared", batchMonths, options).map(
      (other): PlanStep => ({ kind: "comparisons", batch: other, neededFor: comparedWith(other, months) }),
    );
    const running = batch.months.find((month) => runsAt(month, at));
    const forecast: readonly PlanStep[] =
      running === undefined
        ? []
        : [
            {
              kind: "forecast",
              month: running,
              query: { window: remainingWindow(at), metric: config.metric, knownUntil: dayOfInstant(at) },
            },
          ];
    return [{ kind: "months", batch }, ...comparisons, ...forecast];
  });
  return { at, config, dataEnd, hasAllDays, months: newestFirst, steps };
}

/** The pages of a plan's answers, where each fits one page. */
export function pagesOf({ steps }: CollectionPlan): number {
  return steps.reduce(
    (pages, step) => pages + (step.kind === "forecast" ? 1 : queriesOf(step.batch.queries).length),
    0,
  );
}

/**
 * The last batch of a year's backfill contains the month that the newest one is compared with. It comes second: when time
 * runs out, the newest months are complete.
 */
function newestCompleteFirst(batches: readonly Batch[]): readonly Batch[] {
  const [newest, ...others] = batches;
  if (newest === undefined) return [];
  const compared = new Set(newest.months.flatMap(comparedMonths));
  const isNeeded = (batch: Batch) => batch.months.some((month) => compared.has(month));
  return [newest, ...others.filter(isNeeded), ...others.filter((batch) => !isNeeded(batch))];
}

const comparedWith = ({ months }: Batch, published: readonly Month[]) =>
  published.filter((month) => comparedMonths(month).some((other) => months.includes(other)));
