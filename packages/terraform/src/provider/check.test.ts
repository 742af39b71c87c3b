import { describe, expect, it } from "vitest";
import { code, Expression } from "../synthesis/expression.ts";
import { Synthesizer } from "../synthesis/synthesizer.ts";
import { checkBlock, checkReference, checkResource } from "./check.ts";
import { floorVersion, providerSchema } from "./schema.ts";

const floor = providerSchema(floorVersion);
const latest = providerSchema("6.66.0");

describe("a block checked against the schema", () => {
  const expression = code("var.x");
  const versioning = { bucket: expression, versioning_configuration: { status: "Enabled" } };
  const permission = {
    action: "lambda:InvokeFunction",
    function_name: "auth",
    principal: "cloudfront.amazonaws.com",
  };

  it.each([
    [floor, "aws_s3_bucket_versioning", versioning],
    [
      floor,
      "aws_s3_bucket_versioning",
      { ...versioning, versioning_configuration: [{ status: expression }] },
    ],
    [
      latest,
      "aws_s3_bucket_versioning",
      { ...versioning, versioning_configuration: [{ status: expression }] },
    ],
    [floor, "data.aws_region", {}],
    // A data source may be found by its id.
    [floor, "data.aws_cloudfront_cache_policy", { id: "658327ea" }],
    // Only 6.x has the first; only 5.x allows or requires the others.
    [latest, "aws_lambda_permission", { ...permission, invoked_via_function_url: true }],
    [floor, "aws_cloudfront_response_headers_policy", { name: "headers", etag: "E1" }],
    [latest, "aws_cloudwatch_metric_alarm", { alarm_name: "stale" }],
  ])("has no fault: %#", (schema, type, body) => {
    expect(checkBlock(schema, type, body)).toEqual([]);
  });

  const V = "aws_s3_bucket_versioning";
  it.each<readonly [string, object, readonly string[]]>([
    ["aws_s3_bucket", { bukcet: "data" }, ["aws_s3_bucket has no argument bukcet at hashicorp/aws 5.98.0."]],
    [
      "aws_s3_bucket",
      { constructor: "x" },
      ["aws_s3_bucket has no argument constructor at hashicorp/aws 5.98.0."],
    ],
    [
      V,
      { ...versioning, versioning_configuration: { status: "Enabled", mfa: true } },
      [`${V}.versioning_configuration has no argument mfa at hashicorp/aws 5.98.0.`],
    ],
    [
      V,
      { bucket: null },
      [`${V} lacks its required argument bucket.`, `${V} lacks its required block versioning_configuration.`],
    ],
    [
      V,
      { bucket: "b", versioning_configuration: [] },
      [`${V} needs at least 1 versioning_configuration, but has 0.`],
    ],
    [
      "aws_s3_bucket",
      { bucket: { name: "data" } },
      ["aws_s3_bucket.bucket is an argument of type string, but its value is an object."],
    ],
    [
      V,
      { ...versioning, versioning_configuration: "Enabled" },
      [`${V}.versioning_configuration is a block, but its value is a string.`],
    ],
    [
      "aws_s3_bucket",
      { tags: ["a"], force_destroy: 1 },
      [
        "aws_s3_bucket.tags is an argument of type map(string), but its value is a list.",
        "aws_s3_bucket.force_destroy is an argument of type bool, but its value is a number.",
      ],
    ],
    [
      V,
      { ...versioning, versioning_configuration: [{ status: "Enabled" }, { status: "Suspended" }] },
      [`${V} takes at most 1 versioning_configuration, but has 2.`],
    ],
    [
      "aws_s3_bucket",
      { timeouts: [{ create: "5m" }, { create: "6m" }] },
      ["aws_s3_bucket takes at most 1 timeouts, but has 2."],
    ],
    [
      "aws_s3_bucket",
      { arn: "arn:aws:s3:::data", id: "data" },
      [
        "aws_s3_bucket.arn is computed: it can be read, not set.",
        "aws_s3_bucket.id is computed: it can be read, not set.",
      ],
    ],
    [
      "aws_lambda_permission",
      { ...permission, invoked_via_function_url: true },
      ["aws_lambda_permission has no argument invoked_via_function_url at hashicorp/aws 5.98.0."],
    ],
    [
      "aws_sqs_queue",
      { region: "eu-central-1" },
      ["aws_sqs_queue has no argument region at hashicorp/aws 5.98.0."],
    ],
    [
      "aws_s3_bucket",
      { region: "eu-central-1" },
      ["aws_s3_bucket.region is computed: it can be read, not set."],
    ],
    [
      "aws_cloudwatch_metric_alarm",
      { alarm_name: "stale" },
      [
        "aws_cloudwatch_metric_alarm lacks its required argument comparison_operator.",
        "aws_cloudwatch_metric_alarm lacks its required argument evaluation_periods.",
      ],
    ],
    [
      V,
      { bucket: [code("aws_s3_bucket.data.idd")], versioning_configuration: { status: "Enabled" } },
      [
        `${V}.bucket is an argument of type string, but its value is a list.`,
        `${V}.bucket: aws_s3_bucket.data.idd refers to idd, which aws_s3_bucket does not have at hashicorp/aws 5.98.0.`,
      ],
    ],
  ])("of %s with %o has these faults", (type, body, faults) => {
    expect(checkBlock(floor, type, body as Readonly<Record<string, unknown>>)).toEqual(faults);
  });

  it("at 6.x cannot set what only 5.x lets one set", () => {
    const headers = { name: "headers", etag: "E1" };
    expect(checkBlock(latest, "aws_cloudfront_response_headers_policy", headers)).toEqual([
      "aws_cloudfront_response_headers_policy.etag is computed: it can be read, not set.",
    ]);
  });
});

describe("blocks and resources for each row of a table", () => {
  const declared = (create: (synthesizer: Synthesizer) => object) => {
    const synthesizer = new Synthesizer();
    synthesizer.subsystem("example", "", () => create(synthesizer));
    return synthesizer.synthesis().resources.flatMap((resource) => checkResource(floor, resource));
  };
  const rows = (status: unknown) => [{ status: "Enabled" }, { status }];

  it("are checked with the values of each row", () => {
    const blocks = (status: unknown) =>
      declared((synthesizer) =>
        synthesizer.add("resource", "aws_s3_bucket_versioning", "one", {
          bucket: "b",
          versioningConfiguration: synthesizer.map("rows", rows(status), (row) => row),
        }),
      );
    const fault = "is an argument of type string, but its value is a list.";
    expect(blocks("Suspended")).toEqual([]);
    expect(blocks(["Enabled"])).toEqual([
      `aws_s3_bucket_versioning.versioning_configuration.status ${fault}`,
    ]);

    const resources = (bucket: unknown) =>
      declared((synthesizer) =>
        synthesizer.table("buckets", { a: { bucket: "a" }, b: { bucket } }, (row) =>
          synthesizer.add("resource", "aws_s3_bucket", "one", { ...row }),
        ),
      );
    expect(resources("b")).toEqual([]);
    expect(resources(["b"])).toEqual([`aws_s3_bucket.bucket ${fault}`]);
    expect(resources(new Expression({ kind: "code", code: "aws_s3_bucket.x.y" }))).toHaveLength(1);
  });
});

describe("a reference", () => {
  it.each(["aws_s3_bucket.data.arn", "aws_s3_bucket.data.timeouts", "data.aws_region.current.id"])(
    "to %s has no fault",
    (address) => {
      expect(checkReference(floor, address)).toBeNull();
    },
  );

  it.each([
    ["aws_s3_bucket.data.arnn", "refers to arnn, which aws_s3_bucket does not have at hashicorp/aws 5.98.0."],
    [
      "data.aws_region.current.region",
      "refers to region, which data.aws_region does not have at hashicorp/aws 5.98.0.",
    ],
    ["aws_vpc.main.id", "refers to aws_vpc, which has no schema for hashicorp/aws 5.98.0."],
  ])("to %s has one", (address, fault) => {
    expect(checkReference(floor, address)).toBe(`${address} ${fault}`);
  });

  it("to a region's new name is right from 6.x on", () => {
    expect(checkReference(latest, "data.aws_region.current.region")).toBeNull();
  });
});
