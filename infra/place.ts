import type { Platform } from "./platform.ts";

/** When the list below was read in AWS's documentation. */
export const REFUSED_REGIONS_AS_OF = "2026-12-01";

/**
 * Where Dapanoskop cannot run: regions without Lambda function URLs, by
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html, and partitions that lack these, CloudFront or its
 * functions.
 */
export const REFUSED_REGIONS = [
  ...["ap-east-2", "ap-south-2", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7"],
  ...["ca-west-1", "eu-central-2", "eu-south-2", "il-central-1", "me-central-1"],
  ...["aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"],
] as const;

/** Refuses an account that the inputs do not name, and regions and partitions that cannot host the system. */
export function requirePlace(platform: Platform): void {
  const { inputs, accountId, region, partition, isSet, equal, choose, any, has } = platform;
  platform.require(
    choose(isSet(inputs.account_id), equal(accountId, inputs.account_id as typeof accountId), true),
    "The credentials are of another account than account_id. Use credentials of that account, or correct account_id.",
  );
  platform.require(
    equal(any(has(inputs.refused_regions, region), has(inputs.refused_regions, partition)), false),
    `Dapanoskop cannot run in this region: AWS had no Lambda function URLs there on ${REFUSED_REGIONS_AS_OF}, and sessions are opened through one. Deploy to another region, like eu-central-1; Cost Explorer has the whole account's bill in each. If AWS has them there by now, set refused_regions without this region.`,
  );
}
