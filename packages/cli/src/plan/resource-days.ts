import { addDays, type Day } from "@dapanoskop/core/calendar";
import { type ManagedResource, resourceMatcher } from "@dapanoskop/core/drift";
import { add, type Money, zero } from "@dapanoskop/core/money";
import type { BilledDays } from "@dapanoskop/core/plan";
import type { BillFileSource } from "@dapanoskop/local/bill-file";

/**
 * What managed resources cost a day, by their ids on a bill. The last day of a bill counts as incomplete, because nothing says
 * that all of its charges are there.
 */
export async function resourceDays(
  bill: BillFileSource,
  managed: readonly ManagedResource[],
  currency: string,
): Promise<BilledDays> {
  const managedAs = resourceMatcher(managed);
  const { rows } = await bill.query({
    window: bill.window,
    granularity: "DAILY",
    metric: "UnblendedCost",
    groupBy: [{ by: "resourceId" }],
  });
  const costs = new Map<string, Map<Day, Money>>();
  for (const { day, keys, cost } of rows) {
    const address = managedAs(keys[0] ?? "")?.address;
    if (address === undefined) continue;
    const days = costs.get(address) ?? new Map<Day, Money>();
    const known = days.get(day);
    costs.set(address, days.set(day, known === undefined ? cost : add(known, cost)));
  }
  const { start, end } = bill.window;
  return {
    completeThrough: addDays(end, -2),
    costOn(address, day) {
      if (day < start || day >= end) return null;
      return costs.get(address)?.get(day) ?? zero(currency);
    },
  };
}
