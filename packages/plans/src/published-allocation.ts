import type { CostCenterFigures } from "@dapanoskop/core/insight";
import { compare, type Money } from "@dapanoskop/core/money";
import type { PlanAllocation } from "@dapanoskop/core/plan";
import type { DatasetReader, IndexDocument } from "@dapanoskop/dataset";

/**
 * How the newest published month allocates costs: its tag key, and the cost center of each workload, the largest where it has
 * several.
 * @throws what the reader throws
 */
export async function publishedAllocation(
  reader: Pick<DatasetReader, "figures">,
  index: IndexDocument,
): Promise<PlanAllocation> {
  const [newest] = index.periods;
  const figures = newest === undefined ? null : await reader.figures(index, newest);
  return {
    tagKey: index.source?.tag_key ?? null,
    costCenters: costCentersOf(figures?.costCenters ?? []),
  };
}

/** Charges without a tag are under `null`, and so is the absence of a cost center. */
function costCentersOf(centers: readonly CostCenterFigures[]): ReadonlyMap<string | null, string | null> {
  const largest = new Map<string | null, { readonly center: string | null; readonly cost: Money }>();
  for (const { name, kind, workloads } of centers) {
    const center = kind === "named" ? name : null;
    for (const workload of workloads) {
      const key = workload.kind === "named" ? workload.name : null;
      const cost = workload.cost.current;
      const known = largest.get(key);
      if (known === undefined || compare(cost, known.cost) > 0) largest.set(key, { center, cost });
    }
  }
  return new Map([...largest].map(([workload, { center }]) => [workload, center]));
}
