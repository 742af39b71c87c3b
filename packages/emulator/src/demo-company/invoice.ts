import { firstDay, type Month } from "@dapanoskop/core/calendar";
import { divideHalfEven, type Money } from "@dapanoskop/core/money";
import type { Charge } from "@dapanoskop/core/source";
import type { CompanyDay } from "./company-day.ts";
import { labels, SHARED } from "./labels.ts";
import type { Meter } from "./meter.ts";
import { HOME, usageTypeIn } from "./price-list.ts";
import { creditCents } from "./stories.ts";
import { amortized, dollars } from "./usage.ts";

const CENT = 10n ** 10n;
const DOLLAR = 100n * CENT;

// The cost category has a rule for purchases of the whole company. Taxes and credits have no cost center.
const common = labels(null, SHARED, HOME);
const payer = labels(null, null, HOME);

/** Reservations without upfront payment: each month's hours are charged on the first, whether they are used or not. */
export function reservationFees(month: Month, days: number, meters: readonly Meter[]): readonly Charge[] {
  const reserved = new Map<string, { readonly meter: Meter; readonly instances: number }>();
  for (const meter of meters.filter(({ use }) => use.commitment === "reservation")) {
    const usageType = usageTypeIn(meter.region, {
      ...meter.item,
      usageType: `HeavyUsage:${meter.item.instanceType ?? ""}`,
    });
    const instances = (reserved.get(usageType)?.instances ?? 0) + meter.use.amount;
    reserved.set(usageType, { meter, instances });
  }
  return [...reserved].map(([usageType, { meter, instances }]) => {
    const hours = BigInt(24 * days * instances);
    return {
      day: firstDay(month),
      service: meter.item.service,
      usageType,
      chargeType: "RIFee",
      ...common,
      cost: dollars(hours * meter.committed * 10n ** BigInt(meter.decimals)),
      // Every reserved hour is used and includes its part of the fee, so no amortized cost remains here.
      costs: amortized(dollars(0n)),
      quantity: { units: hours * 10n ** 12n, unit: "Hrs" },
    };
  });
}

/** The promotional credit of a day for the new databases. Empty on most days. */
export function creditOn(day: CompanyDay, seed: number): readonly Charge[] {
  const cents = creditCents(seed, day);
  if (cents === 0) return [];
  return [
    {
      day: day.day,
      service: "Amazon Relational Database Service",
      usageType: "EUC1-InstanceUsage:db.r6g.xl",
      chargeType: "Credit",
      ...payer,
      cost: dollars(-BigInt(cents) * CENT),
      quantity: null,
    },
  ];
}

/** AWS Support (Business): a percentage of each tier of the month's usage, before credits and taxes. */
const supportSlices = [
  { upTo: 10_000n * DOLLAR, percent: 10n },
  { upTo: 80_000n * DOLLAR, percent: 7n },
  { upTo: 250_000n * DOLLAR, percent: 5n },
];

/** Dated on the first, for the whole month, as Cost Explorer shows it once the month is closed. */
export function supportFees(month: Month, usage: Money): readonly Charge[] {
  let from = 0n;
  return supportSlices.flatMap(({ upTo, percent }) => {
    const over = usage.units - upTo;
    const inSlice = upTo - from + (over < 0n ? over : 0n);
    from = upTo;
    if (inSlice <= 0n) return [];
    const spent = inSlice - (inSlice % CENT);
    return [
      {
        day: firstDay(month),
        service: "AWS Support (Business)",
        usageType: "Dollar",
        chargeType: "Usage",
        ...common,
        cost: dollars((spent * percent) / 100n),
        quantity: { units: spent, unit: "Dollar" },
      },
    ];
  });
}

/** Swiss VAT on all charges, in cents, dated on the first for the whole month. */
export function tax(month: Month, net: Money): Charge {
  return {
    day: firstDay(month),
    service: "Tax",
    usageType: "NoUsageType",
    chargeType: "Tax",
    ...payer,
    cost: dollars(divideHalfEven(net.units * 81n, 1_000n * CENT) * CENT),
    quantity: null,
  };
}

/** The total cost of charges. */
export function sumOf(charges: readonly Charge[]): Money {
  let units = 0n;
  for (const { cost } of charges) units += cost.units;
  return dollars(units);
}
