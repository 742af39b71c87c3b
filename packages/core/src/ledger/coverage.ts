import { divideHalfEven, type Money } from "../money/index.ts";
import { type ChargeTypeCost, isTaggable } from "./charge-types.ts";

/** How much of the spend carries the workload tag. The three parts sum to the total; each may be negative. */
export interface TaggingCoverage {
  /** Charges of taggable types that carry the tag. */
  readonly tagged: Money;
  /** The rest: charges of taggable types that do not carry it. */
  readonly untagged: Money;
  /** What cannot carry a tag, whether or not it does: tax, fees, credits, refunds, support. */
  readonly untaggable: Money;
  /** tagged / (tagged + untagged) in percent, one decimal; `null` when there is nothing to tag. */
  readonly percentage: number | null;
}

/** @param total the period's total: what AWS rounds between the two answers is untagged */
export function taggingCoverage(rows: readonly ChargeTypeCost[], total: Money): TaggingCoverage {
  let tagged = 0n;
  let untaggable = 0n;
  for (const { workload, chargeType, cost } of rows) {
    if (!isTaggable(chargeType)) untaggable += cost.units;
    else if (workload !== null) tagged += cost.units;
  }
  const untagged = total.units - tagged - untaggable;
  const money = (units: bigint): Money => ({ units, currency: total.currency });
  return {
    tagged: money(tagged),
    untagged: money(untagged),
    untaggable: money(untaggable),
    percentage: percentageOf(tagged, tagged + untagged),
  };
}

/** `part` of `whole` in percent with one decimal; `null` of nothing. */
export function percentageOf(part: bigint, whole: bigint): number | null {
  if (whole === 0n) return null;
  const tenths = whole > 0n ? divideHalfEven(part * 1_000n, whole) : divideHalfEven(-part * 1_000n, -whole);
  return Number(tenths) / 10;
}
