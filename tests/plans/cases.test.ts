import { readFile } from "node:fs/promises";
import { comparePlans, type PlanDocument, planReport, readPlan, redactedPlan } from "@dapanoskop/core/plan";
import { priceBook, shippedBook } from "@dapanoskop/core/pricing";
import { describe, expect, it } from "vitest";

// Worked cases of plans, with what Terraform and the AWS provider write. Prices are AWS's list prices of us-east-1, as its price
// pages and Infracost's goldens have them.

const list = priceBook(shippedBook);
const file = (name: string) => readFile(new URL(`./json/${name}.json`, import.meta.url));

async function document(name: string, region: string | null = null): Promise<PlanDocument> {
  const plan = await readPlan(await file(name));
  const rates = { observed: null, list };
  return planReport(plan, { region, currency: "USD", rates, usage: null, comparable: null });
}

const resource = ({ resources }: PlanDocument, address: string) => {
  const found = resources.find((one) => one.address === address);
  if (found === undefined) throw new Error(`${address} is not in the plan.`);
  return found;
};

describe("the actions of a plan", () => {
  it("are two replacements, an import, a forget, a move, two resources that stay and an output", async () => {
    const plan = await document("actions");
    expect(plan).toMatchObject({
      tool: "terraform",
      tool_version: "1.11.4",
      format_version: "1.2",
      kind: "plan",
      counts: {
        create: 0,
        update: 0,
        delete: 0,
        replace: 2,
        import: 1,
        forget: 1,
        move: 1,
        no_op: 2,
        outputs: 1,
        other: 0,
      },
      drift: { changed: 0, deleted: 0 },
    });
    expect(resource(plan, "aws_ebs_volume.tainted")).toMatchObject({
      reason: "replace_because_tainted",
      create_before_destroy: false,
    });
    expect(resource(plan, "aws_ebs_volume.other_zone")).toMatchObject({
      reason: "replace_because_cannot_update",
      replace_paths: ["availability_zone"],
      create_before_destroy: true,
    });
  });

  it("are one creation, one update, one replacement and one resource that stays", async () => {
    const plan = await document("resize");
    expect(plan.counts).toMatchObject({ create: 1, update: 1, replace: 1, no_op: 1, delete: 0 });
    expect(resource(plan, "aws_ebs_volume.data")).toMatchObject({
      action: "replace",
      replace_paths: ["availability_zone"],
    });
  });

  it("are none in a refresh-only plan, which has drift alone", async () => {
    const { kind, counts, drift, resources } = await document("drifted-refresh-only");
    expect([kind, drift.changed, drift.deleted, resources]).toEqual(["refresh-only", 2, 1, []]);
    expect(Object.values(counts).every((count) => count === 0)).toBe(true);
  });

  it("stand beside the drift in a usual plan over the same state", async () => {
    const { counts, drift } = await document("drifted");
    expect(counts).toMatchObject({ create: 1, update: 2 });
    expect(drift.resources.map(({ address, change }) => [address, change])).toEqual([
      ["aws_cloudwatch_log_group.web", "changed"],
      ["aws_ebs_volume.data", "deleted"],
      ["aws_instance.web", "changed"],
    ]);
  });

  it("are not read from a plan that failed, whose import reads no-op", async () => {
    const { kind, counts, warnings } = await document("failed-import");
    expect([kind, counts.no_op, counts.import]).toEqual(["errored", 0, 0]);
    expect(warnings.join()).toContain("The plan failed");
  });

  it("name a deposed object apart from the one that replaces it", async () => {
    const { resources } = await document("deposed");
    expect(resources.map(({ deposed, action }) => [deposed !== undefined, action])).toEqual([
      [true, "delete"],
      [false, "no-op"],
    ]);
  });

  it("are those of the addresses that Terraform writes, unchanged", async () => {
    const { resources } = await document("addresses", "eu-central-1");
    const addresses = resources.map(({ address }) => address);
    for (const address of [
      'module.a["k.v"].aws_instance.web["x y"]',
      'aws_cloudwatch_log_group.each["c\\"d"]',
    ]) {
      expect(addresses).toContain(address);
    }
    expect(addresses.filter((address) => address.startsWith("aws_ebs_volume.counted"))).toHaveLength(3);
  });
});

describe("the cost of a plan", () => {
  it.each([
    ["aws_nat_gateway.public", "usage-based", "32.85"],
    ["aws_eks_cluster.shop", "priced", "73"],
    ["aws_kinesis_stream.on_demand", "usage-based", "29.2"],
    ["aws_kinesis_stream.provisioned", "usage-based", "43.8"],
    ["aws_cloudwatch_metric_alarm.standard", "priced", "0.1"],
    ["aws_cloudwatch_metric_alarm.high_resolution", "priced", "0.3"],
    ["aws_lb.web", "usage-based", "16.425"],
    ["aws_ebs_volume.gp3", "priced", "8.4"],
    ["aws_ebs_volume.gp2", "priced", "1"],
    ["aws_ebs_volume.io1", "priced", "23.25"],
    ["aws_ebs_volume.st1", "priced", "1.8"],
    // 730 h and a root disk of 8 GB.
    ["aws_instance.t3_medium", "priced", "31.168"],
    ["aws_instance.m3_large", "priced", "97.89"],
    ["aws_instance.three[2]", "priced", "561.44"],
    ["aws_iam_role.free", "free", "0"],
  ])("of %s is %s, $%s a month", async (address, status, amount) => {
    expect(resource(await document("prices"), address)).toMatchObject({
      status,
      monthly_delta: amount,
      region: "us-east-1",
    });
  });

  it("is the exact sum of its resources, without a percentage where nothing was before", async () => {
    const { cost } = await document("prices");
    expect(cost).toMatchObject({ monthly_before: "0", monthly_delta: "2043.503", partial: true });
    expect(cost.monthly_delta_percent).toBeUndefined();
  });

  it("changes by the difference of a resize, and a replacement is one row", async () => {
    const plan = await document("resize");
    // (0.192 - 0.0104) × 730
    expect(resource(plan, "aws_instance.web").monthly_delta).toBe("132.568");
    expect(resource(plan, "aws_ebs_volume.data")).toMatchObject({
      monthly_before: "8",
      monthly_after: "40",
      monthly_delta: "32",
    });
    expect(plan.cost.monthly_delta).toBe("197.418");
  });

  it("is unknown where a value is, and never 0", async () => {
    const plan = await document("unknown", "us-east-1");
    expect(resource(plan, "aws_instance.unknown_type")).toMatchObject({
      status: "unknown",
      monthly_delta: null,
    });
    expect(resource(plan, "aws_ivs_channel.unsupported").status).toBe("unsupported");
    expect(resource(plan, "aws_instance.unknown_tag")).toMatchObject({ status: "priced", tag: "unknown" });
    expect(plan.cost.partial).toBe(true);
  });

  it("is by the region of each provider: a constant, a variable's default, one of a module", async () => {
    const plan = await document("providers");
    expect(plan.resources.map(({ address, region }) => [address, region]).sort()).toEqual([
      ["aws_cloudwatch_log_group.given", "ap-southeast-2"],
      ["aws_cloudwatch_log_group.virginia", "us-east-1"],
      ["aws_ebs_volume.default", "eu-west-1"],
      ["module.inherits.aws_kinesis_stream.inherited", "eu-west-1"],
      ["module.twice.aws_kinesis_stream.main", "us-east-1"],
      ["module.twice.aws_kinesis_stream.replica", "eu-west-1"],
      ["terraform_data.region", null],
    ]);
    expect(resource(await document("json-syntax"), "aws_ebs_volume.data").region).toBe("eu-west-1");
    await expect(document("unknown")).rejects.toThrow(/Give it by --region/);
  });

  it("follows billing_mode where the provider keeps old capacities, and warns of what is written but not planned", async () => {
    const table = resource(await document("on-demand-table", "us-east-1"), "aws_dynamodb_table.carts");
    expect(
      table.parts.filter(({ monthly_after }) => monthly_after !== "0" && monthly_after !== null),
    ).toEqual([]);
    const { warnings } = await document("ebs-block-device");
    expect(warnings.join()).toMatch(/volume_size is written as 5000, but not planned/);
  });
});

describe("what is stored of a plan", () => {
  it("has no secret, no variable and no configuration of a provider, and reads as the same plan", async () => {
    const bytes = await file("sensitive");
    const stored = redactedPlan(bytes);
    const text = new TextDecoder().decode(stored);
    expect(new TextDecoder().decode(bytes)).toContain("hunter2-of-the-database");
    expect(text).not.toMatch(/hunter2|variable-in-plain-text|plain-in-a-module-call/);
    expect(text).toContain("(sensitive)");
    expect((await readPlan(stored)).fingerprint).toBe((await readPlan(bytes)).fingerprint);
  });
});

describe("two plans", () => {
  it("differ by what is in one of them, and not from themselves", async () => {
    const [resize, drifted] = [await document("resize"), await document("drifted")];
    const { added, removed, changed } = comparePlans(resize, drifted);
    expect(added.map(({ address }) => address)).toContain("aws_iam_role.unchanged");
    expect(removed.map(({ address }) => address)).toContain("aws_nat_gateway.private");
    expect(changed.map(({ address }) => address)).toContain("aws_instance.web");
    expect(comparePlans(resize, resize)).toMatchObject({ added: [], removed: [], changed: [] });
  });
});
