import { type PlanDocument, planReport, readPlan } from "@dapanoskop/core/plan";
import { aPlannedChange, inRegion, listPrices, planBytes } from "@dapanoskop/core/plan/testing";
import { memoryState } from "@dapanoskop/core/state";
import { memoryPlanFiles } from "../files/memory-plan-files.ts";

/** A volume for each size in GB, priced by the list: $0.08 a GB and month. */
export async function aVolumePlan(...sizes: readonly number[]): Promise<PlanDocument> {
  const addresses = sizes.map((_, at) => `aws_ebs_volume.v${at}`);
  const resource_changes = addresses.map((address, at) =>
    aPlannedChange({
      address,
      actions: ["create"],
      after: { size: sizes[at], type: "gp3", availability_zone: "us-east-1a", tags: { App: "shop" } },
    }),
  );
  const plan = await readPlan(
    planBytes({ resource_changes, configuration: inRegion("us-east-1", ...addresses) }),
  );
  return planReport(plan, listPrices, { tagKey: "App", costCenters: new Map([["shop", "Shop"]]) });
}

export const memoryPlanStorage = () => ({ state: memoryState(), files: memoryPlanFiles() });
