import type { Bucket, Platform } from "./platform.ts";
import { policyDocument, withoutOldTls } from "./policy-documents.ts";
import { encrypt } from "./store.ts";

/** A plan that was deleted or replaced can be restored for so long. */
const DAYS_OF_OLD_VERSIONS = 30;

/** The bucket of redacted plans, which are larger than a record of the table can be. The API alone reads and writes it. */
export function createPlanFiles(platform: Platform): Pick<Bucket, "name" | "arn"> {
  const { aws, inputs, text, accountId, region } = platform;
  const { bucket, arn } = new aws.s3.Bucket("plans", {
    bucket: text`${inputs.name_prefix}-plans-${accountId}-${region}`,
    forceDestroy: false,
  });
  new aws.s3.BucketVersioning("plans", { bucket, versioningConfiguration: { status: "Enabled" } });
  const closed = new aws.s3.BucketPublicAccessBlock("plans", {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  encrypt(platform, "plans", bucket, inputs.kms_key_arn);
  new aws.s3.BucketLifecycleConfiguration("plans", {
    bucket,
    rules: [
      {
        id: "old-versions",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrentVersionExpiration: { noncurrentDays: DAYS_OF_OLD_VERSIONS },
        expiration: { expiredObjectDeleteMarker: true },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
  });
  new aws.s3.BucketPolicy(
    "plans",
    { bucket, policy: policyDocument(platform, withoutOldTls([arn, text`${arn}/*`])) },
    { dependsOn: [closed] },
  );
  return { name: bucket, arn };
}
