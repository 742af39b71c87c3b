import type { Window } from "@dapanoskop/core/calendar";
import type { Money } from "@dapanoskop/core/money";
import type { CostMetric } from "@dapanoskop/core/source";
import type { Quantity } from "@dapanoskop/core/usage";

/** The whole result of one GetCostAndUsage, before it is split into pages. */
export interface UsageResult {
  readonly periods: readonly { readonly window: Window; readonly estimated: boolean }[];
  readonly entries: readonly ResultEntry[];
  readonly currency: string;
}

/** One entry of a result: a group of a period, or a period without groups. A page contains whole entries. */
export interface ResultEntry {
  /** The index of its period in `periods`. */
  readonly period: number;
  readonly group: UsageGroup | null;
}

export interface UsageGroup {
  readonly keys: readonly (string | null)[];
  readonly costs: ReadonlyMap<CostMetric, Money>;
  readonly quantity: Quantity | null;
}

/** Caches a result, so that all pages of a request come from the same result. */
export interface ResultCache {
  /** @param fresh whether to compute the result again although one is cached */
  get(fresh: boolean, fill: () => Promise<UsageResult>): Promise<UsageResult>;
}

/**
 * Caches the latest results by request, so that the hundredth page takes as long as the second.
 */
export function resultCaches(): (request: string) => ResultCache {
  const cached = new Map<string, UsageResult>();
  const MAX_CACHED = 4;
  return (request) => ({
    async get(fresh, fill) {
      const result = (fresh ? undefined : cached.get(request)) ?? (await fill());
      cached.delete(request);
      cached.set(request, result);
      const [oldest] = cached.keys();
      if (cached.size > MAX_CACHED && oldest !== undefined) cached.delete(oldest);
      return result;
    },
  });
}
