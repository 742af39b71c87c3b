import type { Bill, Charge } from "@dapanoskop/core/source";

/** What tests ask of a bill. Dollars as doubles are for comparing sizes; exact tests add units. */

export const monthOfCharge = ({ day }: Charge) => day.slice(0, 7);
export const appOf = ({ tags }: Charge) => tags.get("App") ?? null;
export const centerOf = ({ costCategories }: Charge) => costCategories.get("CostCenter") ?? null;

/** The sum of the cost of the charges that fit, in units of 10^-12. */
export function unitsOf(bill: Bill, fits: (charge: Charge) => boolean): bigint {
  let units = 0n;
  for (const charge of bill.charges) if (fits(charge)) units += charge.cost.units;
  return units;
}

/** Cost in dollars by key, keys in the bill's order. */
export function costBy<Key>(bill: Bill, keyOf: (charge: Charge) => Key, fits = (_: Charge) => true) {
  return sumBy(bill, keyOf, fits, ({ cost }) => cost.units);
}

/** Usage quantity by key. */
export function quantityBy<Key>(bill: Bill, keyOf: (charge: Charge) => Key, fits = (_: Charge) => true) {
  return sumBy(bill, keyOf, fits, ({ quantity }) => quantity?.units ?? 0n);
}

/** The different values of each key. */
export function distinctBy<Key, Value>(
  bill: Bill,
  keyOf: (charge: Charge) => Key,
  tellOf: (charge: Charge) => Value,
): ReadonlyMap<Key, ReadonlySet<Value>> {
  const values = new Map<Key, Set<Value>>();
  for (const charge of bill.charges) {
    const key = keyOf(charge);
    const known = values.get(key);
    if (known === undefined) values.set(key, new Set([tellOf(charge)]));
    else known.add(tellOf(charge));
  }
  return values;
}

function sumBy<Key>(
  bill: Bill,
  keyOf: (charge: Charge) => Key,
  fits: (charge: Charge) => boolean,
  unitsIn: (charge: Charge) => bigint,
): ReadonlyMap<Key, number> {
  const sums = new Map<Key, bigint>();
  for (const charge of bill.charges) {
    if (!fits(charge)) continue;
    const key = keyOf(charge);
    sums.set(key, (sums.get(key) ?? 0n) + unitsIn(charge));
  }
  return new Map([...sums].map(([key, units]) => [key, Number(units) / 1e12]));
}
