import type { Bill, Charge } from "@dapanoskop/core/source";

/** Sums of a bill's charges for tests. Doubles in dollars are for comparing sizes; exact tests add units. */

export const monthOfCharge = ({ day }: Charge) => day.slice(0, 7);
export const appOf = ({ tags }: Charge) => tags.get("App") ?? null;
export const centerOf = ({ costCategories }: Charge) => costCategories.get("CostCenter") ?? null;

/** The sum of the cost of the matching charges, in units of 10^-12. */
export function unitsOf(bill: Bill, matches: (charge: Charge) => boolean): bigint {
  let units = 0n;
  for (const charge of bill.charges) if (matches(charge)) units += charge.cost.units;
  return units;
}

/** Cost in dollars by key, keys in the bill's order. */
export function costBy<Key>(bill: Bill, keyOf: (charge: Charge) => Key, matches = (_: Charge) => true) {
  return sumBy(bill, keyOf, matches, ({ cost }) => cost.units);
}

/** Usage quantity by key. */
export function quantityBy<Key>(bill: Bill, keyOf: (charge: Charge) => Key, matches = (_: Charge) => true) {
  return sumBy(bill, keyOf, matches, ({ quantity }) => quantity?.units ?? 0n);
}

/** The different values of each key. */
export function distinctBy<Key, Value>(
  bill: Bill,
  keyOf: (charge: Charge) => Key,
  valueIn: (charge: Charge) => Value,
): ReadonlyMap<Key, ReadonlySet<Value>> {
  const values = new Map<Key, Set<Value>>();
  for (const charge of bill.charges) {
    const key = keyOf(charge);
    const existing = values.get(key);
    if (existing === undefined) values.set(key, new Set([valueIn(charge)]));
    else existing.add(valueIn(charge));
  }
  return values;
}

function sumBy<Key>(
  bill: Bill,
  keyOf: (charge: Charge) => Key,
  matches: (charge: Charge) => boolean,
  unitsIn: (charge: Charge) => bigint,
): ReadonlyMap<Key, number> {
  const sums = new Map<Key, bigint>();
  for (const charge of bill.charges) {
    if (!matches(charge)) continue;
    const key = keyOf(charge);
    sums.set(key, (sums.get(key) ?? 0n) + unitsIn(charge));
  }
  return new Map([...sums].map(([key, units]) => [key, Number(units) / 1e12]));
}
