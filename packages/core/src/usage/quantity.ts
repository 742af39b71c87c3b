import { decimalNumber, parseDecimal } from "../money/index.ts";

/** Decimals of a quantity: as many as money has. */
const QUANTITY_DECIMALS = 12;

/** An amount of usage with the unit it was measured in: exact, 10^-12 of the unit at its finest. */
export interface Quantity {
  readonly units: bigint; // 10^-12 of `unit`
  readonly unit: string; // as Cost Explorer writes it: "Hrs", "GB-Mo", "Requests", "N/A"
}

/** A quantity that cannot be read. The message is a sentence that names text and unit. */
export class QuantityError extends RangeError {
  override readonly name = "QuantityError";
}

/**
 * Reads the decimal text of an answer: sign, digits, point, exponent. Beyond 12 decimals it rounds half to even.
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

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
