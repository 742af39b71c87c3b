import { plainUnit } from "../usage/index.ts";
import type { Rate, RateKey, RateSource, RateTier } from "./rate.ts";

/** Where rates come from, in this order: what the account paid, then AWS's list. */
export interface RateSources {
  readonly observed: RateSource | null;
  readonly list: RateSource | null;
}

/**
 * An observed rate is believed between these percentages of the list price. Below, a commitment or a free tier paid for part
 * of the usage: no published discount of AWS is larger than 72 % (Savings Plans, three years). Above, the usage type mixes
 * prices, such as Linux with Windows.
 */
const BELIEVED_PERCENT = { from: 25n, to: 105n };

/** Chooses the rate of a usage type in a unit; `null` where nobody knows it. */
export type RateChoice = (key: RateKey, unit: string) => Rate | null;

/** `chooseRate`, once for each usage type: a plan has many resources of few. */
export function rateChoice(sources: RateSources, currency: string): RateChoice {
  const known = new Map<string, Rate | null>();
  return (key, unit) => {
    const name = `${key.service} ${key.region} ${key.operation} ${unit} ${key.usageFamily}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const rate = chooseRate(sources, key, { unit, currency });
    known.set(name, rate);
    return rate;
  };
}

/**
 * The rate of a usage type: what the account paid where that is believed, else the list price, else the observed rate where
 * no list price is known. `null` where nobody knows it in this unit and currency.
 */
export function chooseRate(
  { observed, list }: RateSources,
  key: RateKey,
  { unit, currency }: { readonly unit: string; readonly currency: string },
): Rate | null {
  const usable = (source: RateSource | null) => {
    const rate = source?.rateOf(key) ?? null;
    const isSame = rate !== null && plainUnit(rate.unit) === plainUnit(unit);
    return isSame && rate.tiers[0].cost.currency === currency ? rate : null;
  };
  const own = usable(observed);
  const listed = usable(list);
  if (own === null || listed === null) return own ?? listed;
  return isBelieved(own.tiers[0], listed.tiers) ? own : listed;
}

function isBelieved(own: RateTier, listed: readonly RateTier[]): boolean {
  const priced = listed.filter(({ cost }) => cost.units > 0n);
  const isAtLeast = priced.some((tier) =>
    percentOf(own, tier, (mine, theirs) => mine >= theirs * BELIEVED_PERCENT.from),
  );
  const isAtMost = priced.some((tier) =>
    percentOf(own, tier, (mine, theirs) => mine <= theirs * BELIEVED_PERCENT.to),
  );
  return isAtLeast && isAtMost;
}

/** Compares 100 × one fraction with another, without dividing. */
const percentOf = (own: RateTier, tier: RateTier, compare: (mine: bigint, theirs: bigint) => boolean) =>
  compare(100n * own.cost.units * tier.quantity, tier.cost.units * own.quantity);
