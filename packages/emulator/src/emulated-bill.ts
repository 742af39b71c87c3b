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
 * The bill of an emulator: any `CostSource`. The members that a `CostSource` does not have are optional; each one
 * documents what the emulator uses instead.
 */
export interface EmulatedBill extends CostSource {
  /** The currency of amounts where no row contains one. Default: the currency of the whole bill's total, else USD. */
  readonly currency?: string;
  /** Every defined cost category. Default: those that have cost in the history. */
  costCategoryDefinitions?(): Promise<readonly string[]>;
}

/** A bill as it is visible at one instant. Charges of that day and later are not visible, even if the source has them. */
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
  /** Whether the bill has a charge in the last 14 months. */
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
