import { add, type Money } from "../money/index.ts";
import { categorise } from "../usage/index.ts";

/** One row of the workload × charge type answer. */
export interface ChargeTypeCost {
  readonly workload: string | null;
  /** Cost Explorer's RECORD_TYPE: `Usage`, `Tax`, `Credit`, … */
  readonly chargeType: string;
  readonly cost: Money;
}

/** What a charge type is to a reader. Usage contains the discounts that reduce it. */
export const chargeKinds = ["usage", "fee", "support", "tax", "refund", "credit"] as const;
export type ChargeKind = (typeof chargeKinds)[number];

/** The first row whose words a charge type contains. By words: real bills have charge types that the documentation omits. */
const KINDS: readonly (readonly [kind: ChargeKind, words: RegExp])[] = [
  ["credit", /credit/i],
  ["refund", /refund/i],
  ["tax", /tax/i],
  ["support", /support/i],
  ["fee", /fee\b|fee$|out-of-cycle|^(?:upfront|recurring)\b/i],
];

export function chargeKindOf(chargeType: string): ChargeKind {
  return KINDS.find(([, words]) => words.test(chargeType))?.[0] ?? "usage";
}

/**
 * Whether charges of this type could carry a tag. Discounts follow the usage that they reduce; what is billed to the
 * account as a whole does not, whether or not it carries a tag.
 */
export const isTaggable = (chargeType: string): boolean => chargeKindOf(chargeType) === "usage";

/** The charge type of a support plan that is billed as usage: such a plan shows in its service alone. */
export const SUPPORT = "Support";

/** Whether a service is a support plan: its charges are charges to the account, of whatever charge type. */
export const isSupportPlan = (service: string): boolean => categorise(service, "").rule === "premium-support";

/** The cost of each charge type. Together they are a period's total. */
export type ChargeTypeCosts = ReadonlyMap<string, Money>;

export function costByChargeType(rows: readonly ChargeTypeCost[]): ChargeTypeCosts {
  const costs = new Map<string, Money>();
  for (const { chargeType, cost } of rows) {
    const before = costs.get(chargeType);
    costs.set(chargeType, before === undefined ? cost : add(before, cost));
  }
  return costs;
}
