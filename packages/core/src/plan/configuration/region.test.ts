import { describe, expect, it } from "vitest";
import { readPlan } from "../read-plan.ts";
import { aConfiguredResource, aPlannedChange, inRegion, planBytes, realPlan } from "../testing/index.ts";

const regionsOf = async (plan: Record<string, unknown>) =>
  Object.fromEntries(
    (await readPlan(planBytes(plan))).changes.map(({ address, region }) => [address, region]),
  );

const aVolume = (given: { actions?: readonly string[]; before?: unknown; after?: unknown } = {}) =>
  aPlannedChange({ address: "aws_ebs_volume.a", actions: ["create"], ...given });

/** The region of a volume whose provider has an expression for it. */
async function regionBy(
  region: unknown,
  { variables = {}, declared = {}, after = {} }: Record<string, unknown> = {},
): Promise<string | null> {
  const configuration = {
    provider_config: { aws: { expressions: region === undefined ? {} : { region } } },
    root_module: { variables: declared, resources: [aConfiguredResource("aws_ebs_volume.a")] },
  };
  const found = await regionsOf({ resource_changes: [aVolume({ after })], variables, configuration });
  return found["aws_ebs_volume.a"] ?? null;
}

describe("the region of a resource", () => {
  it("is of its provider in real plans: a default of a variable, a given value, an alias, and providers of modules", async () => {
    const plan = await readPlan(await realPlan("providers"));
    expect(Object.fromEntries(plan.changes.map(({ address, region }) => [address, region]))).toEqual({
      "aws_cloudwatch_log_group.given": "ap-southeast-2",
      "aws_cloudwatch_log_group.virginia": "us-east-1",
      "aws_ebs_volume.default": "eu-west-1",
      "module.inherits.aws_kinesis_stream.inherited": "eu-west-1",
      "module.twice.aws_kinesis_stream.main": "us-east-1",
      "module.twice.aws_kinesis_stream.replica": "eu-west-1",
      "terraform_data.region": null,
    });
  });

  it("is found in configurations that are written in JSON, where a variable stands as a constant", async () => {
    const plan = await readPlan(await realPlan("json-syntax"));
    expect(plan.changes.map(({ address, region }) => [address, region])).toEqual([
      ["aws_cloudwatch_log_group.web", "us-east-1"],
      ["aws_ebs_volume.data", "eu-west-1"],
    ]);
  });

  it.each([
    ["a constant", { constant_value: "eu-north-1" }, {}, "eu-north-1"],
    ["a constant of another partition", { constant_value: "us-gov-west-1" }, {}, "us-gov-west-1"],
    ["a constant that is no region", { constant_value: "everywhere" }, {}, null],
    [
      "a variable's default",
      { references: ["var.r"] },
      { declared: { r: { default: "eu-north-1" } } },
      "eu-north-1",
    ],
    [
      "a variable's value, before its default",
      { references: ["var.r"] },
      { declared: { r: { default: "us-east-1" } }, variables: { r: { value: "eu-north-1" } } },
      "eu-north-1",
    ],
    [
      "a variable's attribute",
      { references: ["var.aws.region", "var.aws"] },
      { variables: { aws: { value: { region: "eu-north-1" } } } },
      "eu-north-1",
    ],
    ["a variable without a value", { references: ["var.r"] }, { declared: { r: {} } }, null],
    [
      "a variable that is a part of it",
      { references: ["var.r"] },
      { variables: { r: { value: "eu" } } },
      null,
    ],
    [
      "two variables",
      { references: ["var.r", "var.s"] },
      { variables: { r: { value: "eu-north-1" }, s: { value: "eu-west-1" } } },
      null,
    ],
    ["a local value", { references: ["local.region"] }, {}, null],
    [
      "a variable in JSON",
      { constant_value: `$${"{var.r}"}` },
      { variables: { r: { value: "eu-north-1" } } },
      "eu-north-1",
    ],
    ["an expression in JSON", { constant_value: `$${"{local.r}"}` }, {}, null],
    ["the environment", undefined, {}, null],
  ])("is %s where the provider's expression is", async (_, expression, more, expected) => {
    expect(await regionBy(expression, more)).toBe(expected);
  });

  it("is the resource's own where it has one, by its attribute or its ARN", async () => {
    const provider = { constant_value: "us-east-1" };
    expect(await regionBy(provider, { after: { region: "eu-north-1" } })).toBe("eu-north-1");
    const arn = "arn:aws:ec2:ap-south-1:123456789012:volume/vol-1";
    expect(await regionBy(provider, { after: { arn } })).toBe("ap-south-1");
    expect(await regionBy(provider, { after: { arn: "arn:aws:iam::123456789012:role/a" } })).toBe(
      "us-east-1",
    );
  });

  it("is of before where the resource is deleted", async () => {
    const arn = "arn:aws:ec2:ap-south-1:123456789012:volume/vol-1";
    const change = aVolume({ actions: ["delete"], before: { arn } });
    expect(await regionsOf({ resource_changes: [change] })).toEqual({ "aws_ebs_volume.a": "ap-south-1" });
  });

  it.each([
    ["eu-north-1a", "eu-north-1"],
    ["us-west-2-lax-1a", "us-west-2"],
    ["use1-az1", null],
    ["nowhere", null],
  ])("is of the zone %s where the provider has none", async (availability_zone, expected) => {
    expect(await regionBy(undefined, { after: { availability_zone } })).toBe(expected);
  });

  it("is of the resources that exist with the same provider, and a warning says so", async () => {
    const configuration = {
      provider_config: { aws: { expressions: {} } },
      root_module: {
        resources: [aConfiguredResource("aws_ebs_volume.a"), aConfiguredResource("aws_sqs_queue.old")],
      },
    };
    const old = (region: string) =>
      aPlannedChange({
        address: "aws_sqs_queue.old",
        after: { arn: `arn:aws:sqs:${region}:123456789012:old` },
      });
    const plan = await readPlan(
      planBytes({ configuration, resource_changes: [aVolume(), old("eu-north-1")] }),
    );
    expect(plan.changes.map(({ region }) => region)).toEqual(["eu-north-1", "eu-north-1"]);
    expect(plan.warnings.join()).toContain("eu-north-1 is taken from existing resources");
    const another = aPlannedChange({
      address: "aws_sqs_queue.old",
      entry: { index: 1 },
      after: { arn: "arn:aws:sqs:eu-west-1:123456789012:old" },
    });
    const two = { configuration, resource_changes: [aVolume(), old("eu-north-1"), another] };
    expect((await regionsOf(two))["aws_ebs_volume.a"]).toBeNull();
  });

  it("is what the data source aws_region read with the same provider", async () => {
    const configuration = {
      provider_config: { aws: { expressions: {} } },
      root_module: {
        resources: [
          aConfiguredResource("aws_ebs_volume.a"),
          { ...aConfiguredResource("aws_region.current"), mode: "data" },
        ],
      },
    };
    const read = { mode: "data", type: "aws_region", name: "current", values: { id: "eu-north-1" } };
    const prior_state = { values: { root_module: { resources: [read] } } };
    const plan = { configuration, prior_state, resource_changes: [aVolume()] };
    expect(await regionsOf(plan)).toEqual({ "aws_ebs_volume.a": "eu-north-1" });
  });

  it("is never assumed", async () => {
    expect(await regionsOf({ resource_changes: [aVolume()] })).toEqual({ "aws_ebs_volume.a": null });
    expect(
      await regionsOf({
        resource_changes: [aVolume()],
        configuration: inRegion("eu-north-1", "aws_ebs_volume.other"),
      }),
    ).toEqual({ "aws_ebs_volume.a": null });
  });

  it("is of a provider in a module, whose variable the module's call gives", async () => {
    const configuration = {
      provider_config: {
        "module.a:aws": { module_address: "module.a", expressions: { region: { references: ["var.r"] } } },
      },
      root_module: {
        variables: { home: { default: "eu-north-1" } },
        module_calls: {
          a: {
            expressions: { r: { references: ["var.home"] } },
            module: {
              variables: { r: {} },
              resources: [aConfiguredResource("aws_ebs_volume.a", {}, "module.a:aws")],
            },
          },
        },
      },
    };
    const change = aPlannedChange({ address: "module.a.aws_ebs_volume.a", actions: ["create"] });
    expect(await regionsOf({ configuration, resource_changes: [change] })).toEqual({
      "module.a.aws_ebs_volume.a": "eu-north-1",
    });
  });
});
