import { displayedParts, isZero, type Money, moneyText, rounded, sum } from "../money/index.ts";
import type { MonthFigures, Residual } from "./month-figures.ts";
import { monthText } from "./period-text.ts";
import { amountPart, type Sentence } from "./sentence.ts";

/** The three amounts of tagging coverage in cents, as they are displayed: they add up to the displayed total. */
export interface DisplayedCoverage {
  readonly tagged: bigint;
  readonly untagged: bigint;
  readonly untaggable: bigint;
}

export function displayedCoverage({
  tagged,
  untagged,
  untaggable,
}: MonthFigures["coverage"]): DisplayedCoverage {
  const parts = [tagged, untagged, untaggable];
  const [first = 0n, second = 0n, third = 0n] = displayedParts(rounded(sum(parts, tagged.currency)), parts);
  return { tagged: first, untagged: second, untaggable: third };
}

/** How much of the cost carries the tag, and what was left out of that share. */
export function coverageSentence(coverage: MonthFigures["coverage"]): Sentence {
  const { currency } = coverage.tagged;
  const { tagged, untagged, untaggable } = displayedCoverage(coverage);
  const share: Sentence =
    coverage.percentage === null
      ? ["Tagged: n/a, because no cost could carry a tag."]
      : [
          { kind: "percent", percentage: coverage.percentage },
          " of the cost that can carry a tag carries it: ",
          amountPart(tagged, currency),
          " tagged, ",
          amountPart(untagged, currency),
          " untagged.",
        ];
  if (isZero(coverage.untaggable)) return share;
  return [
    ...share,
    " ",
    amountPart(untaggable, currency),
    " of tax, fees or credits cannot carry a tag and is left out of that share.",
  ];
}

/** Whether the parts add up to the source's own total, and by how much they differ: of a file, to the sum of its rows. */
export function reconciliationSentence({
  reconciliation: { sourceTotal, difference, residuals },
  source,
}: Pick<MonthFigures, "reconciliation" | "source">): Sentence {
  const isFile = source !== null && source.kind !== "Cost Explorer";
  const rounding = isFile ? "rounding" : "rounding on AWS's side";
  const [subject, same] = isFile
    ? [
        "The sum of the bill's rows is ",
        "; cost centers, workloads and usage types each add up to it, to the last digit.",
      ]
    : ["AWS's own total is ", "; ours is the same, to the last digit."];
  const total: Sentence = [
    subject,
    amountPart(rounded(sourceTotal), sourceTotal.currency),
    isZero(difference) ? same : `; ours differs by ${exactText(difference)}, which ${rounding} explains.`,
  ];
  if (residuals.length === 0) return total;
  const views = residuals.length === 1 ? "One view differs" : `${residuals.length} views differ`;
  return [...total, ` ${views} by ${rounding}:`];
}

/** One view that differs by rounding: "usage types, March 2026: off by 0.0000000003 USD". */
export const residualSentence = ({ view, month, difference }: Residual): Sentence => [
  { kind: "name", name: view.replaceAll("_", " ") },
  `, ${monthText(month)}: off by ${exactText(difference)}`,
];

/** What the collection cost at AWS: "7 pages and 1 other request for $0.08". */
export function requestsSentence({ pages, other, price }: MonthFigures["requests"]): Sentence {
  const others: Sentence =
    other === 0 ? [] : [" and ", { kind: "count", count: other }, ` other request${other === 1 ? "" : "s"}`];
  return [
    { kind: "count", count: pages },
    ` page${pages === 1 ? "" : "s"}`,
    ...others,
    " for ",
    amountPart(rounded(price), price.currency),
  ];
}

/** An amount with all its digits: `0.0000000003 USD`. */
const exactText = (money: Money) => `${moneyText(money)} ${money.currency}`;
