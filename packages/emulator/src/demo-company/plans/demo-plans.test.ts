import { readPlan } from "@dapanoskop/core/plan";
import { SENSITIVE } from "@dapanoskop/core/pricing";
import { describe, expect, it } from "vitest";
import { company } from "../company.ts";
import { demoDriftScans } from "./demo-drift.ts";
import { demoPlans } from "./demo-plans.ts";
import { create, planJson } from "./plan-json.ts";

const AT = "2026-03-08T06:00:00Z";

describe("the plans of the made-up company", () => {
  it("read as plans of Terraform, each with what its team wants", async () => {
    const plans = await Promise.all(
      demoPlans(AT).map(async ({ project, json }) => {
        const { kind, counts, warnings } = await readPlan(json);
        return [
          project,
          kind,
          counts.create,
          counts.update,
          counts.replace,
          counts.delete,
          counts.move,
          warnings.length,
        ];
      }),
    );
    expect(plans).toEqual([
      ["logistics", "plan", 3, 0, 0, 0, 0, 0],
      ["storefront", "plan", 11, 2, 0, 0, 1, 0],
      ["storefront", "plan", 9, 2, 0, 0, 1, 0],
      ["data-platform", "plan", 0, 1, 1, 2, 0, 0],
      ["machine-learning", "errored", 0, 0, 0, 0, 0, expect.any(Number)],
    ]);
  });

  it("are of workloads that the company has, and every region is known", async () => {
    const apps = new Set(company.map(({ app }) => app));
    for (const { json } of demoPlans(AT)) {
      const { changes } = await readPlan(json);
      for (const { address, region, before, after } of changes) {
        expect(region, address).toBe("eu-central-1");
        const tags = (after ?? before)?.tags as { readonly App?: string } | null;
        expect(apps.has(tags?.App ?? null), `${address}: ${tags?.App}`).toBe(true);
      }
    }
  });

  it("are uploaded before the demo's time, the same ones at the same time", () => {
    const plans = demoPlans(AT);
    expect(plans).toEqual(demoPlans(AT));
    for (const { uploadedAt } of plans) expect(uploadedAt < AT).toBe(true);
    expect(plans.map(({ uploadedAt }) => uploadedAt)[0]).toBe("2026-02-27T06:00:00Z");
  });

  it("can mark values as sensitive", async () => {
    const change = create("aws_db_instance.a", "cart", { password: "secret" }, { sensitive: ["password"] });
    const { changes } = await readPlan(planJson({ at: AT, changes: [change], drift: [] }));
    expect(changes[0]?.after?.password).toBe(SENSITIVE);
  });
});

describe("the scans of the made-up company for drift", () => {
  it("are refresh-only plans, or say why they failed", async () => {
    const scans = await Promise.all(
      demoDriftScans(AT).map(async ({ project, scannedAt, result }) => {
        if ("failure" in result) return [project, scannedAt, result.failure];
        const { kind, drift } = await readPlan(result.json);
        return [project, scannedAt, kind, drift.length];
      }),
    );
    expect(scans.filter(([project]) => project === "storefront")).toEqual([
      ["storefront", "2026-03-05T02:00:00Z", "refresh-only", 1],
      ["storefront", "2026-03-06T02:00:00Z", "refresh-only", 2],
      ["storefront", "2026-03-07T02:00:00Z", "refresh-only", 3],
      ["storefront", "2026-03-08T02:00:00Z", "refresh-only", 3],
    ]);
    expect(scans.filter(([project]) => project === "logistics").map(([, , , found]) => found)).toEqual([
      0, 0, 0, 0,
    ]);
    expect(scans.at(-1)).toEqual([
      "data-platform",
      "2026-03-08T02:00:00Z",
      expect.stringMatching(/credentials/),
    ]);
  });
});
