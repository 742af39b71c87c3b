import type { MonthFigures } from "@dapanoskop/core/insight";
import { compare } from "@dapanoskop/core/money";
import {
  type Plan,
  type PlanAllocation,
  type PlanDocument,
  type PlanPricing,
  planReport,
  readPlan,
  redactedPlan,
} from "@dapanoskop/core/plan";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { readIndex, storeReader } from "@dapanoskop/dataset";

/** Reads plans: they are redacted before anything else, then priced. */
export interface PlanReader {
  /**
   * @param region of resources for which the plan decides none; `null`: nobody said it
   * @throws PlanError
   */
  read(bytes: Uint8Array, region: string | null): Promise<ReadPlan>;
}

export interface ReadPlan {
  readonly plan: Plan;
  readonly document: PlanDocument;
  /** The redacted plan's JSON: the only form of it that may be kept. */
  readonly redacted: Uint8Array;
  /** What it was priced with. */
  readonly pricing: PlanPricing;
}

export interface PlanReaderOptions {
  /** The published dataset: what resources cost, and to which cost center a workload belongs. */
  readonly store: ArtifactStore;
  /** The tag that names workloads. */
  readonly tagKey: string;
  readonly rates: (newest: MonthFigures | null) => Promise<Omit<PlanPricing, "region" | "currency">>;
}

/** Reads plans by what is published: without a dataset by AWS's list prices alone. */
export function planReader({ store, tagKey, rates }: PlanReaderOptions): PlanReader {
  return {
    async read(bytes, region) {
      const plan = await readPlan(bytes);
      const newest = await newestFigures(store);
      const pricing: PlanPricing = { ...(await rates(newest)), currency: newest?.currency ?? "USD", region };
      const document = planReport(plan, pricing, allocationOf(newest, tagKey));
      return { plan, document, redacted: redactedPlan(bytes), pricing };
    },
  };
}

async function newestFigures(store: ArtifactStore): Promise<MonthFigures | null> {
  const index = await readIndex(store);
  const [period] = index?.periods ?? [];
  return index === null || period === undefined ? null : storeReader(store).figures(index, period);
}

/** A workload whose charges are in several cost centers belongs to the one where it costs most. */
function allocationOf(newest: MonthFigures | null, tagKey: string): PlanAllocation {
  const centers = (newest?.costCenters ?? []).flatMap((center) =>
    center.workloads.map(({ name, kind, cost }) => ({
      workload: kind === "named" ? name : null,
      center: center.kind === "named" ? center.name : null,
      cost: cost.current,
    })),
  );
  const costCenters = new Map(
    centers.sort((a, b) => compare(a.cost, b.cost)).map(({ workload, center }) => [workload, center]),
  );
  return { tagKey, costCenters };
}
