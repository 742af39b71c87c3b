import { windowText } from "../../calendar/index.ts";
import { type Money, magnitude, rounded } from "../../money/index.ts";
import { changePercentText, MINUS } from "../change.ts";
import { bytesInUnit, groupedDigits } from "../figure-digits.ts";
import { monthName } from "../period-text.ts";
import type { FigureFormats } from "../sentence.ts";

/** Figures as the terminal and JSON texts write them: the same on every machine. */
export const plainFigures: FigureFormats = {
  units: (count, currency, decimals = 2) =>
    `${count < 0n ? MINUS : ""}${symbol(currency)}${groupedDigits(magnitude(count), decimals)}`,
  signed: (count, currency, decimals = 2) =>
    `${count > 0n ? "+" : ""}${plainFigures.units(count, currency, decimals)}`,
  changePercent: (tenths) => changePercentText(tenths, (size) => groupedDigits(size, 1)),
  percent: (percentage) =>
    percentage === null ? "n/a" : `${percentage < 0 ? MINUS : ""}${Math.abs(percentage).toFixed(1)} %`,
  count: (value) => groupedDigits(BigInt(value), 0),
  window: windowText,
  instant: (at) =>
    `${monthName(at).slice(0, 3)} ${Number(at.slice(8, 10))}, ${at.slice(0, 4)}, ${at.slice(11, 16)} UTC`,
};

/** An amount to the cent: `$1,240.50`, `−$3.00`, `EUR 12.00`. What rounds to nothing has no sign. */
export const amountText = (money: Money): string => plainFigures.units(rounded(money), money.currency);

/** Bytes as AWS counts storage: a TB is 2^40 of them. */
export function bytesText(bytes: number): string {
  const { size, unit, decimals } = bytesInUnit(bytes);
  const hundredths = BigInt(Math.round(size * 10 ** decimals));
  return `${bytes < 0 ? MINUS : ""}${groupedDigits(hundredths, decimals)} ${unit}`;
}

// The dollar sign is AWS's own currency; any other is named by its code, because ¥ and $ mean several.
const symbol = (currency: string) => (currency === "USD" ? "$" : `${currency} `);
