import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addDays } from "@dapanoskop/core/calendar";
import { describe, expect, it } from "vitest";
import { aFolder } from "./testing/a-folder.ts";
import { dapanoskop } from "./testing/run-command.ts";

const APPLIED = "2026-03-10";
const CLUSTER = "arn:aws:eks:us-east-1:123456789012:cluster/shop";

/** An EKS cluster that costs $2.40 a day from the apply on, in a workload that costs $1 a day besides. */
function bill(): string {
  const days = Array.from({ length: 27 }, (_, at) => addDays("2026-02-25", at));
  const line = (day: string, cost: string, id: string) =>
    `${day}T00:00:00Z,${cost},Usage,Amazon Elastic Container Service for Kubernetes,USD,AWS,${id},"{""App"": ""shop""}"`;
  return [
    "ChargePeriodStart,BilledCost,ChargeCategory,ServiceName,BillingCurrency,ProviderName,ResourceId,Tags",
    ...days.map((day) => line(day, "1", "")),
    ...days.filter((day) => day > APPLIED).map((day) => line(day, "2.4", CLUSTER)),
  ].join("\n");
}

const change = (address: string, type: string, after: object) => ({
  address,
  mode: "managed",
  type,
  name: "this",
  provider_name: "registry.terraform.io/hashicorp/aws",
  change: {
    actions: ["create"],
    before: null,
    after,
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: {},
  },
});

const plan = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  resource_changes: [
    change("aws_eks_cluster.shop", "aws_eks_cluster", {
      name: "shop",
      tags: { App: "shop" },
      tags_all: { App: "shop" },
    }),
    change("aws_ivs_channel.live", "aws_ivs_channel", { name: "live", tags: null, tags_all: {} }),
  ],
};

const stateFile = {
  format_version: "1.0",
  values: {
    root_module: {
      resources: [
        {
          address: "aws_eks_cluster.shop",
          mode: "managed",
          type: "aws_eks_cluster",
          values: { id: "shop", arn: CLUSTER },
        },
      ],
    },
  },
};

async function scored() {
  const folder = await aFolder();
  mkdirSync(folder, { recursive: true });
  const path = (name: string) => join(folder, name);
  writeFileSync(path("bill.csv"), bill());
  writeFileSync(path("plan.json"), JSON.stringify(plan));
  writeFileSync(path("state.json"), JSON.stringify(stateFile));
  const places = ["--store", path("store"), "--state", path("state")];
  const at = "2026-03-23T06:00:00Z";
  const collected = await dapanoskop([
    "collect",
    "--bill",
    path("bill.csv"),
    "--store",
    path("store"),
    "--at",
    at,
  ]);
  expect(collected.code).toBe(0);
  const kept = await dapanoskop(
    ["plan", path("plan.json"), "--project", "acme/infra", "--region", "us-east-1", ...places],
    { at: "2026-03-09T06:00:00Z" },
  );
  const id = /[0-9a-f]{32}/.exec(kept.err)?.[0] ?? "";
  const score = (...args: readonly string[]) => dapanoskop(["plan-score", ...args, ...places], { at });
  return { id, path, score };
}

describe("dapanoskop plan-score", () => {
  it("compares a plan with its workload in the published days, names what has no score, and keeps it", async () => {
    const { id, score } = await scored();
    const { code, out } = await score(id, "--applied", APPLIED);
    expect(code).toBe(0);
    expect(out).toMatch(
      /PREDICTED AND BILLED +predicted +billed +accuracy\n {2}shop +\+\$73\.00 +\+\$73\.00 +100\.0 %\n/,
    );
    expect(out).toMatch(
      /WITHOUT A SCORE\n {2}aws_ivs_channel\.live\n {6}It has no tag that names a workload\./,
    );
    const all = await score();
    expect(all.out).toMatch(/BY PROJECT.*\n {2}acme\/infra +\+\$73\.00 +\+\$73\.00 +100\.0 %\n/);
    expect(all.out).toMatch(/BY TYPE.*\n {2}aws_eks_cluster +\+\$73\.00/);
  });

  it("compares a plan with its resources on a bill", async () => {
    const { id, path, score } = await scored();
    const by = ["--bill", path("bill.csv"), "--managed", path("state.json"), "--format", "json"];
    const { out } = await score(id, "--applied", APPLIED, ...by);
    expect(JSON.parse(out)).toMatchObject({
      project: "acme/infra",
      applied_on: APPLIED,
      scores: [
        { kind: "resource", name: "aws_eks_cluster.shop", predicted: "73", actual: "73", permille: 1000 },
      ],
      left_out: [{ name: "aws_ivs_channel.live", reason: expect.stringContaining("No given state has it") }],
    });
  });

  it("has no score before seven days are complete", async () => {
    const { id, score } = await scored();
    const { out } = await score(id, "--applied", "2026-03-19");
    expect(out).toContain("Nothing of it can be scored.");
    expect(out).toContain("The bill must be complete through 2026-03-26: 7 days after the apply.");
  });

  it("refuses a plan that is not kept or not applied, and a bill without ids", async () => {
    const { id, path, score } = await scored();
    const refusal = async (...args: readonly string[]) => (await score(...args)).err;
    expect(await refusal("f".repeat(32))).toContain("is kept in");
    expect(await refusal(id)).toContain("is not applied. Say when it was by --applied DAY");
    expect(await refusal(id, "--bill", path("bill.csv"))).toContain("--bill needs --managed FILE");
    expect(await refusal(id, "--managed", path("state.json"))).toContain("it needs --bill");
  });
});
