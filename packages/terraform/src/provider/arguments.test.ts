import { expect, it } from "vitest";
import { argumentFor } from "./arguments.ts";
import { minimumVersion, resourceType } from "./schema.ts";

it.each([
  // In camel case, and plural where there can be several.
  ["aws_cloudfront_distribution", "defaultRootObject", "default_root_object"],
  ["aws_cloudfront_distribution", "isIpv6Enabled", "is_ipv6_enabled"],
  ["aws_cloudfront_distribution", "origins", "origin"],
  ["aws_cloudfront_distribution", "orderedCacheBehaviors", "ordered_cache_behavior"],
  ["aws_cloudfront_distribution", "defaultCacheBehavior", "default_cache_behavior"],
  ["aws_cloudfront_distribution", "aliases", "aliases"],
  ["aws_cloudfront_distribution", "origins.customHeaders", "custom_header"],
  ["aws_cloudfront_distribution", "defaultCacheBehavior.functionAssociations", "function_association"],
  // In -ies and -es where English requires it.
  ["aws_cloudwatch_metric_alarm", "metricQueries", "metric_query"],
  ["aws_cloudwatch_metric_alarm", "alarmActions", "alarm_actions"],
  ["aws_cloudwatch_metric_alarm", "dimensions", "dimensions"],
  // Singular where the schema allows several.
  ["aws_cognito_user_pool_client", "refreshTokenRotation", "refresh_token_rotation"],
  [
    "aws_s3_bucket_lifecycle_configuration",
    "rules.noncurrentVersionExpiration",
    "noncurrent_version_expiration",
  ],
  // Nothing is guessed.
  ["aws_cloudfront_distribution", "defaultCacheBehaviors", undefined],
  ["aws_cloudfront_distribution", "default_root_object", undefined],
  ["aws_cloudfront_distribution", "constructor", undefined],
])("of %s, Pulumi's %s is %s", (type, path, name) => {
  const [last = "", ...outer] = path.split(".").reverse();
  const block = outer.reduceRight(
    (block, part) => {
      const found = argumentFor(block, part);
      if (!found || !("block" in found)) throw new Error(`${part} is no block.`);
      return found.block;
    },
    resourceType(minimumVersion, type),
  );
  expect(argumentFor(block, last)?.name).toBe(name);
});
