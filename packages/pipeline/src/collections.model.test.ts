import {
  addDays,
  addMonths,
  type Day,
  type Instant,
  type Month,
  monthOf,
  monthsFrom,
  windowOf,
} from "@dapanoskop/core/calendar";
import { billSource, type CostSource, CostSourceError } from "@dapanoskop/core/source";
import { readIndex, type Summary, verifyPublished } from "@dapanoskop/dataset";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aBill, CollectionFixture, daily, parquet } from "./testing/collection-fixture.ts";

// Any sequence of collections, of a bill that AWS revises, refuses or answers incompletely, under changing
// configurations and clocks, against a model of what each published month must be compared with.

const MONTHS = monthsFrom("2024-09", "2026-06");

/** What happens to a month between two collections. */
type BillChange = "revised" | "halved" | "emptied" | "refused" | "restored";

interface Collection {
  /** Days after the previous collection; negative for an event that comes late. */
  readonly days: number;
  readonly backfill: number;
  readonly force: boolean;
  readonly includeEfs: boolean;
  readonly changes: readonly { readonly ago: number; readonly change: BillChange }[];
}

const collection: fc.Arbitrary<Collection> = fc.record({
  days: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) }, fc.integer({ min: -5, max: 40 })),
  backfill: fc.constantFrom(0, 0, 0, 1, 3),
  force: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  includeEfs: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  changes: fc.array(
    fc.record({
      ago: fc.constantFrom(0, 1, 1, 1, 2, 12, 13),
      change: fc.constantFrom<BillChange>("revised", "halved", "emptied", "refused", "restored", "restored"),
    }),
    { maxLength: 3 },
  ),
});

/** The bill of each month: its cost per day, in whole dollars. */
class ModelBill {
  readonly #perDay = new Map<Month, number>(MONTHS.map((month, at) => [month, 100 + at]));
  readonly #changes = new Map<Month, BillChange>();

  change(month: Month, change: BillChange): void {
    if (!this.#perDay.has(month)) return;
    if (change === "revised") this.#perDay.set(month, (this.#perDay.get(month) ?? 0) + 1);
    this.#changes.set(month, change);
  }

  /** `null` where the source refuses the month. */
  cost(month: Month, at: Instant): number | null {
    const change = this.#changes.get(month);
    if (change === "refused") return null;
    const { start, end } = windowOf(month, at);
    const days = daily(start, end).length;
    return days * this.#daily(month);
  }

  source(at: Instant): CostSource {
    const charges = MONTHS.flatMap((month) => {
      const cost = this.#daily(month);
      return cost === 0 ? [] : daily(`${month}-01`, `${addMonths(month, 1)}-01`, { cost: String(cost) });
    });
    const source = billSource(aBill(charges), { at });
    return {
      ...source,
      query: async (query) => {
        const { start, end } = query.window;
        for (const month of monthsFrom(monthOf(start), monthOf(addDays(end, -1)))) {
          if (this.#changes.get(month) !== "refused") continue;
          throw new CostSourceError("data-unavailable", query.window, `${month} has no data.`);
        }
        return source.query(query);
      },
    };
  }

  #daily(month: Month): number {
    const change = this.#changes.get(month);
    const cost = this.#perDay.get(month) ?? 0;
    if (change === "emptied") return 0;
    return change === "halved" ? Math.floor(cost / 4) : cost;
  }
}

const SIDES = ["prev_month_cost_usd", "yoy_cost_usd"] as const;
const comparedIn = (summary: Summary, side: (typeof SIDES)[number]): Month =>
  side === "yoy_cost_usd" ? summary.periods.yoy : summary.periods.prev_month;

/** What is published, by month: the summary and the hash of the configuration. */
async function published(fixture: CollectionFixture) {
  const index = await readIndex(fixture.store);
  const months = new Map<
    Month,
    { readonly summary: Summary; readonly config: string; readonly asOf: Instant }
  >();
  for (const [month, { config, as_of }] of Object.entries(index?.snapshot ?? {})) {
    months.set(month, { summary: await fixture.summary(month), config, asOf: as_of });
  }
  return months;
}

type Published = Awaited<ReturnType<typeof published>>;

/** The published figure of `compared` under a configuration: its own closed snapshot, or the figure beside `month`. */
function publishedFigure(before: Published, compared: Month, month: Month, config: string): number | null {
  const own = before.get(compared);
  if (own?.config === config && !own.summary.is_mtd) return own.summary.totals.current_cost_usd;
  const beside = before.get(month);
  if (beside?.config !== config) return null;
  const side = SIDES.find((one) => comparedIn(beside.summary, one) === compared);
  return side === undefined ? null : beside.summary.totals[side];
}

describe("any sequence of collections", () => {
  it("compares each month with figures that are published, or that were queried for it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(collection, { minLength: 2, maxLength: 5 }), async (collections) => {
        const fixture = new CollectionFixture();
        const bill = new ModelBill();
        let day: Day = "2025-12-20";
        for (const { days, backfill, force, includeEfs, changes } of collections) {
          day = addDays(day, days);
          const at = `${day}T06:00:00Z`;
          for (const { ago, change } of changes) bill.change(addMonths(monthOf(day), -ago), change);
          const earlier = await published(fixture);
          const { months } = await fixture.collect(bill.source(at), { at, backfill, force }, { includeEfs });
          const after = await published(fixture);
          for (const { period, outcome } of months) {
            const now = after.get(period);
            if (outcome !== "published") {
              expect(now).toEqual(earlier.get(period));
              continue;
            }
            if (now === undefined) throw new Error(`${period} is published.`);
            expect(now.summary.totals.current_cost_usd).toBe(bill.cost(period, at));
            const before = months.find((one) => one.period === now.summary.periods.prev_month);
            if (now.summary.is_mtd && before?.outcome === "quarantined") {
              expect(now.summary.totals.prior_partial_cost_usd).toBeNull();
            }
            for (const side of SIDES) {
              const compared = comparedIn(now.summary, side);
              const own = months.find((one) => one.period === compared);
              const known = publishedFigure(earlier, compared, period, now.config);
              const isOwn = own?.outcome === "published" || (own?.why?.includes("has no charges") ?? false);
              const isQueried = own === undefined && known === null;
              const expected = isOwn || isQueried ? bill.cost(compared, at) : known;
              expect([period, side, now.summary.totals[side]]).toEqual([period, side, expected]);
            }
          }
        }
        expect((await verifyPublished(fixture.store, parquet))?.faults ?? []).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
