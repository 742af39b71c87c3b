import type { Input } from "@pulumi/pulumi";
import type { Bucket, Platform } from "./platform.ts";

/** The bucket of the published dataset, and the bucket of the page's files. */
export interface Store {
  readonly data: Bucket;
  readonly app: Bucket;
}

export const createStore = (platform: Platform): Store =>
  platform.subsystem(
    "store",
    "The buckets of the published dataset and of the page's files. Neither is ever public.",
    () => {
      const { inputs, text, isSet, choose, accountId, partition, region } = platform;
      const isKeyOfThisRegion = platform.startsWith(
        inputs.kms_key_arn,
        "arn:",
        partition,
        ":kms:",
        region,
        ":",
      );
      platform.require(
        choose(isSet(inputs.kms_key_arn), isKeyOfThisRegion, true),
        "kms_key_arn must be of a key in the region that Dapanoskop is deployed to: S3 encrypts with no key of another region.",
      );
      const name = (kind: string) => text`${inputs.name_prefix}-${kind}-${accountId}-${region}`;
      const store = platform.buckets(
        {
          data: { bucket: name("data"), versioned: true, kmsKeyArn: inputs.kms_key_arn },
          app: { bucket: name("app"), versioned: false, kmsKeyArn: undefined },
        },
        ({ bucket, kmsKeyArn }, label) => encrypt(platform, label("private"), bucket, kmsKeyArn),
      );
      platform.output("data_bucket", "The bucket of the published dataset.", store.data.name);
      return store;
    },
  );

/** A bucket encrypts every object, by the adopter's key or by S3's own, and owns it. */
export function encrypt(
  { aws, isSet, choose }: Platform,
  name: string,
  bucket: Input<string>,
  kmsKeyArn: Input<string> | undefined,
): void {
  const withKey = isSet(kmsKeyArn);
  new aws.s3.BucketServerSideEncryptionConfiguration(name, {
    bucket,
    rules: [
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: choose(withKey, "aws:kms", "AES256"),
          kmsMasterKeyId: kmsKeyArn,
        },
        // Without a bucket key every object would be a request to KMS.
        bucketKeyEnabled: withKey,
      },
    ],
  });
  new aws.s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
}
