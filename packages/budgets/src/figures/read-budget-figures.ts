import { type BudgetFigures, currentMonth, type MonthCosts } from "@dapanoskop/core/budget";
import { addMonths, type Instant, type Month } from "@dapanoskop/core/calendar";
import type { MonthFigures } from "@dapanoskop/core/insight";
import { isZero } from "@dapanoskop/core/money";
import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import { ArtifactError, readIndex, storeReader } from "@dapanoskop/dataset";

/** The months that budgets may need: the running quarter and the one before, which AWS may still revise. */
const MONTHS = 6;

/**
 * Reads what budgets are compared with: the published months of two quarters and the days, all by one index. What cannot be
 * read becomes a problem that makes every budget unknown: nothing is thrown for it.
 */
export async function readBudgetFigures(store: ArtifactStore, at: Instant): Promise<BudgetFigures> {
  const none = { months: new Map<Month, MonthCosts>(), daily: null };
  try {
    const index = await readIndex(store);
    if (index === null) {
      return { ...none, problem: `Nothing is published in ${store.place}. Run: dapanoskop collect.` };
    }
    const reader = storeReader(store);
    const wanted = Array.from({ length: MONTHS }, (_, back) => addMonths(currentMonth(at), -back)).filter(
      (month) => index.periods.includes(month),
    );
    const [daily, ...figures] = await Promise.all([
      reader.dailyFigures(index),
      ...wanted.map((month) => reader.figures(index, month)),
    ]);
    const months = figures.flatMap((month) => (month === null ? [] : [monthCosts(month)]));
    return { months: new Map(months.map((month) => [month.month, month])), daily, problem: null };
  } catch (error) {
    if (!(error instanceof StoreError || error instanceof ArtifactError)) throw error;
    return { ...none, problem: error.message };
  }
}

/** The costs of a published month. */
export const monthCosts = ({
  month,
  currency,
  isRunning,
  collectedAt,
  total,
  costCenters,
}: MonthFigures): MonthCosts => ({
  month,
  currency,
  isRunning,
  collectedAt,
  total: total.current,
  costCenters: costCenters.map(({ name, cost, direct, allocated, workloads }) => ({
    name,
    cost: cost.current,
    hasCharges: [direct, allocated, ...workloads.map((workload) => workload.cost.current)].some(
      (amount) => !isZero(amount),
    ),
    workloads: workloads.map((workload) => ({ name: workload.name, cost: workload.cost.current })),
  })),
});
