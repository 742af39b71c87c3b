import type { Day } from "@dapanoskop/core/calendar";
import { parseMoney } from "@dapanoskop/core/money";
import type { BilledDays } from "@dapanoskop/core/plan";
import { describe, expect, it } from "vitest";
import {
  accuracyByProject,
  accuracyByType,
  byWorkload,
  changeKeptPlan,
  keepPlan,
  keptPlanScores,
  scoreKeptPlan,
} from "../index.ts";
import { aVolumePlan, memoryPlanStorage } from "../testing/plan-storage.ts";

const OWNER = "user:a";
const AT = "2026-04-30T06:00:00Z";
const redacted = new Uint8Array([123, 125]);

/** $1 a day before a day, $2 from it on. */
const billed = (from: Day): BilledDays => ({
  completeThrough: "2026-04-29",
  costOn: (_, day) => parseMoney(day < from ? "1" : "2", "USD"),
});

async function appliedPlans(...days: readonly (Day | null)[]) {
  const storage = memoryPlanStorage();
  const ids: string[] = [];
  for (const [at, day] of days.entries()) {
    const document = await aVolumePlan(380 + at);
    const { plan } = await keepPlan(storage, OWNER, {
      project: `p${at}`,
      document,
      redacted,
      at: "2026-03-01T06:00:00Z",
    });
    ids.push(plan.id);
    if (day === null) continue;
    await changeKeptPlan(storage, OWNER, plan.id, { settled: { as: "applied", at: `${day}T00:00:00Z` } });
  }
  return { storage, ids };
}

describe("the score of a kept plan", () => {
  it("is of this plan among others, by the day of its own apply, and is kept once", async () => {
    const { storage, ids } = await appliedPlans("2026-03-10", "2026-04-10");
    const score = (id = "", from: Day = "2026-03-10") =>
      scoreKeptPlan(storage, OWNER, id, byWorkload(billed(from)), AT);
    const first = await score(ids[0]);
    expect(first).toMatchObject({
      plan: ids[0],
      project: "p0",
      applied_on: "2026-03-10",
      scored_at: AT,
      currency: "USD",
    });
    // $30.40 a month was predicted; $1 a day for 730 hours is $30.4166….
    expect(first?.scores).toMatchObject([
      { kind: "workload", name: "shop", types: ["aws_ebs_volume"], predicted: "30.4" },
    ]);
    expect(first?.scores[0]?.permille).toBeGreaterThan(995);
    const second = await score(ids[1], "2026-04-10");
    expect(second).toMatchObject({ plan: ids[1], applied_on: "2026-04-10" });
    expect(await score(ids[0])).toEqual(first);
    const kept = await keptPlanScores(storage.state, OWNER);
    expect(kept.map(({ plan }) => plan).sort()).toEqual([...ids].sort());
    expect(accuracyByProject(kept).map(({ name, scores }) => [name, scores])).toEqual([
      ["p0", 1],
      ["p1", 1],
    ]);
    expect(accuracyByProject([...kept].reverse())).toEqual(accuracyByProject(kept));
    expect(accuracyByType(kept).map(({ name, scores }) => [name, scores])).toEqual([["aws_ebs_volume", 2]]);
  });

  it("is none where another plan touched the workload within a week, by the name of that plan", async () => {
    const { storage, ids } = await appliedPlans("2026-03-10", "2026-03-17");
    const found = await scoreKeptPlan(storage, OWNER, ids[0] ?? "", byWorkload(billed("2026-03-10")), AT);
    expect(found?.scores).toEqual([]);
    expect(found?.left_out[0]?.reason).toContain(
      `The plan ${ids[1]} of p1, applied on 2026-03-17, changes it too`,
    );
  });

  it("is none of a plan that is not applied, is unknown, is somebody else's, or has lost its file", async () => {
    const { storage, ids } = await appliedPlans(null, "2026-04-10");
    const of = (owner: string, id = "") =>
      scoreKeptPlan(storage, owner, id, byWorkload(billed("2026-04-10")), AT);
    expect([await of(OWNER, ids[0]), await of(OWNER, "f".repeat(32)), await of("user:b", ids[1])]).toEqual([
      null,
      null,
      null,
    ]);
    await storage.files.delete({ owner: OWNER, project: "p1", planId: ids[1] ?? "" });
    expect(await of(OWNER, ids[1])).toBeNull();
    expect(await keptPlanScores(storage.state, OWNER)).toEqual([]);
  });
});
