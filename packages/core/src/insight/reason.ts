import { displayedParts, type Money, magnitude, subtract, sum } from "../money/index.ts";
import { type Change, roundedChange, sentenceDecimals } from "./change.ts";
import type { ReportedCost } from "./reported-costs.ts";
import { amountPart, changePart, type Sentence, type SentencePart } from "./sentence.ts";

/** Workloads that a sentence names before it says "others". */
const NAMED = 3;

/**
 * Why the total changed, in one sentence: "Up $1,240 (+5.6 %) against Feb 1–7: ml-training +$900, backups +$410,
 * web −$120, others +$50." The amounts it names add up to the one it opens with; what rounds to nothing is left out.
 * @param movers largest change first
 * @param against the base period
 */
export function reasonSentence(
  change: Change,
  movers: readonly ReportedCost[],
  against: SentencePart,
): Sentence {
  const { difference } = change;
  if (difference === null)
    return ["What ", against, " cost is unknown, so there is nothing to compare with."];
  const decimals = sentenceDecimals(difference);
  const amount = roundedChange(difference, decimals);
  const parts = partsOf(difference, movers, amount, decimals);
  const opening = openingOf(change, amountPart(magnitude(amount), difference.currency, decimals), against);
  if (parts.length === 0) return [...opening, "."];
  return [...opening, ": ", ...parts.flatMap((part, at) => (at === 0 ? part : [", ", ...part])), "."];
}

function openingOf(
  { direction, difference, tenthsOfPercent }: Change,
  amount: SentencePart,
  against: SentencePart,
): Sentence {
  if (direction === "unchanged") return ["Unchanged against ", against];
  const isCredit = difference !== null && difference.units < 0n;
  if (direction === "new")
    return [isCredit ? "A credit: " : "New: ", amount, ", against nothing in ", against];
  const percent: Sentence =
    tenthsOfPercent === null ? [] : [" (", { kind: "changePercent", tenths: tenthsOfPercent }, ")"];
  return [direction === "up" ? "Up " : "Down ", amount, ...percent, " against ", against];
}

/** The largest movers, then the rest of the difference as "others": rounded so that they add up to `whole`. */
function partsOf(
  difference: Money,
  movers: readonly ReportedCost[],
  whole: bigint,
  decimals: number,
): readonly Sentence[] {
  const { currency } = difference;
  const named = movers
    .slice(0, NAMED)
    .flatMap(({ name, change }) =>
      change.difference === null ? [] : [{ name, difference: change.difference }],
    );
  const differences = named.map((part) => part.difference);
  const rest = subtract(difference, sum(differences, currency));
  const displayed = displayedParts(whole, [...differences, rest], decimals);
  return displayed.flatMap((count, at): readonly Sentence[] => {
    if (count === 0n) return [];
    const name = named[at]?.name;
    const amount = changePart(count, currency, decimals);
    return [name === undefined ? ["others ", amount] : [{ kind: "name", name }, " ", amount]];
  });
}
