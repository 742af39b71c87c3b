import { add, type Money } from "../money/index.ts";

/**
 * What each workload costs in each cost center: cost center → workload → cost. `null` gathers what has no category,
 * or no tag. The cost center belongs to the charge, not to the workload: one workload may be in several.
 */
export type Allocation = ReadonlyMap<string | null, ReadonlyMap<string | null, Money>>;

/** One row of the workload × cost center answer. */
export interface WorkloadCost {
  readonly workload: string | null;
  readonly costCenter: string | null;
  readonly cost: Money;
}

/** Every row lands in exactly one place. */
export function allocationOf(rows: Iterable<WorkloadCost>): Allocation {
  const allocation = new Map<string | null, Map<string | null, Money>>();
  for (const { workload, costCenter, cost } of rows) {
    const workloads = allocation.get(costCenter) ?? new Map<string | null, Money>();
    const before = workloads.get(workload);
    workloads.set(workload, before === undefined ? cost : add(before, cost));
    allocation.set(costCenter, workloads);
  }
  return allocation;
}

/** The rows of allocation: the inverse of `allocationOf`. */
export function* rowsOf(allocation: Allocation): Generator<WorkloadCost> {
  for (const [costCenter, workloads] of allocation) {
    for (const [workload, cost] of workloads) yield { workload, costCenter, cost };
  }
}

/** Cost per cost center. */
export function costByCostCenter(allocation: Allocation): ReadonlyMap<string | null, Money> {
  return totalsBy(allocation, ({ costCenter }) => costCenter);
}

/** Cost per workload, over all cost centers. */
export function costByWorkload(allocation: Allocation): ReadonlyMap<string | null, Money> {
  return totalsBy(allocation, ({ workload }) => workload);
}

function totalsBy(allocation: Allocation, keyOf: (row: WorkloadCost) => string | null) {
  const totals = new Map<string | null, Money>();
  for (const row of rowsOf(allocation)) {
    const before = totals.get(keyOf(row));
    totals.set(keyOf(row), before === undefined ? row.cost : add(before, row.cost));
  }
  return totals as ReadonlyMap<string | null, Money>;
}
