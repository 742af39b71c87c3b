import { add, type Money } from "../money/index.ts";

/**
 * What each workload costs in each cost center: cost center → workload → cost. `null` gathers what has no category,
 * or no tag. The cost center belongs to the charge, not to the workload: one workload may stand in several.
 */
export type Placements = ReadonlyMap<string | null, ReadonlyMap<string | null, Money>>;

/** One row of the workload × cost center answer. */
export interface WorkloadCost {
  readonly workload: string | null;
  readonly costCenter: string | null;
  readonly cost: Money;
}

/** Every row lands in exactly one place. */
export function placementsOf(rows: Iterable<WorkloadCost>): Placements {
  const placements = new Map<string | null, Map<string | null, Money>>();
  for (const { workload, costCenter, cost } of rows) {
    const workloads = placements.get(costCenter) ?? new Map<string | null, Money>();
    const before = workloads.get(workload);
    workloads.set(workload, before === undefined ? cost : add(before, cost));
    placements.set(costCenter, workloads);
  }
  return placements;
}

/** The rows of placements: the inverse of `placementsOf`. */
export function* rowsOf(placements: Placements): Generator<WorkloadCost> {
  for (const [costCenter, workloads] of placements) {
    for (const [workload, cost] of workloads) yield { workload, costCenter, cost };
  }
}

/** Cost per cost center. */
export function costByCostCenter(placements: Placements): ReadonlyMap<string | null, Money> {
  return totalsBy(placements, ({ costCenter }) => costCenter);
}

/** Cost per workload, over all cost centers. */
export function costByWorkload(placements: Placements): ReadonlyMap<string | null, Money> {
  return totalsBy(placements, ({ workload }) => workload);
}

function totalsBy(placements: Placements, keyOf: (row: WorkloadCost) => string | null) {
  const totals = new Map<string | null, Money>();
  for (const row of rowsOf(placements)) {
    const before = totals.get(keyOf(row));
    totals.set(keyOf(row), before === undefined ? row.cost : add(before, row.cost));
  }
  return totals as ReadonlyMap<string | null, Money>;
}
