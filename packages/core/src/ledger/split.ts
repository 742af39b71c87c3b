import { allocate, isZero, negate, parseDecimal } from "../money/index.ts";
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
