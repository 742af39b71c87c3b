import type { Window } from "@dapanoskop/core/calendar";
import type { Money } from "@dapanoskop/core/money";
import type { CostMetric } from "@dapanoskop/core/source";
import type { Quantity } from "@dapanoskop/core/usage";

/** The whole answer to one GetCostAndUsage, before it is cut into pages. */
export interface Sheet {
  readonly periods: readonly { readonly window: Window; readonly estimated: boolean }[];
  readonly entries: readonly Entry[];
  readonly currency: string;
}

/** One line of an answer: a group of a period, or a period that has none. Pages are cut between lines. */
export interface Entry {
  /** Where its period stands in `periods`. */
  readonly period: number;
  readonly group: Group | null;
}

export interface Group {
  readonly keys: readonly (string | null)[];
  readonly costs: ReadonlyMap<CostMetric, Money>;
  readonly quantity: Quantity | null;
}

/** Pages after the first come from the sheet that the first one was cut from. */
export interface SheetCache {
  /** @param fresh whether to fill the sheet again although one is kept */
  get(fresh: boolean, fill: () => Promise<Sheet>): Promise<Sheet>;
}

/**
 * Keeps the latest sheets, each under the request that it answers, so that the hundredth page costs no more than the
 * second.
 */
export function sheetCaches(): (asked: string) => SheetCache {
  const kept = new Map<string, Sheet>();
  const MOST_KEPT = 4;
  return (asked) => ({
    async get(fresh, fill) {
      const sheet = (fresh ? undefined : kept.get(asked)) ?? (await fill());
      kept.delete(asked);
      kept.set(asked, sheet);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return sheet;
    },
  });
}
