import type { Day } from "@dapanoskop/core/calendar";
import { isSupportPlan, SUPPORT, UNITS_PER_CELL } from "@dapanoskop/core/ledger";
import { magnitude } from "@dapanoskop/core/money";
import type { CostAnswer, CostQuery, CostRow, CostSource } from "@dapanoskop/core/source";
import { usageOf, withoutUsageOf } from "../plan/index.ts";

/**
 * The costs by workload and charge type. A support plan is known by its service, and may be billed as usage. The query leaves
 * such usage out; the answer by service shows whether there is any, and then it is added as charge type `Support`.
 *
 * In each charge period the plan is billed as usage completely, or not at all, as a rule. One request more separates it
 * where it is not.
 * @param services the answer by service and usage type over the same window and granularity
 * @throws CostSourceError
 */
export async function queryChargeTypes(
  query: CostQuery,
  services: CostAnswer,
  source: CostSource,
): Promise<CostAnswer> {
  const plans = services.rows.filter(({ keys: [service] }) => isSupportPlan(service ?? ""));
  const names = [...new Set(plans.map(({ keys: [service] }) => service ?? ""))].sort();
  if (names.length === 0) return source.query(query);

  const answer = await source.query(withoutUsageOf(query, names));
  const support = wholePlans(answer.rows, services.rows, plans);
  if (support !== null) return { ...answer, rows: [...answer.rows, ...support.map(supportRow)] };
  const separate = await source.query(usageOf(query, names));
  return { ...answer, rows: [...answer.rows, ...separate.rows.map(supportRow)] };
}

/** The plans' rows of the periods in which they are billed as usage completely; `null` where a period has a part of them. */
function wholePlans(
  others: readonly CostRow[],
  services: readonly CostRow[],
  plans: readonly CostRow[],
): readonly CostRow[] | null {
  const [other, all, plan] = [others, services, plans].map(costByDay);
  const usage = new Set<Day>();
  for (const [day, { cost, rows }] of all ?? []) {
    const rest = other?.get(day);
    const missing = cost - (rest?.cost ?? 0n);
    const allowed = BigInt(rows + (rest?.rows ?? 0) + 1) * UNITS_PER_CELL;
    if (magnitude(missing) <= allowed) continue;
    if (magnitude(missing - (plan?.get(day)?.cost ?? 0n)) > allowed) return null;
    usage.add(day);
  }
  return plans.filter(({ day }) => usage.has(day));
}

/** The cost of each charge period in units, and the rows that were added. */
function costByDay(rows: readonly CostRow[]) {
  const days = new Map<Day, { readonly cost: bigint; readonly rows: number }>();
  for (const { day, cost } of rows) {
    const before = days.get(day) ?? { cost: 0n, rows: 0 };
    days.set(day, { cost: before.cost + cost.units, rows: before.rows + 1 });
  }
  return days;
}

const supportRow = (row: CostRow): CostRow => ({ ...row, keys: [null, SUPPORT] });
