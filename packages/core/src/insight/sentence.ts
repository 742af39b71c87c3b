import type { Instant, Window } from "../calendar/index.ts";

/**
 * A sentence about a bill, in parts: our own words as strings, and apart from them the names from the bill and the
 * figures. Each output writes these in its own way: it makes names harmless, and it formats figures for its readers.
 */
export type Sentence = readonly SentencePart[];

export type SentencePart =
  | string
  | NamePart
  | AmountPart
  | ChangePercentPart
  | PercentPart
  | CountPart
  | WindowPart
  | InstantPart;

export interface NamePart {
  readonly kind: "name";
  /** As the bill has it: any string. */
  readonly name: string;
}

/** An amount that was rounded before: an integer count of 10^-`decimals`. */
export interface AmountPart {
  readonly kind: "amount";
  readonly count: bigint;
  readonly currency: string;
  readonly decimals: number;
  /** With a plus where it is positive. */
  readonly isSigned: boolean;
}

/** The percentage of a change, in tenths of a percent. */
export interface ChangePercentPart {
  readonly kind: "changePercent";
  readonly tenths: bigint;
}

/** A share in percent with one decimal. */
export interface PercentPart {
  readonly kind: "percent";
  readonly percentage: number;
}

export interface CountPart {
  readonly kind: "count";
  readonly count: number;
}

/** Days, the last one included: `Feb 1–7`. */
export interface WindowPart {
  readonly kind: "window";
  readonly window: Window;
}

export interface InstantPart {
  readonly kind: "instant";
  readonly instant: Instant;
}

/** How an output writes figures: the terminal plainly, the page in the manner of the reader's region. */
export interface FigureFormats {
  /** An integer count of 10^-`decimals` of the currency: `$1,240.50`. */
  units(count: bigint, currency: string, decimals?: number): string;
  /** The same with its sign: `+$800.00`, `−$120.00`. */
  signed(count: bigint, currency: string, decimals?: number): string;
  /** The percentage of a change, given in tenths: `+5.6 %`. */
  changePercent(tenths: bigint): string;
  /** `93.3 %`; `n/a` for `null`. */
  percent(percentage: number | null): string;
  count(value: number): string;
  /** `Feb 1–7`; says so where it is the whole month. */
  window(window: Window): string;
  instant(instant: Instant): string;
}

/** One part of a sentence as text. @param showName makes a name from the bill harmless where it is written */
export function partText(
  part: SentencePart,
  formats: FigureFormats,
  showName: (name: string) => string,
): string {
  if (typeof part === "string") return part;
  switch (part.kind) {
    case "name":
      return showName(part.name);
    case "amount":
      return part.isSigned
        ? formats.signed(part.count, part.currency, part.decimals)
        : formats.units(part.count, part.currency, part.decimals);
    case "changePercent":
      return formats.changePercent(part.tenths);
    case "percent":
      return formats.percent(part.percentage);
    case "count":
      return formats.count(part.count);
    case "window":
      return formats.window(part.window);
    case "instant":
      return formats.instant(part.instant);
  }
}

/** A whole sentence as text. @param showName makes a name from the bill harmless where it is written */
export const sentenceText = (
  sentence: Sentence,
  formats: FigureFormats,
  showName: (name: string) => string,
): string => sentence.map((part) => partText(part, formats, showName)).join("");

/** An amount that was rounded before, as a part of a sentence. */
export const amountPart = (count: bigint, currency: string, decimals = 2): AmountPart => ({
  kind: "amount",
  count,
  currency,
  decimals,
  isSigned: false,
});

/** A change of an amount, rounded before, as a part of a sentence. */
export const changePart = (count: bigint, currency: string, decimals = 2): AmountPart => ({
  ...amountPart(count, currency, decimals),
  isSigned: true,
});
