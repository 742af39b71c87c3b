import type { Day } from "../calendar/index.ts";
import { add, allocate, isZero, type Money, negate, parseDecimal, subtract, zero } from "../money/index.ts";
import type { SplitCharge } from "../source/index.ts";
import { type Allocation, allocationOf, costByCostCenter, rowsOf, type WorkloadCost } from "./allocation.ts";

/** Decimals kept of a FIXED rule's percentages: AWS takes two. */
const PERCENT_DECIMALS = 6;

/**
 * Moves cost by the split charge rules, and its workloads with it: each charge of the source becomes a row in each
 * target. Every rule reads the costs before any split, so rules do not depend on their order. The source stays, at 0.
 */
export function split(direct: Allocation, rules: readonly SplitCharge[]): Allocation {
  const moved: WorkloadCost[] = [...rowsOf(direct)];
  const sources = new Set<string | null>();
  for (const rule of rules) {
    // A value can be the source of one rule only; AWS refuses a second, and its cost can leave only once.
    if (sources.has(rule.source)) continue;
    sources.add(rule.source);
    const weights = weightsOf(rule, direct);
    for (const [workload, cost] of direct.get(rule.source) ?? []) {
      if (isZero(cost) || rule.targets.length === 0) continue;
      moved.push({ workload, costCenter: rule.source, cost: negate(cost) });
      allocate(cost, weights).forEach((share, at) => {
        moved.push({ workload, costCenter: rule.targets[at] ?? null, cost: share });
      });
    }
  }
  return allocationOf(moved);
}

/**
 * The same for the days of the period: the days of each place sum to the period's place, exactly, and each day keeps its
 * total. The costs up to a day are split by the period's weights, and a day has what they grow by: so the last day
 * completes the split of the whole period.
 * @param direct the places of the period before any split
 */
export function splitDays(
  rows: readonly (WorkloadCost & { readonly day: Day })[],
  direct: Allocation,
  rules: readonly SplitCharge[],
): readonly (WorkloadCost & { readonly day: Day })[] {
  const effective = new Map<string | null, SplitCharge>();
  for (const rule of rules) if (!effective.has(rule.source)) effective.set(rule.source, rule);
  const isMoved = ({ costCenter }: WorkloadCost) => (effective.get(costCenter)?.targets.length ?? 0) > 0;
  const moved = rows.filter(isMoved).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  if (moved.length === 0) return rows;
  const weights = new Map([...effective].map(([source, rule]) => [source, weightsOf(rule, direct)]));
  const soFar = new Map<string | null, Map<string | null, { cost: Money; shares: readonly Money[] }>>();
  const shared = moved.flatMap(({ day, workload, costCenter, cost }) => {
    const ofSource =
      soFar.get(costCenter) ?? new Map<string | null, { cost: Money; shares: readonly Money[] }>();
    soFar.set(costCenter, ofSource);
    const before = ofSource.get(workload);
    const all = before === undefined ? cost : add(before.cost, cost);
    const shares = allocate(all, weights.get(costCenter) ?? []);
    ofSource.set(workload, { cost: all, shares });
    return (effective.get(costCenter)?.targets ?? []).map((target, at) => ({
      day,
      workload,
      costCenter: target,
      cost: subtract(shares[at] ?? zero(cost.currency), before?.shares[at] ?? zero(cost.currency)),
    }));
  });
  return [...rows.filter((row) => !isMoved(row)), ...shared];
}

function weightsOf({ method, targets }: SplitCharge, direct: Allocation): readonly bigint[] {
  if (method.kind === "fixed") {
    return targets.map((_, at) => parseDecimal(method.percentages[at] ?? "0", PERCENT_DECIMALS));
  }
  if (method.kind === "proportional") {
    const costs = costByCostCenter(direct);
    // A target in credit cannot take a negative part of a shared cost.
    const weights = targets.map((target) => {
      const units = costs.get(target)?.units ?? 0n;
      return units > 0n ? units : 0n;
    });
    if (weights.some((weight) => weight > 0n)) return weights;
  }
  return targets.map(() => 1n);
}
