import { describe, expect, it } from "vitest";
import { planReport, readPlan } from "../../plan/index.ts";
import { aPlannedChange, listPrices, planBytes } from "../../plan/testing/index.ts";
import { displayedPlan } from "./displayed-plan.ts";

describe("a plan that is displayed", () => {
  it("lists so many resources, and counts the others with what they change", async () => {
    const resource_changes = [100, 200, 300].map((size) =>
      aPlannedChange({
        address: `aws_ebs_volume.v${size}`,
        actions: ["create"],
        after: { type: "gp3", size, iops: 3000, throughput: 125 },
      }),
    );
    const plan = planReport(await readPlan(planBytes({ resource_changes })), {
      ...listPrices,
      region: "us-east-1",
    });
    expect([1, 2, 3].map((most) => displayedPlan(plan, most).others)).toEqual([
      { count: 2, change: "+$24.00" },
      { count: 1, change: "+$8.00" },
      null,
    ]);
    expect(displayedPlan(plan, 1).changed.map(({ change }) => change)).toEqual(["+$24.00"]);
  });
});
