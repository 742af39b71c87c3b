import { describe, expect, it } from "vitest";
import { checkBlock } from "./check.ts";
import { floorVersion, providerSchema } from "./schema.ts";

const floor = providerSchema(floorVersion);
const latest = providerSchema("6.66.0");

describe("a block checked against the schema", () => {
  const expression = { toString: () => "an expression" };
  Object.setPrototypeOf(expression, class Expression {}.prototype);

  const versioning = { bucket: expression, versioning_configuration: { status: "Enabled" } };

  it("is silent about what is right, in one shape or the other", () => {
    expect(checkBlock(floor, "aws_s3_bucket_versioning", versioning)).toEqual([]);
    const inList = { ...versioning, versioning_configuration: [{ status: expression }] };
    expect(checkBlock(floor, "aws_s3_bucket_versioning", inList)).toEqual([]);
    expect(checkBlock(latest, "aws_s3_bucket_versioning", inList)).toEqual([]);
    expect(checkBlock(floor, "data.aws_region", {})).toEqual([]);
  });

  it("knows Terraform's own arguments at the root, and only there", () => {
    const meta = {
      count: expression,
      provider: expression,
      lifecycle: { prevent_destroy: true },
      depends_on: [],
    };
    expect(checkBlock(floor, "aws_s3_bucket_versioning", { ...versioning, ...meta })).toEqual([]);
    const inside = { ...versioning, versioning_configuration: { status: "Enabled", count: 1 } };
    expect(checkBlock(floor, "aws_s3_bucket_versioning", inside)).toEqual([
      "aws_s3_bucket_versioning.versioning_configuration has no argument count at hashicorp/aws 5.98.0.",
    ]);
  });

  it("finds an unknown argument, however deep", () => {
    expect(checkBlock(floor, "aws_s3_bucket", { bukcet: "data" })).toEqual([
      "aws_s3_bucket has no argument bukcet at hashicorp/aws 5.98.0.",
    ]);
    const typo = { ...versioning, versioning_configuration: { status: "Enabled", mfa: true } };
    expect(checkBlock(floor, "aws_s3_bucket_versioning", typo)).toEqual([
      "aws_s3_bucket_versioning.versioning_configuration has no argument mfa at hashicorp/aws 5.98.0.",
    ]);
    expect(checkBlock(floor, "aws_s3_bucket", { constructor: "data" })).toHaveLength(1);
  });

  it("finds what is missing; null and undefined are missing", () => {
    expect(checkBlock(floor, "aws_s3_bucket_versioning", { bucket: null })).toEqual([
      "aws_s3_bucket_versioning lacks its required argument bucket.",
      "aws_s3_bucket_versioning lacks its required block versioning_configuration.",
    ]);
    expect(
      checkBlock(floor, "aws_s3_bucket_versioning", { bucket: "b", versioning_configuration: [] }),
    ).toEqual(["aws_s3_bucket_versioning needs at least 1 versioning_configuration, but 0 were given."]);
  });

  it("finds a block where an argument belongs, and the reverse", () => {
    expect(checkBlock(floor, "aws_s3_bucket", { bucket: { name: "data" } })).toEqual([
      "aws_s3_bucket.bucket is an argument of type string, but an object was given.",
    ]);
    expect(
      checkBlock(floor, "aws_s3_bucket_versioning", { ...versioning, versioning_configuration: "Enabled" }),
    ).toEqual([
      "aws_s3_bucket_versioning.versioning_configuration is a block, but a value (string) was given.",
    ]);
    expect(checkBlock(floor, "aws_s3_bucket", { tags: ["a"], force_destroy: 1 })).toEqual([
      "aws_s3_bucket.tags is an argument of type map(string), but a list was given.",
      "aws_s3_bucket.force_destroy is an argument of type bool, but a value (number) was given.",
    ]);
  });

  it("counts blocks", () => {
    const twice = [{ status: "Enabled" }, { status: "Suspended" }];
    expect(
      checkBlock(floor, "aws_s3_bucket_versioning", { ...versioning, versioning_configuration: twice }),
    ).toEqual(["aws_s3_bucket_versioning takes at most 1 versioning_configuration, but 2 were given."]);
    const timeouts = [{ create: "5m" }, { create: "6m" }];
    expect(checkBlock(floor, "aws_s3_bucket", { timeouts })).toEqual([
      "aws_s3_bucket takes at most 1 timeouts, but 2 were given.",
    ]);
  });

  it("goes into dynamic blocks, which may be any number", () => {
    const { versioning_configuration: content, ...rest } = versioning;
    const dynamic = (item: unknown) => ({ ...rest, dynamic: { versioning_configuration: item } });
    expect(checkBlock(floor, "aws_s3_bucket_versioning", dynamic({ for_each: expression, content }))).toEqual(
      [],
    );
    expect(checkBlock(floor, "aws_s3_bucket_versioning", dynamic({ content }))).toEqual([
      "aws_s3_bucket_versioning: the dynamic block versioning_configuration needs for_each and content.",
    ]);
    expect(
      checkBlock(floor, "aws_s3_bucket_versioning", dynamic({ for_each: expression, content: {} })),
    ).toEqual(["aws_s3_bucket_versioning.versioning_configuration lacks its required argument status."]);
    expect(checkBlock(floor, "aws_s3_bucket", { dynamic: { corz: {} } })).toEqual([
      "aws_s3_bucket has no block corz at hashicorp/aws 5.98.0.",
    ]);
  });

  it("lets nobody set what is computed", () => {
    expect(checkBlock(floor, "aws_s3_bucket", { arn: "arn:aws:s3:::data" })).toEqual([
      "aws_s3_bucket.arn is computed: it can be read, not set.",
    ]);
    expect(checkBlock(floor, "aws_s3_bucket", { id: "data" })).toHaveLength(1);
    // Of a data source, the id may be what it is found by.
    expect(checkBlock(floor, "data.aws_cloudfront_cache_policy", { id: "658327ea" })).toEqual([]);
  });

  it("knows what exists only in 6.x", () => {
    const permission = {
      action: "lambda:InvokeFunction",
      function_name: "auth",
      principal: "cloudfront.amazonaws.com",
    };
    const viaUrl = { ...permission, invoked_via_function_url: true };
    expect(checkBlock(latest, "aws_lambda_permission", viaUrl)).toEqual([]);
    expect(checkBlock(floor, "aws_lambda_permission", viaUrl)).toEqual([
      "aws_lambda_permission has no argument invoked_via_function_url at hashicorp/aws 5.98.0.",
    ]);
    expect(checkBlock(floor, "aws_sqs_queue", { region: "eu-central-1" })).toEqual([
      "aws_sqs_queue has no argument region at hashicorp/aws 5.98.0.",
    ]);
    expect(checkBlock(floor, "aws_s3_bucket", { region: "eu-central-1" })).toEqual([
      "aws_s3_bucket.region is computed: it can be read, not set.",
    ]);
  });

  it("knows what only 5.x lets one set, or demands", () => {
    const headers = { name: "headers", etag: "E1" };
    expect(checkBlock(floor, "aws_cloudfront_response_headers_policy", headers)).toEqual([]);
    expect(checkBlock(latest, "aws_cloudfront_response_headers_policy", headers)).toEqual([
      "aws_cloudfront_response_headers_policy.etag is computed: it can be read, not set.",
    ]);
    expect(checkBlock(latest, "aws_cloudwatch_metric_alarm", { alarm_name: "stale" })).toEqual([]);
    expect(checkBlock(floor, "aws_cloudwatch_metric_alarm", { alarm_name: "stale" })).toEqual([
      "aws_cloudwatch_metric_alarm lacks its required argument comparison_operator.",
      "aws_cloudwatch_metric_alarm lacks its required argument evaluation_periods.",
    ]);
  });

  it("follows the references in its expressions, wherever they stand", () => {
    const asText = (value: unknown) => (typeof value === "string" && value.startsWith("aws_") ? [value] : []);
    const body = {
      bucket: "aws_s3_bucket.data.idd",
      versioning_configuration: { status: "aws_s3_bucket.data.bucket" },
      depends_on: ["aws_s3_bucket.data", "aws_s3_buckets.data"],
    };
    expect(checkBlock(floor, "aws_s3_bucket_versioning", body, asText)).toEqual([
      "aws_s3_bucket_versioning.bucket: aws_s3_bucket.data.idd refers to idd, which aws_s3_bucket does not have at hashicorp/aws 5.98.0.",
      "aws_s3_bucket_versioning.depends_on: aws_s3_buckets.data refers to aws_s3_buckets, of which there is no schema for hashicorp/aws 5.98.0.",
    ]);
  });
});
