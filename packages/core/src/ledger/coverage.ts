import { divideHalfEven, type Money, zero } from "../money/index.ts";
import { categorise } from "../usage/index.ts";
import { type Allocation, costByWorkload } from "./allocation.ts";

/** One row of the service × charge type answer. */
export interface ChargeTypeCost {
  readonly service: string;
  readonly chargeType: string;
  readonly cost: Money;
}

/** How much of the spend carries the workload tag. The three parts sum to the total. */
export interface TaggingCoverage {
  readonly tagged: Money;
  readonly untagged: Money;
  /** What cannot carry a tag: tax, credits, refunds, support, fees. */
  readonly untaggable: Money;
  /** tagged / (tagged + untagged) in percent, one decimal, within 0 and 100; `null` when there is nothing to tag. */
  readonly percentage: number | null;
}

export function taggingCoverage(
  allocation: Allocation,
  chargeTypes: readonly ChargeTypeCost[],
  currency: string,
): TaggingCoverage {
  let tagged = 0n;
  let rest = 0n;
  for (const [workload, { units }] of costByWorkload(allocation)) {
    if (workload === null) rest += units;
    else tagged += units;
  }
  const untaggable = chargeTypes.reduce(
    (total, row) => (isTaggable(row) ? total : total + row.cost.units),
    0n,
  );
  const untagged = rest - untaggable;
  const money = (units: bigint): Money => ({ ...zero(currency), units });
  return {
    tagged: money(tagged),
    untagged: money(untagged),
    untaggable: money(untaggable),
    percentage: percentageOf(tagged, tagged + untagged),
  };
}

/**
 * Whether a charge could have carried a tag. Discounts follow the usage that they reduce; what AWS bills to the
 * account as a whole does not. A deny list by words: real bills contain charge types that the documentation omits.
 */
export function isTaggable({ service, chargeType }: Pick<ChargeTypeCost, "service" | "chargeType">): boolean {
  if (/tax|credit|refund|support|fee\b|fee$|out-of-cycle/i.test(chargeType)) return false;
  return categorise(service, "").category !== "Support";
}

/** `part` of `whole` in percent with one decimal, kept within 0 and 100; `null` of nothing. */
export function percentageOf(part: bigint, whole: bigint): number | null {
  if (whole === 0n) return null;
  const tenths = whole > 0n ? divideHalfEven(part * 1_000n, whole) : divideHalfEven(-part * 1_000n, -whole);
  return Math.min(100, Math.max(0, Number(tenths) / 10));
}
