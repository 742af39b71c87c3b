import { parseDecimal } from "@dapanoskop/core/money";
import { company } from "./company.ts";
import type { CompanyDay } from "./company-day.ts";
import { patternFactor } from "./daily-pattern.ts";
import { HOME, type PricedItem, type PricedRegion, priceList } from "./price-list.ts";
import { bitsOf, joined, portion } from "./seeded-bits.ts";
import { type Incident, migrationShare } from "./stories.ts";
import { trendAt } from "./trend.ts";
import type { Workload, WorkloadUse } from "./workload.ts";

/** A use with its price and its random bits. `countOn` computes the quantity of a day from it. */
export interface Meter {
  readonly workload: Workload;
  readonly use: WorkloadUse;
  readonly item: PricedItem;
  readonly region: PricedRegion;
  /** A day's quantity is an integer count of 10^-`decimals` of the item's unit. */
  readonly decimals: number;
  /** The price of a count on demand, and under the commitment, in units of 10^-12 of a dollar. */
  readonly price: bigint;
  readonly committed: bigint;
  readonly seed: number;
  readonly bits: number;
  /** The size of this workload and cost center in this seed's company, near 1. */
  readonly scale: number;
  /** Its index among the uses that can have an incident; -1: it is not one of them. */
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

/** The quantity of a day, as an integer count. */
export function countOn(meter: Meter, day: CompanyDay, incident: Incident | null): number {
  const { item, use, decimals } = meter;
  const units = levelOn(meter, day) * excessOf(meter, incident);
  const whole = 10 ** decimals;
  if (item.measure === "kept") return shareOfDay(Math.round(units * whole), day);
  const factor = patternFactor(use.pattern ?? "steady", day, joined(meter.bits, day.number));
  if (item.measure === "used") return Math.round(units * factor * whole);
  // A steady use runs a whole number of machines all day; other uses run a fraction that depends on their load.
  const machines =
    use.pattern === undefined && use.migration === undefined ? Math.max(1, Math.round(units)) : units;
  return Math.round(24 * machines * factor * whole);
}

function levelOn({ use, scale, seed }: Meter, day: CompanyDay): number {
  if (use.commitment !== undefined) return use.amount;
  const growth = use.fixed === true ? 1 : day.growth * scale;
  const trend = use.trend === undefined ? 1 : trendAt(use.trend, day.cycleMonth);
  const side = use.migration === undefined ? 1 : migrationShare(seed, use.migration, day);
  return use.amount * growth * trend * side;
}

function excessOf({ use, runaway }: Meter, incident: Incident | null): number {
  if (incident === null || use.runaway === undefined) return 1;
  return incident.of % runaways.length === runaway ? 1 + (use.runaway - 1) * incident.part : 1;
}

/**
 * The part of a day in an amount that is billed by the month. The parts of a month add up to the amount exactly:
 * a steady 1,024 GB are 1,024 GB-Mo, whatever the month's length.
 */
function shareOfDay(level: number, { dayOfMonth, daysInMonth }: CompanyDay): number {
  const until = (days: number) => (level * days - ((level * days) % daysInMonth)) / daysInMonth;
  return until(dayOfMonth) - until(dayOfMonth - 1);
}

/** The decimals of a quantity for which its cost (quantity times price) has at most ten, as in Cost Explorer. */
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
