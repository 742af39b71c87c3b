import type { Day } from "@dapanoskop/core/calendar";
import { parseMoney } from "@dapanoskop/core/money";
import type { BilledDays, PlannedResourceDocument } from "@dapanoskop/core/plan";
import { memoryState } from "@dapanoskop/core/state";
import { describe, expect, it } from "vitest";
import {
  accuracyByProject,
  accuracyByType,
  byWorkload,
  changeKeptPlan,
  type KeptPlanScore,
  keepPlan,
  keepPlanScore,
  keptPlanScores,
  scoreKeptPlan,
} from "../index.ts";
import { busyState } from "../testing/busy-state.ts";
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

describe("the kept scores of an owner", () => {
  const subject = { kind: "workload", name: "shop" } as const;
  const keep = (state = busyState(memoryState(), 0)) =>
    keepPlanScore(
      state,
      OWNER,
      { plan: "1", project: "p", appliedOn: "2026-03-10" },
      { scores: [], leftOut: [{ ...subject, types: ["aws_instance"], reason: "Why." }] },
      { at: AT, currency: "EUR" },
    );

  it.each([
    [9, "kept"],
    [10, "throttled"],
  ])("are tried to be kept ten times: %i are refused", async (refused, outcome) => {
    const state = busyState(memoryState(), refused);
    const found = await keep(state).then(
      ({ left_out }) => (left_out[0]?.reason === "Why." ? "kept" : left_out),
      ({ failure, message }) => (message.includes("others 10 times. Score again.") ? failure : message),
    );
    expect([found, state.writes()]).toEqual([outcome, 10]);
  });

  it("are refused where a record is of another form", async () => {
    const state = memoryState();
    await keep(busyState(state, 0));
    expect(await keptPlanScores(state, "user:b")).toEqual([]);
    await state.putIfAbsent(
      { partition: `score#${OWNER}`, sort: "2" },
      { value: { schema: 2 }, expiresAt: null },
    );
    await expect(keptPlanScores(state, OWNER)).rejects.toMatchObject({
      failure: "corrupt",
      message: expect.stringContaining(`The record 2 of score#${OWNER} is no score`),
    });
  });

  const kept = (project: string, currency: string, ...scores: KeptPlanScore["scores"]): KeptPlanScore => ({
    schema: 1,
    plan: "1",
    project,
    applied_on: "2026-03-10",
    scored_at: AT,
    currency,
    scores,
    left_out: [],
  });
  const score = (predicted: string, actual: string, ...types: string[]) => ({
    ...subject,
    types,
    predicted,
    actual,
    permille: 0,
  });

  it("are summed by project and by type, each currency by itself", () => {
    const all = [
      kept("web", "USD", score("10", "8", "aws_instance"), score("30", "40", "aws_db_instance")),
      kept("api", "USD", score("5", "5", "aws_instance", "aws_ebs_volume"), score("1", "2")),
      kept("api", "EUR", score("7", "7", "aws_instance")),
      kept("none", "USD"),
    ];
    const lines = (accuracies: ReturnType<typeof accuracyByProject>) =>
      accuracies.map(
        ({ name, currency, scores, predicted, actual, permille }) =>
          `${name} ${scores} ${predicted} of ${actual} ${currency} ${permille}`,
      );
    expect(lines(accuracyByProject(all))).toEqual(lines(accuracyByProject(all.toReversed())));
    expect(lines(accuracyByProject(all))).toEqual([
      "api 1 7 of 7 EUR 1000",
      "api 2 6 of 7 USD 857",
      "web 2 40 of 48 USD 833",
    ]);
    expect(lines(accuracyByType(all))).toEqual([
      "aws_db_instance 1 30 of 40 USD 750",
      "aws_instance 1 7 of 7 EUR 1000",
      "aws_instance 1 10 of 8 USD 800",
    ]);
    expect(accuracyByType(all).map(({ name }) => name)).toEqual([
      "aws_db_instance",
      "aws_instance",
      "aws_instance",
    ]);
  });
});

describe("the subject of a resource", () => {
  it.each([
    ["shop", "known", { subject: "shop" }],
    [null, "unknown", { reason: "Its tags are known only after the apply." }],
    [null, "missing", { reason: "It has no tag that names a workload." }],
  ])("is its workload, or why it has none: %s, %s", (workload, tag, subject) => {
    const resource = { workload, tag } as unknown as PlannedResourceDocument;
    expect(byWorkload(billed("2026-03-10")).subjectOf(resource)).toEqual(subject);
  });
});
