import { parseDecimal } from "@dapanoskop/core/money";
import { company } from "./company.ts";
import type { CompanyDay } from "./company-day.ts";
import { beatOn } from "./daily-pattern.ts";
import { HOME, type PricedItem, type PricedRegion, priceList } from "./price-list.ts";
import { bitsOf, joined, portion } from "./seeded-bits.ts";
import { type Incident, migrated } from "./stories.ts";
import { trendAt } from "./trend.ts";
import type { Workload, WorkloadUse } from "./workload.ts";

/** A use with its price and its share of chance: it tells how much a day takes. */
export interface Meter {
  readonly workload: Workload;
  readonly use: WorkloadUse;
  readonly item: PricedItem;
  readonly region: PricedRegion;
  /** A day's quantity is an integer count of 10^-`decimals` of the item's unit. */
  readonly decimals: number;
  /** What a count costs on demand, and under the commitment: units of 10^-12 of a dollar. */
  readonly price: bigint;
  readonly committed: bigint;
  readonly seed: number;
  readonly bits: number;
  /** How big this seed's company is in this position, near 1. */
  readonly scale: number;
  /** Its number among the uses that can run away; -1: it cannot. */
  readonly runaway: number;
}

const runaways: readonly WorkloadUse[] = company
  .flatMap(({ uses }) => uses)
  .filter(({ runaway }) => runaway !== undefined);

/** All meters of a seed's company. */
export function installMeters(seed: number): readonly Meter[] {
  const uses = company.flatMap((workload) => workload.uses.map((use) => ({ workload, use })));
  return uses.map(({ workload, use }) => {
    const item: PricedItem = priceList[use.item];
    const region = use.region ?? ("global" in item.price ? "global" : HOME);
    const decimals = decimalsOf(item);
    const count = 10n ** BigInt(decimals);
    const position = `${workload.app} in ${use.center ?? workload.center}`;
    return {
      workload,
      use,
      item,
      region,
      decimals,
      price: parseDecimal(priceIn(item, region), 12) / count,
      committed: parseDecimal(item.committed ?? "0", 12) / count,
      seed,
      bits: joined(seed, bitsOf(`${position}: ${use.item} in ${region}`)),
      scale: 0.93 + 0.14 * portion(joined(seed, bitsOf(position))),
      runaway: runaways.indexOf(use),
    };
  });
}

/** The quantity that a day takes, as an integer count. */
export function countOn(meter: Meter, day: CompanyDay, incident: Incident | null): number {
  const { item, use, decimals } = meter;
  const units = levelOn(meter, day) * excessOf(meter, incident);
  const whole = 10 ** decimals;
  if (item.measure === "kept") return shareOfDay(Math.round(units * whole), day);
  const beat = beatOn(use.rhythm ?? "steady", day, joined(meter.bits, day.number));
  if (item.measure === "used") return Math.round(units * beat * whole);
  // What runs steadily runs in whole machines, all day; the rest follows its load.
  const machines =
    use.rhythm === undefined && use.migration === undefined ? Math.max(1, Math.round(units)) : units;
  return Math.round(24 * machines * beat * whole);
}

function levelOn({ use, scale, seed }: Meter, day: CompanyDay): number {
  if (use.commitment !== undefined) return use.amount;
  const growth = use.fixed === true ? 1 : day.growth * scale;
  const trend = use.trend === undefined ? 1 : trendAt(use.trend, day.chapterMonth);
  const side = use.migration === undefined ? 1 : migrated(seed, use.migration, day);
  return use.amount * growth * trend * side;
}

function excessOf({ use, runaway }: Meter, incident: Incident | null): number {
  if (incident === null || use.runaway === undefined) return 1;
  return incident.of % runaways.length === runaway ? 1 + (use.runaway - 1) * incident.part : 1;
}

/**
 * What a day adds to a level that is billed by the month. The shares of a month add up to the level exactly:
 * a steady 1,024 GB are 1,024 GB-Mo, whatever the month's length.
 */
function shareOfDay(level: number, { dayOfMonth, daysInMonth }: CompanyDay): number {
  const until = (days: number) => (level * days - ((level * days) % daysInMonth)) / daysInMonth;
  return until(dayOfMonth) - until(dayOfMonth - 1);
}

/** As many decimals as leave the cost, a quantity times a price, with ten: what Cost Explorer answers. */
function decimalsOf({ whole, price, committed = "" }: PricedItem): number {
  if (whole === true) return 0;
  const prices = [...Object.values(price), committed];
  return Math.min(6, ...prices.map((text) => 10 - (text.split(".")[1] ?? "").length));
}

function priceIn({ usageType, price }: PricedItem, region: PricedRegion): string {
  const found = price[region];
  if (found === undefined)
    throw new RangeError(`The demo company's price list has no ${usageType} in ${region}.`);
  return found;
}
