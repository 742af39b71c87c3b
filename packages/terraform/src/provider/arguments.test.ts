import { describe, expect, it } from "vitest";
import { argumentFor } from "./arguments.ts";
import { type Block, minimumVersion, resourceType } from "./schema.ts";

describe("an argument's Pulumi name", () => {
  const distribution = resourceType(minimumVersion, "aws_cloudfront_distribution");
  const at = (block: Block, name: string) => argumentFor(block, name)?.name;
  const nested = (block: Block, name: string) => {
    const found = argumentFor(block, name);
    if (!found || !("block" in found)) throw new Error(`${name} is no block.`);
    return found.block;
  };

  it("is in camel case, and plural where there can be several", () => {
    expect(at(distribution, "defaultRootObject")).toBe("default_root_object");
    expect(at(distribution, "isIpv6Enabled")).toBe("is_ipv6_enabled");
    expect(at(distribution, "origins")).toBe("origin");
    expect(at(distribution, "orderedCacheBehaviors")).toBe("ordered_cache_behavior");
    expect(at(distribution, "defaultCacheBehavior")).toBe("default_cache_behavior");
    expect(at(distribution, "aliases")).toBe("aliases");
    expect(at(nested(distribution, "defaultCacheBehavior"), "functionAssociations")).toBe(
      "function_association",
    );
    expect(at(nested(distribution, "origins"), "customHeaders")).toBe("custom_header");
  });

  it("ends in -ies and -es where English requires it", () => {
    const alarm = resourceType(minimumVersion, "aws_cloudwatch_metric_alarm");
    expect(at(alarm, "metricQueries")).toBe("metric_query");
    expect(at(alarm, "alarmActions")).toBe("alarm_actions");
    expect(at(alarm, "dimensions")).toBe("dimensions");
  });

  it("may be singular where the schema allows several", () => {
    const client = resourceType(minimumVersion, "aws_cognito_user_pool_client");
    expect(at(client, "refreshTokenRotation")).toBe("refresh_token_rotation");
    const lifecycle = resourceType(minimumVersion, "aws_s3_bucket_lifecycle_configuration");
    expect(at(nested(lifecycle, "rules"), "noncurrentVersionExpiration")).toBe(
      "noncurrent_version_expiration",
    );
  });

  it("is not guessed: a name that the block does not have gives nothing", () => {
    expect(argumentFor(distribution, "defaultCacheBehaviors")).toBeUndefined();
    expect(argumentFor(distribution, "default_root_object")).toBeUndefined();
    expect(argumentFor(distribution, "constructor")).toBeUndefined();
  });
});
