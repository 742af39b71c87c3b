import {
  type Day,
  dayOfInstant,
  eventMonth,
  firstDay,
  type Instant,
  monthOf,
  monthWindow,
  oldestMonth,
  type Window,
} from "@dapanoskop/core/calendar";
import { type CostAnswer, type CostQuery, type CostSource, chargePeriods } from "@dapanoskop/core/source";

/**
 * What the emulator answers from: any bill that can be asked. What a `CostSource` cannot be asked is optional; without
 * it the emulator makes do (see each member).
 */
export interface EmulatedBill extends CostSource {
  /** The currency of amounts where no row tells it. Without it: the currency of the whole bill's total, else USD. */
  readonly currency?: string;
  /** Every defined cost category. Without it: those that have cost in the history. */
  costCategoryDefinitions?(): Promise<readonly string[]>;
}

/** A bill as it is seen at one instant: what is charged on that day or later cannot be asked for, whatever the source knows. */
export interface VisibleBill {
  readonly at: Instant;
  readonly today: Day;
  /** Whether the bill has the data of every month of the window. */
  covers(window: Window): boolean;
  query(query: CostQuery): Promise<CostAnswer>;
  costCategories(window: Window): Promise<readonly string[]>;
  costCategoryDefinitions(): Promise<readonly string[]>;
  splitCharges: CostSource["splitCharges"];
  tagKeys(window: Window): Promise<readonly string[]>;
  currency(): Promise<string>;
  /** Whether the bill holds any charge at all in the last 14 months. */
  hasData(): Promise<boolean>;
}

export function billAt(source: EmulatedBill, at: Instant): VisibleBill {
  const today = dayOfInstant(at);
  const visible = ({ start, end }: Window): Window | null => {
    const until = [end, today].sort()[0] ?? today;
    return start < until ? { start, end: until } : null;
  };
  const history = historyWindow(at);
  const historyTotals = async () => {
    const window = visible(history);
    if (window === null) return [];
    const query = { window, granularity: "MONTHLY", metric: "UnblendedCost", groupBy: [] } as const;
    return (await source.query(query)).rows;
  };

  const bill: VisibleBill = {
    at,
    today,
    covers: (window) =>
      chargePeriods(window, "MONTHLY").every(({ start }) => source.covers?.(monthOf(start)) ?? true),
    async query(query) {
      const window = visible(query.window);
      return window === null ? { rows: [], estimated: [] } : source.query({ ...query, window });
    },
    async costCategories(window) {
      const seen = visible(window);
      return seen === null ? [] : source.costCategories(seen);
    },
    costCategoryDefinitions: async () =>
      source.costCategoryDefinitions === undefined
        ? bill.costCategories(history)
        : source.costCategoryDefinitions(),
    splitCharges: (name) => source.splitCharges(name),
    async tagKeys(window) {
      const seen = visible(window);
      return seen === null || source.tagKeys === undefined ? [] : source.tagKeys(seen);
    },
    currency: async () => source.currency ?? (await historyTotals())[0]?.cost.currency ?? "USD",
    hasData: async () => (await historyTotals()).length > 0,
  };
  return bill;
}

/** The current month and the 13 before it. */
export const historyWindow = (at: Instant): Window => ({
  start: firstDay(oldestMonth(at)),
  end: monthWindow(eventMonth(at)).end,
});
