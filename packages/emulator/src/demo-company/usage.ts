import type { Money } from "@dapanoskop/core/money";
import type { Charge } from "@dapanoskop/core/source";
import type { CompanyDay } from "./company-day.ts";
import { centerOn, type Labels, labels } from "./labels.ts";
import { countOn, type Meter } from "./meter.ts";
import { usageTypeIn } from "./price-list.ts";
import { type Incident, incidentOn } from "./stories.ts";
import type { CostCenter } from "./workload.ts";

export const CURRENCY = "USD";

export const dollars = (units: bigint): Money => ({ units, currency: CURRENCY });

/** What amortization makes of a cost. Nobody gave this company a private discount, so net is the same. */
export const amortized = (cost: Money): NonNullable<Charge["costs"]> => ({
  AmortizedCost: cost,
  NetAmortizedCost: cost,
});

const nothing = dollars(0n);

/** Writes what a meter charges for a day; `null` when it took nothing. */
export type Writer = (day: CompanyDay, incident: Incident | null) => Charge | null;

/** A writer for a meter: all that stays the same from day to day is made once. */
export function writerOf(meter: Meter): Writer {
  const { item, use, workload, region, price, committed } = meter;
  const service = item.service;
  const usageType = usageTypeIn(region, item);
  const quantityUnit = 10n ** BigInt(12 - meter.decimals);
  const labelsOf = new Map<CostCenter | null, Labels>();
  const labelsIn = (center: CostCenter | null) => {
    const known = labelsOf.get(center);
    if (known !== undefined) return known;
    const { operation, instanceType } = item;
    const more = { ...(operation && { operation }), ...(instanceType && { instanceType }) };
    const made = labels(workload.app, center, region, more);
    labelsOf.set(center, made);
    return made;
  };
  // A bill has two hundred thousand of these: the usual charge is one literal, and its labels are shared.
  return (day, incident) => {
    const taken = countOn(meter, day, incident);
    if (taken === 0) return null;
    const count = BigInt(taken);
    const { dimensions, tags, costCategories } = labelsIn(use.center ?? centerOn(workload.center, day));
    const usage: Charge = {
      day: day.day,
      service,
      usageType,
      chargeType: "Usage",
      dimensions,
      tags,
      costCategories,
      cost: dollars(count * price),
      quantity: { units: count * quantityUnit, unit: item.unit },
    };
    if (use.commitment === undefined) return usage;
    const costs = amortized(dollars(count * committed));
    return use.commitment === "reservation"
      ? { ...usage, chargeType: "DiscountedUsage", cost: nothing, costs }
      : { ...usage, chargeType: "SavingsPlanCoveredUsage", costs };
  };
}

/** All charges for what a day used. */
export function usageOn(day: CompanyDay, seed: number, writers: readonly Writer[]): readonly Charge[] {
  const incident = incidentOn(seed, day);
  const charges: Charge[] = [];
  for (const write of writers) {
    const charge = write(day, incident);
    if (charge !== null) charges.push(charge);
  }
  return charges;
}
