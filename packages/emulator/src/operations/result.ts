import type { Window } from "@dapanoskop/core/calendar";
import type { Money } from "@dapanoskop/core/money";
import type { CostMetric } from "@dapanoskop/core/source";
import type { Quantity } from "@dapanoskop/core/usage";

/** The whole answer to one GetCostAndUsage, before it is cut into pages. */
export interface UsageResult {
  readonly periods: readonly { readonly window: Window; readonly estimated: boolean }[];
  readonly entries: readonly ResultEntry[];
  readonly currency: string;
}

/** One line of an answer: a group of a period, or a period that has none. Pages are cut between lines. */
export interface ResultEntry {
  /** Where its period stands in `periods`. */
  readonly period: number;
  readonly group: UsageGroup | null;
}

export interface UsageGroup {
  readonly keys: readonly (string | null)[];
  readonly costs: ReadonlyMap<CostMetric, Money>;
  readonly quantity: Quantity | null;
}

/** Pages after the first come from the result that the first one was cut from. */
export interface ResultCache {
  /** @param fresh whether to fill the result again although one is kept */
  get(fresh: boolean, fill: () => Promise<UsageResult>): Promise<UsageResult>;
}

/**
 * Keeps the latest results, each under the request that it answers, so that the hundredth page costs no more than the
 * second.
 */
export function resultCaches(): (asked: string) => ResultCache {
  const kept = new Map<string, UsageResult>();
  const MOST_KEPT = 4;
  return (asked) => ({
    async get(fresh, fill) {
      const result = (fresh ? undefined : kept.get(asked)) ?? (await fill());
      kept.delete(asked);
      kept.set(asked, result);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return result;
    },
  });
}
