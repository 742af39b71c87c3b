import { daysIn, daysInMonth, type Month, type Window } from "../calendar/index.ts";
import { divideHalfEven, MONEY_DECIMALS, type Money, zero } from "../money/index.ts";
import {
  categorise,
  type StorageService,
  storageService,
  storageServiceOf,
  storageTier,
  storedBytes,
} from "../usage/index.ts";
import { percentageOf } from "./coverage.ts";
import type { ServiceUsage } from "./usage-costs.ts";

/** Bytes in the terabyte that AWS bills by: 2^40. */
const BYTES_PER_TB = 1_099_511_627_776n;

/** The name of what a storage service costs where the bill has no usage type of it that is known. */
const UNKNOWN_STORAGE = "Unknown usage types";

/** The name of stored things that cost without being volume: early deletes, snapshots, stored tags, provisioned IOPS. */
export const OTHER_STORAGE = "Other storage charges";

export interface StorageConfig {
  readonly includeEfs: boolean;
  readonly includeEbs: boolean;
}

/** A period's storage figures. `null` is a figure that could not be known, never 0. */
export interface StorageMetrics {
  readonly cost: Money | null;
  readonly volumeBytes: bigint | null;
  readonly hotPercentage: number | null;
  /** Cost of a terabyte kept for a full month, also while the month is running. Two decimals. */
  readonly costPerTb: number | null;
}

export interface StorageTierMetrics {
  readonly service: string;
  readonly tier: string;
  readonly volumeBytes: bigint | null;
  readonly cost: Money;
  /** The cost of the complete days, which the volume is of. Only where it is another one than `cost`. */
  readonly completeDaysCost?: Money;
}

export interface StorageLedger extends StorageMetrics {
  readonly tiers: readonly StorageTierMetrics[];
  /** A sentence for each usage type whose unit is no unit of stored bytes. */
  readonly warnings: readonly string[];
}

interface TierTotals {
  readonly service: string;
  readonly tier: string;
  readonly hot: boolean;
  units: bigint;
  /** In the complete days, where the volume is of these. */
  readonly completeUnits?: bigint;
  bytes: bigint | null;
}

/**
 * Storage as the bill shows it: S3 always, EFS and EBS by configuration, both in cost and in volume. Volumes and rates are
 * those of complete days, scaled to the whole month: late charges make no volume smaller.
 * @param rows of the whole period: its cost
 * @param window the complete days within `month`; where there is none, volumes and rates are unknown
 * @param completeRows the rows of these days; `null` where `rows` are
 */
export function storageOf(
  rows: readonly ServiceUsage[],
  month: Month,
  window: Window,
  currency: string,
  config: StorageConfig,
  completeRows: readonly ServiceUsage[] | null = null,
): StorageLedger {
  const days = { daysInMonth: daysInMonth(month), elapsedDays: Math.max(1, daysIn(window)) };
  const whole = tierTotals(rows, month, days, config);
  if (completeRows === null) {
    const figures = figuresOf([...whole.tiers.values()], days, currency);
    return { ...figures, cost: whole.isCostKnown ? figures.cost : null, warnings: whole.warnings };
  }
  const complete = tierTotals(completeRows, month, days, config);
  const hasNoDay = daysIn(window) === 0;
  const figures = figuresOf([...complete.tiers.values()], days, currency);
  const tiers = [...whole.tiers].map(([key, tier]) => {
    if (hasNoDay) return { ...tier, bytes: null };
    const { bytes, units: completeUnits } = complete.tiers.get(key) ?? { bytes: 0n, units: 0n };
    return { ...tier, bytes, completeUnits };
  });
  const { cost: sum, tiers: named } = figuresOf(tiers, days, currency);
  const cost = whole.isCostKnown ? sum : null;
  if (hasNoDay) {
    const unknown = { volumeBytes: tiers.length === 0 ? 0n : null, hotPercentage: null, costPerTb: null };
    return { cost, ...unknown, tiers: named, warnings: [] };
  }
  return { ...figures, cost, tiers: named, warnings: complete.warnings };
}

interface TierSums {
  /** By service and tier. */
  readonly tiers: ReadonlyMap<string, TierTotals>;
  /** `false` where a counted service has no usage type that is known: a bill may have none at all. */
  readonly isCostKnown: boolean;
  /** Sentences about figures that are unknown. */
  readonly warnings: readonly string[];
}

/** The tiers of some rows, by key, and sentences about volumes that are unknown. */
function tierTotals(
  rows: readonly ServiceUsage[],
  month: Month,
  days: { readonly daysInMonth: number; readonly elapsedDays: number },
  config: StorageConfig,
): TierSums {
  const tiers = new Map<string, TierTotals>();
  const warnings = new Set<string>();
  const unknown = unknownServices(rows, config);
  for (const [service, units] of unknown) {
    const tier = tierFor(tiers, service, UNKNOWN_STORAGE, false);
    tier.units = units;
    tier.bytes = null;
    warnings.add(`${month}: the bill has no usage type of ${service} that is known: ${UNKNOWN_ALL}`);
  }
  for (const { service, usageType, cost, quantity } of rows) {
    // Null for every usage type that is not of the category Storage.
    const counted = storageService(service, usageType);
    if (counted === null || !isCounted(counted, config)) continue;
    const stored = storageTier(service, usageType);
    const tier = tierFor(tiers, counted, stored?.tier ?? OTHER_STORAGE, stored?.hot ?? false);
    tier.units += cost.units;
    if (stored === null || isAllowance(cost, quantity)) continue;
    const bytes = quantity === null ? null : storedBytes(quantity, days);
    if (typeof bytes === "bigint") {
      if (tier.bytes !== null) tier.bytes += bytes;
    } else {
      tier.bytes = null;
      warnings.add(
        `${month}: the volume of ${service} ${usageType} is given in ${unitText(quantity?.unit)}, which is no unit of ` +
          `stored bytes: ${UNKNOWN_FIGURES}`,
      );
    }
  }
  for (const tier of tiers.values()) {
    if (tier.bytes === null || tier.bytes >= 0n) continue;
    tier.bytes = null;
    warnings.add(
      `${month}: more of ${tier.service} ${tier.tier} was taken back than used, which is no volume: ${UNKNOWN_FIGURES}`,
    );
  }
  return { tiers, isCostKnown: unknown.size === 0, warnings: [...warnings].sort() };
}

/** The counted services of which no usage type is known, with their cost in units. */
function unknownServices(
  rows: readonly ServiceUsage[],
  config: StorageConfig,
): ReadonlyMap<StorageService, bigint> {
  const costs = new Map<StorageService, bigint>();
  const known = new Set<StorageService>();
  for (const { service, usageType, cost } of rows) {
    const counted = storageServiceOf(service);
    if (counted === null || !isCounted(counted, config)) continue;
    if (categorise(service, usageType).known) known.add(counted);
    costs.set(counted, (costs.get(counted) ?? 0n) + cost.units);
  }
  return new Map([...costs].filter(([service]) => !known.has(service)));
}

const UNKNOWN_ALL = "cost, volume, hot share and cost per TB of its storage are unknown.";
const UNKNOWN_FIGURES = "volume, hot share and cost per TB of the month are unknown.";

/** Credits and refunds may carry the usage type that they are for and no quantity (`0 N/A`): money back, nothing stored. */
const isAllowance = (cost: Money, quantity: ServiceUsage["quantity"]) =>
  cost.units <= 0n && (quantity === null || quantity.units === 0n);

function figuresOf(
  tiers: readonly TierTotals[],
  { daysInMonth: whole, elapsedDays }: { daysInMonth: number; elapsedDays: number },
  currency: string,
): Omit<StorageLedger, "warnings"> {
  const money = (units: bigint): Money => ({ ...zero(currency), units });
  const units = tiers.reduce((total, tier) => total + tier.units, 0n);
  const volumeBytes = sumKnown(tiers.map(({ bytes }) => bytes));
  const hotBytes = sumKnown(tiers.filter(({ hot }) => hot).map(({ bytes }) => bytes));
  const known = volumeBytes !== null && hotBytes !== null && volumeBytes > 0n;
  return {
    cost: money(units),
    volumeBytes,
    hotPercentage: known ? hotShare(hotBytes, volumeBytes) : null,
    costPerTb: known ? perTerabyte((units * BigInt(whole)) / BigInt(elapsedDays), volumeBytes) : null,
    tiers: tiers
      .map(({ service, tier, units: cost, completeUnits = cost, bytes }) => ({
        service,
        tier,
        volumeBytes: bytes,
        cost: money(cost),
        ...(completeUnits !== cost && { completeDaysCost: money(completeUnits) }),
      }))
      .sort(
        (a, b) =>
          Number(b.cost.units > a.cost.units) - Number(b.cost.units < a.cost.units) ||
          compareText(a.service, b.service) ||
          compareText(a.tier, b.tier),
      ),
  };
}

function perTerabyte(units: bigint, bytes: bigint): number {
  const cents = divideHalfEven(units * BYTES_PER_TB, bytes * 10n ** BigInt(MONEY_DECIMALS - 2));
  return Number(cents) / 100;
}

const sumKnown = (volumes: readonly (bigint | null)[]) =>
  volumes.reduce(
    (total, bytes) => (total === null || bytes === null ? null : total + bytes),
    0n as bigint | null,
  );

const isCounted = (owner: StorageService, { includeEfs, includeEbs }: StorageConfig) =>
  owner === "S3" || (owner === "EFS" ? includeEfs : includeEbs);

function tierFor(tiers: Map<string, TierTotals>, service: string, name: string, hot: boolean): TierTotals {
  const key = `${service}\n${name}`;
  const tier = tiers.get(key) ?? { service, tier: name, hot, units: 0n, bytes: 0n };
  tiers.set(key, tier);
  return tier;
}

const unitText = (unit: string | undefined) =>
  unit === undefined ? "no unit" : JSON.stringify(unit.slice(0, 40));

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Within 0 and 100: a refund may take back more bytes of one tier than it has. */
function hotShare(hotBytes: bigint, volumeBytes: bigint): number | null {
  const percentage = percentageOf(hotBytes, volumeBytes);
  return percentage === null ? null : Math.min(100, Math.max(0, percentage));
}
