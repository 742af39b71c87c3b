import { type Money, magnitude, subtract, sum } from "@dapanoskop/core/money";
import { roundedText, sentenceDecimals, signedText } from "./amounts.ts";
import { type Change, changePercentText, roundedChange } from "./change.ts";
import type { Mover } from "./movers.ts";
import { roundToWhole } from "./rounding.ts";
import type { Words } from "./words.ts";

/** Workloads that a sentence names before it says "others". */
const NAMED = 3;

/**
 * Why the total changed, before it is put into words: rounded, and each named amount a part of the whole.
 * The amounts of `parts` add up to `amount`; what rounds to nothing is left out.
 */
export interface Reason {
  /** Decimals that every amount here was rounded to: 2, or 0 where cents only blur the picture. */
  readonly decimals: number;
  /** The whole difference with its sign, as an integer count of 10^-`decimals`. */
  readonly amount: bigint;
  /** The largest movers, largest first, then the rest of them under the name `null`. */
  readonly parts: readonly { readonly name: string | null; readonly amount: bigint }[];
}

/** The reason for a change; `null` when it is unknown what to compare with. */
export function reasonOf({ difference }: Change, movers: readonly Mover[]): Reason | null {
  if (difference === null) return null;
  const decimals = sentenceDecimals(difference);
  const amount = roundedChange(difference, decimals);
  return { decimals, amount, parts: partsOf(difference, movers, amount, decimals) };
}

/**
 * Why the total changed, in one sentence: "Up $1,240 (+5.6 %) against Feb 1–7: ml-training +$900, backups +$410,
 * web −$120, others +$50." The amounts it names add up to the one it opens with.
 * @param against the comparison's period in words
 */
export function reasonSentence(change: Change, movers: readonly Mover[], against: string): Words {
  const reason = reasonOf(change, movers);
  if (change.difference === null || reason === null) {
    return [`What ${against} cost is unknown, so there is nothing to compare with.`];
  }
  const opening = openingOf(change, reason, change.difference.currency, against);
  const { currency } = change.difference;
  const parts = reason.parts.map(({ name, amount }): Words => {
    const text = signedText(amount, currency, reason.decimals);
    return name === null ? [`others ${text}`] : [{ name }, ` ${text}`];
  });
  if (parts.length === 0) return [`${opening}.`];
  return [`${opening}: `, ...parts.flatMap((part, at) => (at === 0 ? part : [", ", ...part])), "."];
}

function openingOf(change: Change, { amount, decimals }: Reason, currency: string, against: string): string {
  if (change.direction === "unchanged") return `Unchanged against ${against}`;
  const text = roundedText(magnitude(amount), currency, decimals);
  if (change.direction === "new") {
    return `${amount >= 0n ? "New" : "A credit"}: ${text}, against nothing in ${against}`;
  }
  const percent = changePercentText(change);
  const direction = change.direction === "up" ? "Up" : "Down";
  return `${direction} ${text}${percent === "" ? "" : ` (${percent})`} against ${against}`;
}

/** The largest movers and the rest of the difference, rounded together; what rounds to nothing is left out. */
function partsOf(
  difference: Money,
  movers: readonly Mover[],
  whole: bigint,
  decimals: number,
): Reason["parts"] {
  const named = movers
    .slice(0, NAMED)
    .flatMap(({ name, change }) =>
      change.difference === null ? [] : [{ name, difference: change.difference }],
    );
  const rest = subtract(
    difference,
    sum(
      named.map((part) => part.difference),
      difference.currency,
    ),
  );
  const shown = roundToWhole([...named.map((part) => part.difference), rest], whole, decimals);
  return [...named.map(({ name }) => name), null]
    .map((name, at) => ({ name, amount: shown[at] ?? 0n }))
    .filter(({ amount }) => amount !== 0n);
}
