import { divideHalfEven } from "../money/index.ts";
import { plainUnit, type Quantity } from "./quantity.ts";

/** The part of a month that a quantity covers, in whole UTC days. A closed month has elapsed entirely. */
export interface MonthShare {
  readonly daysInMonth: number; // 28 to 31
  readonly elapsedDays: number; // 1 to daysInMonth
}

/** Stored volume that is unknown, because its unit is no unit of bytes. Figures made of it are `null`. */
export interface UnknownUnit {
  readonly unknownUnit: string; // as the answer carried it
}

/**
 * The bytes that were stored, from a quantity of bytes over time, by the unit of the answer:
 *
 * - GB-months (`GB-Mo`, `GB-Month`, `GB-month`, `GB-Months`; GB = 2^30 bytes; also MB, TB): what Cost Explorer answers today.
 * - Byte-hours and GB-hours (`Byte-Hrs`, `ByteHrs`, `GB-Hours`, …): what it answered earlier; divided by the month's hours.
 *
 * The quantity of a running month covers the days elapsed, so the volume is scaled to the full month: a steady 1 TiB shows 256 GB-months
 * on day 7 of 28. Rounded half to even, once, to whole bytes. Any other unit is returned by name, never as 0.
 *
 * @throws RangeError when the days are no part of a month: a mistake of the caller, not of the bill.
 */
export function storedBytes(quantity: Quantity, share: MonthShare): bigint | UnknownUnit {
  const { daysInMonth, elapsedDays } = share;
  if (!isDays(daysInMonth, 31) || !isDays(elapsedDays, daysInMonth)) {
    throw new RangeError(
      `${elapsedDays} of ${daysInMonth} days is no part of a month: expected whole days, at least 1.`,
    );
  }
  const measure = byteMeasure(quantity.unit);
  if (measure === null) return { unknownUnit: quantity.unit };
  const days = BigInt(measure.per === "month" ? daysInMonth : 1);
  const hours = BigInt(measure.per === "month" ? 1 : 24);
  return divideHalfEven(quantity.units * measure.bytes * days, 10n ** 12n * hours * BigInt(elapsedDays));
}

interface ByteMeasure {
  readonly bytes: bigint; // bytes of one size unit
  readonly per: "month" | "hour";
}

const sizes: ReadonlyMap<string, bigint> = new Map([
  ["byte", 1n],
  ["bytes", 1n],
  ["kb", 2n ** 10n],
  ["kib", 2n ** 10n],
  ["mb", 2n ** 20n],
  ["mib", 2n ** 20n],
  ["gb", 2n ** 30n],
  ["gib", 2n ** 30n],
  ["gigabyte", 2n ** 30n],
  ["gigabytes", 2n ** 30n],
  ["tb", 2n ** 40n],
  ["tib", 2n ** 40n],
]);

function byteMeasure(unit: string): ByteMeasure | null {
  const parts = /^([a-z]{1,12}?)(mo|hrs)$/.exec(plainUnit(unit));
  const bytes = sizes.get(parts?.[1] ?? "");
  if (parts === null || bytes === undefined) return null;
  return { bytes, per: parts[2] === "mo" ? "month" : "hour" };
}

function isDays(days: number, most: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= most;
}
