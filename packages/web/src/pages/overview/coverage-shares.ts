import { displayedCoverage, type MonthFigures } from "@dapanoskop/core/insight";
import { type Money, moneyNumber } from "@dapanoskop/core/money";
import type { Share } from "../../chart/share-geometry.ts";

/** A part of the month's cost by tagging. */
export interface CoverageShare extends Share {
  readonly label: string;
  readonly cost: Money;
  /** In cents as it is displayed: the three shares add up to the displayed total. */
  readonly displayed: bigint;
}

/** The month's cost by tagging: tagged, untagged, and what cannot be tagged. Together they are the total. */
export function coverageShares(coverage: MonthFigures["coverage"]): readonly CoverageShare[] {
  const displayed = displayedCoverage(coverage);
  return [
    { tone: 1, label: "Tagged", cost: coverage.tagged, displayed: displayed.tagged },
    { tone: 3, label: "Untagged", cost: coverage.untagged, displayed: displayed.untagged },
    { tone: 7, label: "Cannot be tagged", cost: coverage.untaggable, displayed: displayed.untaggable },
  ].map((share) => ({ ...share, amount: moneyNumber(share.cost) }));
}
