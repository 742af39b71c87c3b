import type { Charge, SplitCharge } from "@dapanoskop/core/source";

/**
 * Computes the figures of a bill in a slow and simple way: one pass over single charges for each figure, without the
 * ledger, its queries or its rounding. It shares only `Charge` and the parser of amounts.
 */

/** The units of 10^-12 of charges. */
export type Units = bigint;

export interface Span {
  /** First day. */
  readonly start: string;
  /** The day after the last. */
  readonly end: string;
}

export const chargesIn = (charges: readonly Charge[], { start, end }: Span): readonly Charge[] =>
  charges.filter(({ day }) => day >= start && day < end);

/** The days of a calendar month. */
export function monthSpan(month: string): Span {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return { start: `${month}-01`, end: `${monthBefore(`${year}-${String(number).padStart(2, "0")}`, -1)}-01` };
}

/** The month some months earlier. */
export function monthBefore(month: string, months: number): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const count = year * 12 + number - 1 - months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}

export const total = (charges: readonly Charge[]): Units =>
  charges.reduce((all, { cost }) => all + cost.units, 0n);

export const appOf = ({ tags }: Charge): string | null => tags.get("App") || null;
export const centerOf = ({ costCategories }: Charge): string | null =>
  costCategories.get("CostCenter") || null;

export function sumBy<Key>(charges: readonly Charge[], keyOf: (charge: Charge) => Key): Map<Key, Units> {
  const sums = new Map<Key, Units>();
  for (const charge of charges) sums.set(keyOf(charge), (sums.get(keyOf(charge)) ?? 0n) + charge.cost.units);
  return sums;
}

/** An exact figure after a split: a fraction of units, since shares need not be whole ones. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/**
 * The cost of a workload in a center under a single PROPORTIONAL rule, as a fraction without rounding: its own cost there,
 * plus its cost in the source times the center's own cost, divided by the cost of all targets.
 */
export function proportional(charges: readonly Charge[], { source, targets }: SplitCharge) {
  const centers = sumBy(charges, centerOf);
  const places = sumBy(charges, (charge) => JSON.stringify([centerOf(charge), appOf(charge)]));
  const whole = targets.reduce((all, target) => all + (centers.get(target) ?? 0n), 0n);
  return (center: string | null, workload: string | null): Fraction => {
    const own = places.get(JSON.stringify([center, workload])) ?? 0n;
    if (center === source) return { over: 0n, under: 1n };
    if (center === null || !targets.includes(center)) return { over: own, under: 1n };
    const moved = places.get(JSON.stringify([source, workload])) ?? 0n;
    return { over: own * whole + moved * (centers.get(center) ?? 0n), under: whole };
  };
}

/** S3 storage classes by their usage type without the region, with the share that counts as hot. */
const s3Classes: readonly (readonly [pattern: RegExp, hot: boolean])[] = [
  [/^([A-Z]{2,4}\d?-)?TimedStorage-ByteHrs$/, true],
  [/^([A-Z]{2,4}\d?-)?TimedStorage-INT-FA-ByteHrs$/, true],
  [/^([A-Z]{2,4}\d?-)?TimedStorage-(INT-IA|INT-AIA|SIA|GIR|GDA)-ByteHrs$/, false],
  [/^([A-Z]{2,4}\d?-)?TimedStorage-(GlacierByteHrs|GDA-Staging)$/, false],
];

/** Bytes in S3, times 10^12: the month's GB-months at 2^30 bytes each, and the hot ones among them. */
export function s3Volume(charges: readonly Charge[]): { readonly all: bigint; readonly hot: bigint } {
  let all = 0n;
  let hot = 0n;
  for (const { service, usageType, quantity } of charges) {
    if (service !== "Amazon Simple Storage Service" || quantity === null) continue;
    const known = s3Classes.find(([pattern]) => pattern.test(usageType));
    if (known === undefined) continue;
    const size = quantity.units * 2n ** 30n;
    all += size;
    if (known[1]) hot += size;
  }
  return { all, hot };
}

/** Whether a charge is for S3 storage: timed storage, stored tags or early deletion. */
export const isS3Storage = ({ service, usageType }: Charge): boolean =>
  service === "Amazon Simple Storage Service" && /TimedStorage|TagStorage|EarlyDelete/.test(usageType);

/** Charges that cannot have a tag, by their charge type, or because the account buys support as a whole. */
export const isUntaggable = ({ chargeType, service }: Charge): boolean =>
  ["Tax", "Credit", "Refund", "RIFee", "SavingsPlanRecurringFee"].includes(chargeType) ||
  service.startsWith("AWS Support");

/** The plain decimal text of units, by string operations. */
function decimal(units: Units): string {
  const digits = String(units < 0n ? -units : units).padStart(13, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -12)}.${digits.slice(-12)}`;
}

/** The double that JSON and parquet must contain for an exact amount. */
export const double = (units: Units): number => Number(decimal(units));

/**
 * The difference of a published double and an exact fraction, in units. Both become fractions, so nothing is rounded.
 */
export function unitsOff(published: number, { over, under }: Fraction): number {
  const [, sign = "", whole = "", part = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(published)) ?? [];
  const shift = 12 - part.length + Number(exponent);
  const size = BigInt(`${sign}${whole}${part}`) * 10n ** BigInt(Math.max(0, shift));
  const scale = 10n ** BigInt(Math.max(0, -shift));
  const difference = size * under - over * scale;
  return Number((difference < 0n ? -difference : difference) / (under * scale));
}
