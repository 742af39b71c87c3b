import { describe, expect, it } from "vitest";
import { code, Expression } from "../synthesis/expression.ts";
import { Synthesizer } from "../synthesis/synthesizer.ts";
import { checkBlock, checkReference, checkResource } from "./check.ts";
import { minimumVersion, providerSchema } from "./schema.ts";

const minimum = providerSchema(minimumVersion);
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
    [minimum, "aws_s3_bucket_versioning", versioning],
    [
      minimum,
      "aws_s3_bucket_versioning",
      { ...versioning, versioning_configuration: [{ status: expression }] },
    ],
    [
      latest,
      "aws_s3_bucket_versioning",
      { ...versioning, versioning_configuration: [{ status: expression }] },
    ],
    [minimum, "data.aws_region", {}],
    // A data source may be found by its id.
    [minimum, "data.aws_cloudfront_cache_policy", { id: "658327ea" }],
    // Only 6.x has the first; only 5.x allows or requires the others.
    [latest, "aws_lambda_permission", { ...permission, invoked_via_function_url: true }],
    [minimum, "aws_cloudfront_response_headers_policy", { name: "headers", etag: "E1" }],
    [latest, "aws_cloudwatch_metric_alarm", { alarm_name: "stale" }],
  ])("has no fault: %#", (schema, type, body) => {
    expect(checkBlock(schema, type, body)).toEqual([]);
  });

  const [V, S, A] = ["aws_s3_bucket_versioning", "aws_s3_bucket", "aws_cloudwatch_metric_alarm"];
  const status = (versioning_configuration: unknown) => ({ bucket: "b", versioning_configuration });
  const AT = "at hashicorp/aws 5.98.0.";
  const computed = (name: string) => `${name} is computed: it can be read, not set.`;
  const shape = (name: string, type: string, value: string) =>
    `${S}.${name} is an argument of type ${type}, but its value is ${value}.`;
  it.each<readonly [string, object, ...(readonly string[])]>([
    [S, { bukcet: "data" }, `${S} has no argument bukcet ${AT}`],
    [S, { constructor: "data" }, `${S} has no argument constructor ${AT}`],
    [V, status({ status: "x", mfa: true }), `${V}.versioning_configuration has no argument mfa ${AT}`],
    [
      V,
      { bucket: null },
      `${V} lacks its required argument bucket.`,
      `${V} lacks its required block versioning_configuration.`,
    ],
    [V, status([]), `${V} needs at least 1 versioning_configuration, but has 0.`],
    [
      V,
      status([{ status: "x" }, { status: "y" }]),
      `${V} takes at most 1 versioning_configuration, but has 2.`,
    ],
    [S, { timeouts: [{ create: "5m" }, {}] }, `${S} takes at most 1 timeouts, but has 2.`],
    [V, status("Enabled"), `${V}.versioning_configuration is a block, but its value is a string.`],
    [S, { bucket: { name: "data" } }, shape("bucket", "string", "an object")],
    [S, { tags: ["a"] }, shape("tags", "map(string)", "a list")],
    [S, { force_destroy: 1 }, shape("force_destroy", "bool", "a number")],
    [S, { arn: "arn:aws:s3:::data", id: "data" }, computed(`${S}.arn`), computed(`${S}.id`)],
    [S, { region: "eu-central-1" }, computed(`${S}.region`)],
    ["aws_sqs_queue", { region: "eu-central-1" }, `aws_sqs_queue has no argument region ${AT}`],
    [
      "aws_lambda_permission",
      { ...permission, invoked_via_function_url: true },
      `aws_lambda_permission has no argument invoked_via_function_url ${AT}`,
    ],
    [
      A,
      { alarm_name: "stale" },
      `${A} lacks its required argument comparison_operator.`,
      `${A} lacks its required argument evaluation_periods.`,
    ],
    [
      S,
      { tags: { x: [code("aws_s3_bucket.data.idd")] } },
      `${S}.tags: aws_s3_bucket.data.idd refers to idd, which aws_s3_bucket does not have ${AT}`,
    ],
  ])("of %s with %o has these faults", (type, body, ...faults) => {
    expect(checkBlock(minimum, type as string, body as Readonly<Record<string, unknown>>)).toEqual(faults);
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
    return synthesizer.synthesis().resources.flatMap((resource) => checkResource(minimum, resource));
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
      expect(checkReference(minimum, address)).toBeNull();
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
    expect(checkReference(minimum, address)).toBe(`${address} ${fault}`);
  });

  it("to a region's new name is right from 6.x on", () => {
    expect(checkReference(latest, "data.aws_region.current.region")).toBeNull();
  });
});
