import type { Input } from "@pulumi/pulumi";
import type { BucketParts, Platform } from "./platform.ts";

/** Where figures are published, and where the page's files are. */
export interface Store {
  readonly data: BucketParts;
  readonly app: BucketParts;
}

export const createStore = (platform: Platform): Store =>
  platform.part(
    "store",
    "Where figures are published, and the page's own files. Nothing here is ever public.",
    () => {
      const { text, inputs, accountId, region } = platform;
      requireKeyOfThisRegion(platform);
      const data = privateBucket(platform, "data", text`${inputs.name_prefix}-data-${accountId}-${region}`);
      platform.output("data_bucket", "The bucket that figures are published to.", data.name);
      const app = privateBucket(platform, "app", text`${inputs.name_prefix}-app-${accountId}-${region}`);
      return { data, app };
    },
  );

function requireKeyOfThisRegion(platform: Platform): void {
  const { inputs, given, choose, startsWith, partition, region } = platform;
  const isOfThisRegion = startsWith(inputs.kms_key_arn, "arn:", partition, ":kms:", region, ":");
  platform.require(
    choose(given(inputs.kms_key_arn), isOfThisRegion, true),
    "kms_key_arn must be of a key in the region that Dapanoskop is deployed to: S3 encrypts with no key of another region.",
  );
}

function privateBucket(platform: Platform, name: "data" | "app", bucket: Input<string>): BucketParts {
  const { aws, inputs, given, choose } = platform;
  const made = platform.bucket(name, { bucket, versioned: name === "data" });
  const withOwnKey = given(inputs.kms_key_arn);
  new aws.s3.BucketServerSideEncryptionConfiguration(name, {
    bucket: made.contents,
    rules: [
      {
        applyServerSideEncryptionByDefault:
          name === "app"
            ? { sseAlgorithm: "AES256" }
            : {
                sseAlgorithm: choose(withOwnKey, "aws:kms", "AES256"),
                kmsMasterKeyId: inputs.kms_key_arn,
              },
        // Without it every object would be a request to KMS.
        bucketKeyEnabled: name === "app" ? false : withOwnKey,
      },
    ],
  });
  new aws.s3.BucketOwnershipControls(name, {
    bucket: made.contents,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  return made;
}
