/** An exact amount: integer units of 10^-12 of one currency. Euros do not compile against dollars. */
export interface Money<Currency extends string = string> {
  readonly units: bigint;
  readonly currency: Currency;
}

/** Decimals of an amount; Cost Explorer answers with at most ten, parquet and JSON carry up to twelve. */
export const MONEY_DECIMALS = 12;

export const zero = <C extends string>(currency: C): Money<C> => ({ units: 0n, currency });

export function add<C extends string>(a: Money<C>, b: Money<C>): Money<C> {
  return { units: a.units + sameCurrency(a, b).units, currency: a.currency };
}

export function subtract<C extends string>(a: Money<C>, b: Money<C>): Money<C> {
  return { units: a.units - sameCurrency(a, b).units, currency: a.currency };
}

export function negate<C extends string>(a: Money<C>): Money<C> {
  return { units: -a.units, currency: a.currency };
}

/** The sum of many amounts, in `currency` also when there are none. */
export function sum<C extends string>(amounts: Iterable<Money<C>>, currency: C): Money<C> {
  let total = zero(currency);
  for (const amount of amounts) total = add(total, amount);
  return total;
}

export function compare<C extends string>(a: Money<C>, b: Money<C>): number {
  sameCurrency(a, b);
  return a.units < b.units ? -1 : a.units > b.units ? 1 : 0;
}

export const isZero = (a: Money) => a.units === 0n;

export const magnitude = (units: bigint) => (units < 0n ? -units : units);

function sameCurrency<C extends string>(a: Money<C>, b: Money<C>): Money<C> {
  if (a.currency !== b.currency) {
    throw new TypeError(`Amounts in ${a.currency} and ${b.currency} cannot be combined.`);
  }
  return b;
}
