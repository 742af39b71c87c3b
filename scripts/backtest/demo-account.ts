import { daysIn, firstDay, type Instant, monthOf } from "@dapanoskop/core/calendar";
import type { AccountLine, AccountLines } from "@dapanoskop/core/forecast/testing";
import type { Charge } from "@dapanoskop/core/source";
import { demoCompany } from "@dapanoskop/emulator";

/** The demo company's bill by day, as the lines of an account. */
export function demoAccount(at: Instant, months: number): AccountLines {
  const { charges } = demoCompany({ at, months });
  const first = firstDay(monthOf(charges[0]?.day ?? at.slice(0, 10)));
  const count = daysIn({ start: first, end: at.slice(0, 10) });
  const lines = new Map<string, AccountLine & { readonly costs: number[]; quantities: number[] | null }>();
  for (const charge of charges) {
    const line = lines.get(keyOf(charge)) ?? lineOf(charge, count);
    lines.set(keyOf(charge), line);
    const day = daysIn({ start: first, end: charge.day });
    line.costs[day] = (line.costs[day] ?? 0) + Math.round(Number(charge.cost.units) / 1e6);
    if (charge.quantity === null || charge.quantity.unit !== line.unit) line.quantities = null;
    else if (line.quantities !== null)
      line.quantities[day] = (line.quantities[day] ?? 0) + Number(charge.quantity.units) / 1e12;
  }
  return { first, lines: [...lines.values()] };
}

const keyOf = ({ service, usageType, chargeType, tags, costCategories }: Charge) =>
  JSON.stringify([service, usageType, chargeType, tags.get("App"), costCategories.get("CostCenter")]);

const lineOf = (
  { service, usageType, chargeType, tags, costCategories, quantity }: Charge,
  count: number,
) => ({
  service,
  usageType,
  chargeType,
  workload: tags.get("App") ?? "Untagged",
  costCenter: costCategories.get("CostCenter") ?? "Uncategorized",
  unit: quantity?.unit ?? null,
  costs: new Array<number>(count).fill(0),
  quantities: quantity === null ? null : new Array<number>(count).fill(0),
});
