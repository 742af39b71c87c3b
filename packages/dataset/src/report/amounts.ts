import { MONEY_DECIMALS, type Money, magnitude, rounded } from "@dapanoskop/core/money";

/** U+2212: as wide as the plus, and not taken for a hyphen. */
const MINUS = "−";

/** From here on, in whole units of the currency, a sentence leaves the cents out. */
const CENTS_END_AT = 100n * 10n ** BigInt(MONEY_DECIMALS);

/** An amount to the cent: `$1,240.50`, `−$3.00`, `EUR 12.00`. What rounds to nothing has no sign. */
export const amountText = (money: Money): string => roundedText(rounded(money), money.currency);

/** An amount to the cent with its sign in front, as a change reads: `+$800.00`, `−$120.00`. */
export const signedAmountText = (money: Money): string => signedText(rounded(money), money.currency);

/** Cents that were rounded before, together with others, so that they add up. */
export const roundedText = (units: bigint, currency: string, decimals = 2): string =>
  `${units < 0n ? MINUS : ""}${symbol(currency)}${digits(magnitude(units), decimals)}`;

export const signedText = (units: bigint, currency: string, decimals = 2): string =>
  `${units > 0n ? "+" : ""}${roundedText(units, currency, decimals)}`;

/** The decimals a sentence shows an amount with: none from 100 on, where cents only blur the picture. */
export const sentenceDecimals = (money: Money): number => (magnitude(money.units) >= CENTS_END_AT ? 0 : 2);

/** A percentage given in tenths: `56n` reads `+5.6 %`. */
export const signedTenthsText = (tenths: bigint): string =>
  `${tenths < 0n ? MINUS : "+"}${digits(magnitude(tenths), 1)} %`;

/** A share that was published with one decimal: `93.3 %`; `n/a` where there is nothing to share. */
export const percentageText = (percentage: number | null): string =>
  percentage === null ? "n/a" : `${percentage < 0 ? MINUS : ""}${Math.abs(percentage).toFixed(1)} %`;

/** Bytes as AWS counts storage: a TB is 2^40 of them. */
export function bytesText(bytes: number): string {
  const names = ["bytes", "KB", "MB", "GB", "TB", "PB", "EB"];
  let size = Math.abs(bytes);
  let at = 0;
  // 1,023.995 would read 1,024.00: it belongs to the next unit already.
  while (at < names.length - 1 && size >= (at === 0 ? 1024 : 1023.995)) {
    size /= 1024;
    at += 1;
  }
  const shown = at === 0 ? grouped(String(Math.round(size))) : groupedDecimal(size.toFixed(2));
  return `${bytes < 0 ? MINUS : ""}${shown} ${names[at] ?? ""}`;
}

/** A count with thousands separators. */
export const countText = (count: number): string => grouped(String(count));

// The dollar sign is AWS's own currency; any other is named by its code, because ¥ and $ mean several.
const symbol = (currency: string) => (currency === "USD" ? "$" : `${currency} `);

function digits(size: bigint, decimals: number): string {
  const text = size.toString().padStart(decimals + 1, "0");
  const whole = grouped(text.slice(0, text.length - decimals));
  return decimals === 0 ? whole : `${whole}.${text.slice(text.length - decimals)}`;
}

// Own grouping rather than Intl: the same text on every machine, and bigint of any length.
const grouped = (whole: string) => whole.replace(/\B(?=(\d{3})+$)/g, ",");

function groupedDecimal(text: string): string {
  const [whole = "", fraction = ""] = text.split(".");
  return `${grouped(whole)}.${fraction}`;
}
