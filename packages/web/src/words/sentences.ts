import type { Change, Reason } from "@dapanoskop/dataset/report";
import type { Formats } from "./formats.ts";

/** A sentence whose names are kept apart: the page draws each in a `<bdi>` of its own, as a link. */
export type Sentence = readonly (string | Named | Figure)[];

export interface Named {
  readonly name: string;
}

/** A figure that no line may break. */
export interface Figure {
  readonly figure: string;
}

/**
 * "Up $1,240 (+5.6 %) against October 2026: ml-training +$900, backups +$410, web −$120, others +$50."
 * @param against what is compared with, in words
 */
export function reasonWords(
  change: Change,
  reason: Reason | null,
  against: string,
  formats: Formats,
): Sentence {
  if (change.difference === null || reason === null) {
    return [`What ${against} cost is unknown, so there is nothing to compare with.`];
  }
  const { currency } = change.difference;
  const parts = reason.parts.map(({ name, amount }): Sentence => {
    const figure = formats.signed(amount, currency, reason.decimals);
    return name === null ? ["others ", { figure }] : [{ name }, " ", { figure }];
  });
  const opening = openingWords(change, reason, currency, against, formats);
  if (parts.length === 0) return [`${opening}.`];
  return [`${opening}: `, ...parts.flatMap((part, at) => (at === 0 ? part : [", ", ...part])), "."];
}

function openingWords(
  change: Change,
  { amount, decimals }: Reason,
  currency: string,
  against: string,
  formats: Formats,
): string {
  if (change.direction === "unchanged") return `Unchanged against ${against}`;
  const text = formats.units(amount < 0n ? -amount : amount, currency, decimals);
  if (change.direction === "new") {
    return `${amount >= 0n ? "New" : "A credit"}: ${text}, against nothing in ${against}`;
  }
  const percent = formats.changePercent(change);
  return `${change.direction === "up" ? "Up" : "Down"} ${text}${percent === "" ? "" : ` (${percent})`} against ${against}`;
}

/** The sentence as plain text. */
export const spokenSentence = (sentence: Sentence, show: (name: string) => string): string =>
  sentence
    .map((part) => (typeof part === "string" ? part : "name" in part ? show(part.name) : part.figure))
    .join("");
