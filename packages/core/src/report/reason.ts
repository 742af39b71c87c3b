import { type Money, magnitude, subtract, sum } from "../money/index.ts";
import { roundedText, sentenceDecimals, signedText } from "./amounts.ts";
import { type Change, changePercentText, roundedChange } from "./change.ts";
import type { Mover } from "./movers.ts";
import { roundToWhole } from "./rounding.ts";
import type { Words } from "./words.ts";

/** Workloads that a sentence names before it says "others". */
const NAMED = 3;

/**
 * Why the total changed, in one sentence: "Up $1,240 (+5.6 %) against Feb 1–7: ml-training +$900, backups +$410,
 * web −$120, others +$50." The amounts it names add up to the one it opens with.
 * @param against the comparison's period in words
 */
export function reasonSentence(change: Change, movers: readonly Mover[], against: string): Words {
  if (change.difference === null) {
    return [`What ${against} cost is unknown, so there is nothing to compare with.`];
  }
  const opening = openingOf(change, change.difference, against);
  const parts = namedParts(change.difference, movers);
  if (parts.length === 0) return [`${opening}.`];
  return [`${opening}: `, ...parts.flatMap((part, at) => (at === 0 ? part : [", ", ...part])), "."];
}

function openingOf(change: Change, difference: Money, against: string): string {
  if (change.direction === "unchanged") return `Unchanged against ${against}`;
  const decimals = sentenceDecimals(difference);
  const amount = roundedText(magnitude(roundedChange(difference, decimals)), difference.currency, decimals);
  if (change.direction === "new") {
    return `${difference.units > 0n ? "New" : "A credit"}: ${amount}, against nothing in ${against}`;
  }
  const percent = changePercentText(change);
  const direction = change.direction === "up" ? "Up" : "Down";
  return `${direction} ${amount}${percent === "" ? "" : ` (${percent})`} against ${against}`;
}

/** The largest movers and the rest of the difference, rounded together; what rounds to nothing is left out. */
function namedParts(difference: Money, movers: readonly Mover[]): readonly Words[] {
  const named = movers
    .slice(0, NAMED)
    .flatMap(({ name, change }) =>
      change.difference === null ? [] : [{ name, difference: change.difference }],
    );
  const decimals = sentenceDecimals(difference);
  const rest = subtract(
    difference,
    sum(
      named.map((part) => part.difference),
      difference.currency,
    ),
  );
  const shown = roundToWhole(
    [...named.map((part) => part.difference), rest],
    roundedChange(difference, decimals),
    decimals,
  );
  const parts = named.map(
    ({ name }, at): Words => [{ name }, ` ${signedText(shown[at] ?? 0n, difference.currency, decimals)}`],
  );
  const others = shown.at(-1) ?? 0n;
  return [
    ...parts.filter((_, at) => shown[at] !== 0n),
    ...(others === 0n ? [] : [[`others ${signedText(others, difference.currency, decimals)}`]]),
  ];
}
