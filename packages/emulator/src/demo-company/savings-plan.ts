import { negate } from "@dapanoskop/core/money";
import type { Charge } from "@dapanoskop/core/source";
import type { CompanyDay } from "./company-day.ts";
import { labels, SHARED } from "./labels.ts";
import { amortized, dollars } from "./usage.ts";

/**
 * A savings plan's own charges of a day. Covered usage has its on-demand price. AWS offsets it with a negation and
 * charges the commitment as one fee, which cannot be tagged. The plan is fully used: in amortized cost the covered usage
 * includes the fee, and negations and the fee are 0.
 */
export function savingsPlanOn(day: CompanyDay, usage: readonly Charge[]): readonly Charge[] {
  const covered = usage.filter(({ chargeType }) => chargeType === "SavingsPlanCoveredUsage");
  const commitment = covered.reduce((total, { costs }) => total + (costs?.AmortizedCost?.units ?? 0n), 0n);
  const negations = covered.map((charge) => ({
    ...charge,
    chargeType: "SavingsPlanNegation",
    cost: negate(charge.cost),
    costs: nothingAmortized,
    quantity: null,
  }));
  const fee = {
    ...common,
    day: day.day,
    service: "Savings Plans for AWS Compute usage",
    usageType: "ComputeSP:1yrNoUpfront",
    chargeType: "SavingsPlanRecurringFee",
    cost: dollars(commitment),
    costs: nothingAmortized,
    quantity: HOURS,
  };
  return [...negations, fee];
}

const common = labels(null, SHARED, "global");
const nothingAmortized = amortized(dollars(0n));
const HOURS = { units: 24n * 10n ** 12n, unit: "Hrs" };
