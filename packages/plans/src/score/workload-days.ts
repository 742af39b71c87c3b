import { type DailyFigures, LISTED_SERIES } from "@dapanoskop/core/daily";
import { add, moneyFromNumber, zero } from "@dapanoskop/core/money";
import type { BilledDays } from "@dapanoskop/core/plan";

/**
 * What workloads cost a day, by the published days. These list the largest workloads only: where the list is full, the cost of
 * another one is not known, and otherwise it is 0.
 */
export function workloadDays({ currency, completeThrough, days, workloads }: DailyFigures): BilledDays {
  return {
    completeThrough,
    costOn(workload, day) {
      const at = days.indexOf(day);
      const series = workloads.filter(({ name, kind }) => kind === "named" && name === workload);
      if (at < 0 || (series.length === 0 && workloads.length >= LISTED_SERIES)) return null;
      const costs = series.map(({ costs }) => costs[at] ?? null);
      if (costs.includes(null)) return null;
      return costs.reduce((total, cost) => add(total, moneyFromNumber(cost ?? 0, currency)), zero(currency));
    },
  };
}
