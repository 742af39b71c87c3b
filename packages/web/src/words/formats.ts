import {
  bytesInUnit,
  changePercentText,
  type FigureFormats,
  groupedDigits,
  MINUS,
} from "@dapanoskop/core/insight";
import { decimalText, type Money, magnitude, rounded } from "@dapanoskop/core/money";
import { makeDates } from "./dates.ts";
import type { Region } from "./region.ts";

/** Between a number and its unit no line breaks. */
const NBSP = "\u00a0";

type Exact = `${number}`;

/** Figures, months and days as text, in the manner of a reader's region. Days and months are UTC, wherever the reader is. */
export type Formats = ReturnType<typeof makeFormats>;

export function makeFormats(region: Region) {
  const numbers = new Map<string, Intl.NumberFormat>();

  function number(text: Exact | number, options: Intl.NumberFormatOptions): string {
    const name = JSON.stringify(options);
    const format = numbers.get(name) ?? new Intl.NumberFormat(region.numbers, options);
    numbers.set(name, format);
    return format.format(text);
  }

  /** An integer count of 10^-`decimals`, without its sign. */
  const sized = (size: bigint, decimals: number): string =>
    region.isPlain
      ? groupedDigits(size, decimals)
      : number(decimalText(size, decimals) as Exact, {
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        });

  const sizedMoney = (size: bigint, currency: string, decimals: number): string =>
    (region.isPlain ? plainAmount(size, currency, decimals) : null) ??
    number(decimalText(size, decimals) as Exact, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });

  /** Units that were rounded before: an integer count of 10^-`decimals`. */
  const units = (count: bigint, currency: string, decimals = 2): string =>
    `${count < 0n ? MINUS : ""}${sizedMoney(magnitude(count), currency, decimals)}`;

  const signed = (count: bigint, currency: string, decimals = 2): string =>
    `${count > 0n ? "+" : ""}${units(count, currency, decimals)}`;

  /** An amount to the cent: `$1,240.50`, `−$3.00`. */
  const money = (amount: Money): string => units(rounded(amount), amount.currency);

  /** An amount for an axis: `$20K`. */
  const shortMoney = (amount: number, currency: string): string =>
    `${amount < 0 ? MINUS : ""}${number(Math.abs(amount), {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      notation: Math.abs(amount) < 1000 ? "standard" : "compact",
      maximumSignificantDigits: 3,
    })}`;

  /** A price for one unit: as many digits as tell it from another. */
  const price = (amount: number, currency: string): string =>
    `${amount < 0 ? MINUS : ""}${number(Math.abs(amount), {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: Math.abs(amount) >= 1 ? 2 : 0,
      minimumSignificantDigits: Math.abs(amount) >= 1 ? undefined : 2,
      maximumSignificantDigits: Math.abs(amount) >= 1 ? undefined : 4,
    })}`;

  /** A share with one decimal: `93.3 %`; `n/a` where there is nothing to share. */
  const percent = (percentage: number | null): string =>
    percentage === null
      ? "n/a"
      : `${percentage < 0 ? MINUS : ""}${number(Math.abs(percentage), oneDecimal)}${NBSP}%`;

  /** The percentage of a change, given in tenths: `+5.6 %`. */
  const changePercent = (tenths: bigint): string =>
    changePercentText(tenths, (size) => sized(size, 1)).replaceAll(" ", NBSP);

  /** Bytes as AWS counts storage: a TB is 2^40 of them. */
  function bytes(count: number): string {
    const { size, unit, decimals } = bytesInUnit(count);
    const text = number(size, decimals === 0 ? { maximumFractionDigits: 0 } : twoDecimals);
    return `${count < 0 ? MINUS : ""}${text}${NBSP}${unit}`;
  }

  /** A count with thousands separators. */
  const count = (value: number): string => number(value, { maximumFractionDigits: 0 });

  /** A quantity of usage: as many digits as it deserves. */
  const quantity = (value: number): string => {
    const size = Math.abs(value);
    const digits = size >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
    return `${value < 0 ? MINUS : ""}${number(size, digits)}`;
  };

  /** Opens the browser's tables of numbers: on a slow machine that takes as long as drawing a part of the page. */
  function open(): null {
    count(0);
    return null;
  }

  return {
    open,
    ...makeDates(region.isMonthFirst),
    units,
    signed,
    money,
    shortMoney,
    price,
    percent,
    changePercent,
    bytes,
    count,
    quantity,
  } satisfies FigureFormats & Record<string, unknown>;
}

const oneDecimal: Intl.NumberFormatOptions = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const twoDecimals: Intl.NumberFormatOptions = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

/** Signs that English writes in front of an amount. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["USD", "$"],
  ["EUR", "€"],
  ["GBP", "£"],
]);

/** An amount as most readers of English write it: `$1,234.50`. `null` for a currency without an English sign of its own. */
function plainAmount(count: bigint, currency: string, decimals: number): string | null {
  const sign = SIGNS.get(currency);
  return sign === undefined ? null : `${sign}${groupedDigits(count, decimals)}`;
}
