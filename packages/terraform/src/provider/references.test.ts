import { describe, expect, it } from "vitest";
import { checkReference } from "./references.ts";
import { floorVersion, providerSchema } from "./schema.ts";

const floor = providerSchema(floorVersion);
const latest = providerSchema("6.66.0");

describe("a reference", () => {
  const fault = (address: string) => checkReference(floor, address);

  it.each([
    "aws_s3_bucket.data",
    "aws_s3_bucket.data.arn",
    "aws_s3_bucket.data[0].arn",
    "aws_sns_topic.alarms[*].arn",
    'aws_s3_object.page["index.html"].etag',
    "aws_s3_bucket.data.tags.Project",
    "aws_s3_bucket.data.timeouts.create",
    "aws_cloudfront_distribution.site.viewer_certificate[0].acm_certificate_arn",
    "aws_cloudfront_distribution.site.origin[*].domain_name",
    "aws_cloudfront_distribution.site.aliases",
    "data.aws_region.current.id",
    "data.aws_kms_public_key.signing.public_key_pem",
    "var.name_prefix",
    "module.store.bucket",
    "local.tags",
  ])("to %s holds", (address) => {
    expect(fault(address)).toBeUndefined();
  });

  it.each([
    ["aws_s3_bucket.data.arnn", "refers to arnn, which aws_s3_bucket does not have at hashicorp/aws 5.98.0."],
    ["aws_s3_bucket.data.arn.id", "goes into aws_s3_bucket.arn, which is a string."],
    [
      "data.aws_region.current.region",
      "refers to region, which data.aws_region does not have at hashicorp/aws 5.98.0.",
    ],
    [
      "aws_cloudfront_distribution.site.viewer_certificate.acm_certificate_arn",
      "needs an index after aws_cloudfront_distribution.viewer_certificate, which is a list of blocks.",
    ],
    [
      "aws_cloudfront_distribution.site.origin[0].domain_name",
      "counts into aws_cloudfront_distribution.origin, but a set has no order.",
    ],
    [
      "aws_cloudfront_distribution.site.aliases[0]",
      "counts into aws_cloudfront_distribution.aliases, but a set has no order.",
    ],
    ["aws_s3_bucket.data.timeouts[0].create", "takes an index where aws_s3_bucket.timeouts has none."],
    ["aws_vpc.main.id", "refers to aws_vpc, of which there is no schema for hashicorp/aws 5.98.0."],
  ])("to %s does not", (address, why) => {
    expect(fault(address)).toBe(`${address} ${why}`);
  });

  it("to a Region's new name holds from 6.x on", () => {
    expect(checkReference(latest, "data.aws_region.current.region")).toBeUndefined();
  });
});
