import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Day } from "../../calendar/index.ts";
import { moneyText, parseMoney } from "../../money/index.ts";
import type { PlanDocument, PlannedResourceDocument } from "../index.ts";
import { type AppliedPlan, accuracyOf, type BilledDays, planScores } from "./plan-score.ts";

const APPLIED = "2026-03-10";
const usd = (text: string) => parseMoney(text, "USD");

const aResource = (address: string, delta: string | null, more: Partial<PlannedResourceDocument> = {}) =>
  ({
    address,
    type: address.split(".")[0] ?? "",
    action: "create",
    status: delta === null ? "unknown" : "priced",
    workload: "shop",
    tag: "present",
    monthly_delta: delta,
    ...more,
  }) as PlannedResourceDocument;

const aPlan = (
  resources: readonly PlannedResourceDocument[],
  more: Partial<AppliedPlan> = {},
): AppliedPlan => ({
  id: "a",
  project: "acme/infra",
  appliedOn: APPLIED,
  document: { cost: { currency: "USD" }, resources } as unknown as PlanDocument,
  ...more,
});

/** A bill of a workload that costs an amount a day before the apply, and another one from it on. */
const billed = (
  before: string,
  after: string,
  completeThrough: Day | null = addDays(APPLIED, 20),
): BilledDays => ({
  completeThrough,
  costOn: (_, day) => usd(day < APPLIED ? before : after),
});

const subjectOf = ({ workload }: PlannedResourceDocument) =>
  workload === null ? { reason: "It has no tag." } : { subject: workload };

const score = (plan: AppliedPlan, days: BilledDays, others: readonly AppliedPlan[] = []) =>
  planScores(plan, others, days, subjectOf, "workload");

describe("the score of a plan", () => {
  it("is 100 % where a workload costs $2.40 a day more and the plan said $73 a month", () => {
    const { scores, leftOut } = score(aPlan([aResource("aws_eks_cluster.a", "73")]), billed("1", "3.4"));
    expect(leftOut).toEqual([]);
    expect(scores).toEqual([
      {
        kind: "workload",
        name: "shop",
        types: ["aws_eks_cluster"],
        predicted: usd("73"),
        actual: usd("73"),
        permille: 1000,
      },
    ]);
  });

  it("falls by how far the bill is from the plan, against the larger one", () => {
    const plan = aPlan([aResource("aws_eks_cluster.a", "73")]);
    const permille = (after: string) => score(plan, billed("1", after)).scores[0]?.permille;
    expect(permille("2.2")).toBe(500);
    expect(permille("5.8")).toBe(500);
    expect(permille("1")).toBe(0);
    expect(permille("0.5")).toBe(0);
  });

  it("is of all resources of a workload together, deletions too", () => {
    const plan = aPlan([
      aResource("aws_eks_cluster.a", "73"),
      aResource("aws_ebs_volume.b", "-36.5", { action: "delete" }),
    ]);
    const { scores } = score(plan, billed("2", "3.2"));
    expect(scores).toMatchObject([
      { types: ["aws_ebs_volume", "aws_eks_cluster"], predicted: usd("36.5"), permille: 1000 },
    ]);
  });

  it("is none where two changes overlap in time on the same workload: the other one is named", () => {
    const plan = aPlan([aResource("aws_eks_cluster.a", "73")]);
    const other = (appliedOn: Day, workload = "shop") =>
      aPlan([aResource("aws_nat_gateway.b", "32.85", { workload })], {
        id: "b",
        project: "acme/net",
        appliedOn,
      });
    const near = score(plan, billed("1", "3.4"), [other(addDays(APPLIED, -7))]);
    expect(near.scores).toEqual([]);
    expect(near.leftOut).toMatchObject([
      { name: "shop", reason: expect.stringContaining("The plan b of acme/net, applied on 2026-03-03") },
    ]);
    expect(score(plan, billed("1", "3.4"), [other(addDays(APPLIED, 7))]).scores).toEqual([]);
    for (const far of [other(addDays(APPLIED, 8)), other(APPLIED, "search"), plan]) {
      expect(score(plan, billed("1", "3.4"), [far]).scores).toHaveLength(1);
    }
  });

  it("is none where the plan does not know a part, and names it", () => {
    const plan = aPlan([
      aResource("aws_eks_cluster.a", "73"),
      aResource("aws_nat_gateway.b", "32.85", { status: "usage-based" }),
      aResource("aws_ivs_channel.c", null, { workload: null }),
      aResource("aws_iam_role.d", "0", { status: "free" }),
      aResource("aws_instance.e", "0", { action: "no-op" }),
    ]);
    const { scores, leftOut } = score(plan, billed("1", "3.4"));
    expect(scores).toEqual([]);
    expect(leftOut.map(({ name, reason }) => [name, reason])).toEqual([
      ["aws_ivs_channel.c", "It has no tag."],
      ["shop", "The plan does not know the whole cost of aws_nat_gateway.b."],
    ]);
  });

  it("is none before seven complete days, of unknown days, and of changes that nobody sees in the noise", () => {
    const plan = aPlan([aResource("aws_eks_cluster.a", "73")]);
    const reason = (days: BilledDays) => score(plan, days).leftOut[0]?.reason;
    expect(reason(billed("1", "3.4", "2026-03-16"))).toBe(
      "The bill must be complete through 2026-03-17: 7 days after the apply.",
    );
    expect(reason(billed("1", "3.4", null))).toMatch(/must be complete/);
    expect(reason(billed("1", "3.4", "2026-03-17"))).toBeUndefined();
    expect(reason({ ...billed("1", "3.4"), costOn: () => null })).toBe(
      "Some days of it are not known in the bill.",
    );
    const noisy: BilledDays = {
      ...billed("1", "1"),
      costOn: (_, day) => usd(day === "2026-03-05" ? "99" : "1"),
    };
    expect(reason(noisy)).toBe("Its cost varies more from day to day than the plan changes it.");
    expect(
      score(aPlan([aResource("a.b", "5"), aResource("a.c", "-5")]), billed("1", "1")).leftOut[0]?.reason,
    ).toMatch(/cancel out/);
  });

  it("names each changed resource in a score or as left out", () => {
    const resources = fc.array(
      fc.record({
        delta: fc.option(fc.constantFrom("73", "-8")),
        workload: fc.option(fc.constantFrom("shop", "search")),
      }),
    );
    fc.assert(
      fc.property(resources, (all) => {
        const list = all.map(({ delta, workload }, at) => aResource(`t.r${at}`, delta, { workload }));
        const { scores, leftOut } = score(aPlan(list), billed("1", "3.4"));
        const named = [...scores, ...leftOut].map(({ name }) => name).sort();
        expect(named).toEqual([...new Set(list.map(({ workload, address }) => workload ?? address))].sort());
        expect(scores.every(({ permille }) => permille >= 0 && permille <= 1000)).toBe(true);
      }),
    );
  });
});

describe("the accuracy of several scores", () => {
  it("is that of their sums, and none where there is none", () => {
    const plan = aPlan([
      aResource("aws_eks_cluster.a", "73"),
      aResource("aws_ebs_volume.b", "8", { workload: "search" }),
    ]);
    const { scores } = score(plan, billed("1", "3.4"));
    const accuracy = accuracyOf(scores);
    expect([
      accuracy && moneyText(accuracy.predicted),
      accuracy && moneyText(accuracy.actual),
      accuracy?.permille,
    ]).toEqual(["81", "146", 555]);
    expect(accuracyOf([])).toBeNull();
  });
});
