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

/** The amortized costs of a charge. The company has no private discount, so the net amortized cost is the same. */
export const amortized = (cost: Money): NonNullable<Charge["costs"]> => ({
  AmortizedCost: cost,
  NetAmortizedCost: cost,
});

const nothing = dollars(0n);

/** Returns the charge of a meter for a day; `null` when its quantity is 0. */
export type Writer = (day: CompanyDay, incident: Incident | null) => Charge | null;

/** A writer for a meter. Values that are the same on every day are computed once. */
export function writerOf(meter: Meter): Writer {
  const { item, use, workload, region, price, committed } = meter;
  const service = item.service;
  const usageType = usageTypeIn(region, item);
  const quantityUnit = 10n ** BigInt(12 - meter.decimals);
  const labelsOf = new Map<CostCenter | null, Labels>();
  const labelsIn = (center: CostCenter | null) => {
    const existing = labelsOf.get(center);
    if (existing !== undefined) return existing;
    const { operation, instanceType } = item;
    const more = { ...(operation && { operation }), ...(instanceType && { instanceType }) };
    const made = labels(workload.app, center, region, more);
    labelsOf.set(center, made);
    return made;
  };
  // A bill has two hundred thousand charges, so a usual charge is one object literal and shares its labels.
  return (day, incident) => {
    const quantity = countOn(meter, day, incident);
    if (quantity === 0) return null;
    const count = BigInt(quantity);
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

/** All usage charges of a day. */
export function usageOn(day: CompanyDay, seed: number, writers: readonly Writer[]): readonly Charge[] {
  const incident = incidentOn(seed, day);
  const charges: Charge[] = [];
  for (const write of writers) {
    const charge = write(day, incident);
    if (charge !== null) charges.push(charge);
  }
  return charges;
}
