import {
  type Plan,
  type PlanAllocation,
  type PlanDocument,
  type PlanPricing,
  planReport,
  readAndRedact,
} from "@dapanoskop/core/plan";

/** Reads plans: they are redacted before anything else, then priced. */
export interface PlanReader {
  /**
   * @param region of resources for which the plan decides none; `null`: nobody said it
   * @throws PlanError
   */
  read(bytes: Uint8Array, region: string | null): Promise<PricedPlan>;
}

/** A plan as it is shown and kept. */
export interface PricedPlan {
  readonly plan: Plan;
  readonly document: PlanDocument;
  /** The redacted plan's JSON: the only form of it that may be kept. */
  readonly redacted: Uint8Array;
  readonly pricing: PlanPricing;
  readonly allocation: PlanAllocation;
}

/** What plans are priced with, as it is published now. @param region as `PlanReader.read` takes it */
export type PlanPricesNow = (
  region: string | null,
) => Promise<{ readonly pricing: PlanPricing; readonly allocation: PlanAllocation }>;

export const planReader = (prices: PlanPricesNow): PlanReader => ({
  async read(bytes, region) {
    // What cannot be read needs no prices.
    const { plan, redacted } = await readAndRedact(bytes);
    const { pricing, allocation } = await prices(region);
    const document = planReport(plan, pricing, allocation);
    return { plan, document, redacted, pricing, allocation };
  },
});
