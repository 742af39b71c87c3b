import { decimalNumber, parseDecimal } from "../money/index.ts";

/** Decimals that a unit of a quantity stands for: as many as money has. */
const QUANTITY_DECIMALS = 12;

/** An amount of usage with the unit it was measured in: exact, 10^-12 of the unit at its finest. */
export interface Quantity {
  readonly units: bigint; // 10^-12 of `unit`
  readonly unit: string; // as Cost Explorer writes it: "Hrs", "GB-Mo", "Requests", "N/A"
}

/** What came of adding quantities whose units differ: hours and gigabytes have no sum. */
export interface MixedUnits {
  readonly mixed: readonly string[]; // the units that met, each once, sorted
}

/** Either an amount in one unit, or the units that would not add. */
export type QuantitySum = Quantity | MixedUnits;

/** A quantity that cannot be read. The message is a sentence that names text and unit. */
export class QuantityError extends RangeError {
  override readonly name = "QuantityError";
}

/**
 * Reads the decimal string of a reply: sign, digits, point, exponent. Beyond 12 decimals it rounds half to even.
 *
 * @throws QuantityError when the text is no decimal number, or one of absurd size.
 */
export function parseQuantity(text: string, unit: string): Quantity {
  try {
    return { units: parseDecimal(text, QUANTITY_DECIMALS), unit };
  } catch (cause) {
    const sentence = `${shown(text)} ${shown(unit)} is not a quantity: expected a decimal number such as 12.5 or 1E-7.`;
    throw new QuantityError(sentence, { cause });
  }
}

/**
 * Adds two amounts of the same unit exactly. Spellings of one unit are one unit (`GB-Mo` and `GB-Month`; the first
 * spelling stays). Where there was no usage Cost Explorer writes 0 `N/A`; that changes nothing. Units that differ become
 * {@link MixedUnits} and stay so.
 */
export function addQuantities(left: QuantitySum, right: QuantitySum): QuantitySum {
  if (isNothing(right)) return left;
  if (isNothing(left)) return right;
  if (isQuantity(left) && isQuantity(right) && sameUnit(left.unit, right.unit)) {
    return { units: left.units + right.units, unit: left.unit };
  }
  return { mixed: distinctUnits([...unitsOf(left), ...unitsOf(right)]) };
}

/** The sum of many, or `null` of none: without a quantity there is no unit. */
export function sumQuantities(quantities: Iterable<QuantitySum>): QuantitySum | null {
  let sum: QuantitySum | null = null;
  for (const quantity of quantities) sum = sum === null ? quantity : addQuantities(sum, quantity);
  return sum;
}

/** Tells an amount from units that would not add. */
export function isQuantity(sum: QuantitySum): sum is Quantity {
  return "unit" in sum;
}

/** The nearest JavaScript number, for JSON and parquet. Never for adding. */
export const quantityToNumber = ({ units }: Quantity): number => decimalNumber(units, QUANTITY_DECIMALS);

/** One spelling for units that AWS spells in several ways. */
export function plainUnit(unit: string): string {
  return unit
    .slice(0, 100)
    .toLowerCase()
    .replace(/[\s_-]+/g, "")
    .replace(/months?$|mos$/, "mo")
    .replace(/hours?$|hr$/, "hrs");
}

function sameUnit(left: string, right: string): boolean {
  return (
    left === right || (left.length <= 100 && right.length <= 100 && plainUnit(left) === plainUnit(right))
  );
}

function isNothing(sum: QuantitySum): boolean {
  return isQuantity(sum) && sum.units === 0n && (sum.unit === "N/A" || sum.unit === "");
}

function unitsOf(sum: QuantitySum): readonly string[] {
  return isQuantity(sum) ? [sum.unit] : sum.mixed;
}

function distinctUnits(units: readonly string[]): readonly string[] {
  const distinct: string[] = [];
  for (const unit of units) {
    if (!distinct.some((known) => sameUnit(known, unit))) distinct.push(unit);
  }
  return distinct.sort();
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
