import type { Day } from "../../calendar/index.ts";
import type { Money } from "../../money/index.ts";
import { parseUsageType, plainUnit, type Quantity } from "../../usage/index.ts";
import { plainUsageFamily } from "../plain-usage-family.ts";
import type { Rate, RateKey, RateSource } from "../rate.ts";
import type { ComparableUsage } from "../usage-values.ts";
import { billingRegion } from "./billing-region.ts";
import { priceListService } from "./price-list-service.ts";

/** What a service's usage type cost on a day, as the published dataset has it. */
export interface ServiceUsageRow {
  readonly day: Day;
  /** As the bill names it: `EC2 - Other`. */
  readonly service: string;
  readonly usageType: string;
  readonly cost: Money;
  /** `null` where the bill has none, or several units. */
  readonly quantity: Quantity | null;
}

/** What the account paid and used. */
export interface ObservedPricing {
  readonly rates: RateSource;
  readonly comparable: ComparableUsage;
}

/** A rate of fewer days is not used: a single day may be partial, or a correction. */
const FEWEST_DAYS = 3;

/** A rate of less is not used, in 10^-12 of the currency: a bill's ten decimals must not decide it. */
const SMALLEST_COST = 10n ** 10n;

/** Operations that do not have a price of their own beside the usage type's. A bill by usage type does not tell the others apart. */
const PLAIN_OPERATIONS: ReadonlySet<string> = new Set(["RunInstances"]);

/**
 * Rates and usage from the days of a bill. A rate is cost ÷ quantity of a service's usage type in a region, over the days on
 * which both are positive: a credit, a refund or a day without a charge is no price. It has one unit, that of the newest day. It
 * is not used with fewer than three days or less than a cent. Savings Plans and reserved instances are in it as the bill's metric
 * has them.
 * @param rows of complete days, in any order
 */
export function observedPricing(rows: Iterable<ServiceUsageRow>): ObservedPricing {
  const observed = new Map<string, Observation>();
  const keyOf = usageKeys();
  const all = [...rows].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  for (const row of all) {
    if (row.quantity === null || row.quantity.units <= 0n) continue;
    const key = keyOf(row.service, row.usageType);
    if (key === null) continue;
    const known = observed.get(key);
    if (known === undefined) observed.set(key, observation(row, row.quantity));
    else known.add(row, row.quantity);
  }
  return { rates: observedRates(observed), comparable: comparableUsage(observed) };
}

/** The key of a row's usage type. Bills repeat the same few names on every day. */
function usageKeys() {
  const known = new Map<string, string | null>();
  return (name: string, usageType: string): string | null => {
    const both = JSON.stringify([name, usageType]);
    const found = known.get(both);
    if (found !== undefined) return found;
    const { regions, family } = parseUsageType(usageType);
    const [service, region] = [priceListService(name), billingRegion(regions)];
    const key = service === null || region === null ? null : keyText(service, region, family);
    known.set(both, key);
    return key;
  };
}

const keyText = (service: string, region: string, family: string) =>
  JSON.stringify([service, region, plainUsageFamily(family)]);

/** What is known of one usage type. Quantities in 10^-12 of the unit. */
class Observation {
  readonly unit: string;
  /** Of the days with a cost. */
  cost: Money;
  paidQuantity = 0n;
  /** Of every day. */
  quantity = 0n;
  readonly paidDays = new Set<Day>();
  readonly days = new Set<Day>();

  constructor(unit: string, currency: string) {
    this.unit = unit;
    this.cost = { units: 0n, currency };
  }

  add({ day, cost }: ServiceUsageRow, { units, unit }: Quantity): void {
    if (plainUnit(unit) !== plainUnit(this.unit)) return;
    this.quantity += units;
    this.days.add(day);
    if (cost.units <= 0n || cost.currency !== this.cost.currency) return;
    this.cost = { units: this.cost.units + cost.units, currency: cost.currency };
    this.paidQuantity += units;
    this.paidDays.add(day);
  }
}

function observation(row: ServiceUsageRow, quantity: Quantity): Observation {
  const made = new Observation(quantity.unit, row.cost.currency);
  made.add(row, quantity);
  return made;
}

const observedRates = (observed: ReadonlyMap<string, Observation>): RateSource => ({
  rateOf({ service, usageFamily, region, operation }: RateKey): Rate | null {
    if (operation !== null && !PLAIN_OPERATIONS.has(operation)) return null;
    // A usage type without a region code is of us-east-1, or of a service that has no regions.
    const regions = region === "global" ? ["global", "us-east-1"] : [region];
    for (const one of regions) {
      const rate = rateOfObservation(observed.get(keyText(service, one, usageFamily)));
      if (rate !== null) return rate;
    }
    return null;
  },
});

function rateOfObservation(observed: Observation | undefined): Rate | null {
  if (observed === undefined) return null;
  const { unit, cost, paidQuantity, paidDays } = observed;
  if (paidDays.size < FEWEST_DAYS || cost.units < SMALLEST_COST) return null;
  const through = [...paidDays].reduce((latest, day) => (day > latest ? day : latest));
  return {
    unit,
    tiers: [{ from: 0n, cost, quantity: paidQuantity }],
    origin: { kind: "observed", through, days: paidDays.size },
  };
}

const comparableUsage = (observed: ReadonlyMap<string, Observation>): ComparableUsage => ({
  perHour({ service, region, usageFamily, unit, hoursFamily }) {
    const used = observed.get(keyText(service, region, usageFamily));
    const hours = observed.get(keyText(service, region, hoursFamily));
    if (used === undefined || hours === undefined) return null;
    const isKnown =
      plainUnit(used.unit) === plainUnit(unit) &&
      plainUnit(hours.unit) === plainUnit("Hrs") &&
      used.days.size >= FEWEST_DAYS &&
      hours.days.size >= FEWEST_DAYS;
    return isKnown ? { usage: used.quantity, hours: hours.quantity } : null;
  },
});
