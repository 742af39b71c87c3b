import { type Money, moneyNumber } from "@dapanoskop/core/money";
import type { Message } from "@dapanoskop/dataset/report";
import type { Share } from "../../chart/share-geometry.ts";

/** A part of the month's cost by tagging. */
export interface CoverageShare extends Share {
  readonly label: string;
  readonly cost: Money;
}

/** The month's cost by tagging: tagged, untagged, and what cannot be tagged. Together they are the total. */
export const coverageShares = ({
  tagged,
  untagged,
  untaggable,
}: Message["coverage"]): readonly CoverageShare[] =>
  [
    { tone: 1, label: "Tagged", cost: tagged },
    { tone: 3, label: "Untagged", cost: untagged },
    { tone: 7, label: "Cannot be tagged", cost: untaggable },
  ].map((share) => ({ ...share, amount: moneyNumber(share.cost) }));
