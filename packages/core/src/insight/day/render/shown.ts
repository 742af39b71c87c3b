import { fit, visible } from "../../../text/index.ts";
import { changeAmountText, changeRemark } from "../../change.ts";
import { plainFigures } from "../../render/plain-figures.ts";
import { type Sentence, sentenceText } from "../../sentence.ts";
import type { DayPair } from "../day-section.ts";

/** The longest name, in columns: the same in every form, so that labels are the same. */
const NAME_COLUMNS = 48;

/** What mail and chat programs make a link of: the part that they look for. */
const LINKS = [
  [/:\/\//g, "[:]//"],
  [/\b(www)\./gi, "$1[.]"],
  [/\b(mailto|tel|sms|javascript|data|file):/gi, "$1[:]"],
] as const;

/**
 * A name from the bill as every form shows it: seen, short, with single spaces as HTML has them, and nothing that a program
 * makes a link of.
 */
export function shownName(name: string): string {
  const text = LINKS.reduce<string>(
    (all, [pattern, instead]) => all.replace(pattern, instead),
    visible(name, NAME_COLUMNS),
  );
  return fit(text.replace(/ {2,}/g, " ").trim(), NAME_COLUMNS).trim();
}

/** A sentence as one line of text. */
export const shownText = (sentence: Sentence): string => sentenceText(sentence, plainFigures, shownName);

/** The figures of a pair as every form shows them. */
export interface ShownPair {
  readonly label: string;
  /** `$1,234.50`, `+$234.50`, `unknown` */
  readonly amount: string;
  /** `+$234.50`, `unchanged`; empty where nothing is compared. */
  readonly change: string;
  /** `+23.5 %`, `new`; empty where a percentage would say nothing. */
  readonly remark: string;
}

export function shownPair({ label, cents, isSigned, change }: DayPair, currency: string): ShownPair {
  const isCompared = change !== null && change.direction !== "unknown";
  return {
    label: shownText(label),
    amount:
      cents === null
        ? "unknown"
        : isSigned
          ? plainFigures.signed(cents, currency)
          : plainFigures.units(cents, currency),
    change: isCompared ? changeAmountText(change, plainFigures) : "",
    remark: isCompared ? changeRemark(change, plainFigures) : "",
  };
}
