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

  it("says the change that is known, be it of one resource, beside those that are not", async () => {
    const headline = async (...kinds: readonly ("volume" | "bucket")[]) => {
      const resource_changes = kinds.map((kind, at) =>
        kind === "volume"
          ? aPlannedChange({
              address: `aws_ebs_volume.v${at}`,
              actions: ["create"],
              after: { type: "gp3", size: 100, iops: 3000, throughput: 125 },
            })
          : aPlannedChange({ address: `aws_s3_bucket.b${at}`, actions: ["create"], after: { bucket: "b" } }),
      );
      const plan = await readPlan(planBytes({ resource_changes }));
      return displayedPlan(planReport(plan, { ...listPrices, region: "us-east-1" }), 5).headline;
    };
    expect(await headline("volume")).toBe("+$8.00 a month");
    expect(await headline("volume", "bucket")).toBe("+$8.00 a month, without 1 resource of unknown cost");
    expect(await headline("volume", "volume", "bucket")).toBe(
      "+$16.00 a month, without 1 resource of unknown cost",
    );
    expect(await headline("bucket")).toBe("Change of cost not known");
  });
});
