import { all } from "../support/policy.ts";
import {
  allowed,
  and,
  block,
  blocks,
  changed,
  isAnybody,
  ofType,
  type Resources,
  type Rule,
  type Skip,
  statements,
  unless,
  without,
  withStatement,
} from "./rule.ts";

/** What stands beside a bucket, by the bucket's name. */
const beside = (type: string, resources: Resources, bucket: unknown) =>
  ofType(resources, type).find(({ args }) => args.bucket === bucket)?.args;

const ACCESS = "aws_s3_bucket_public_access_block";

const closed = (argument: string, ...ids: readonly string[]): Rule => ({
  ids,
  fact: `Every bucket has ${argument} on.`,
  offenders: unless(
    "aws_s3_bucket",
    ({ bucket }, _, all) => beside(ACCESS, all, bucket)?.[argument] === true,
  ),
  broken: changed(ACCESS, { [argument]: false }),
});

const policyOf = (resources: Resources, bucket: unknown) => {
  const args = beside("aws_s3_bucket_policy", resources, bucket);
  return args === undefined ? [] : statements(args);
};

export const bucketRules: readonly Rule[] = [
  closed("block_public_acls", "CKV_AWS_53", "AVD-AWS-0086"),
  closed("block_public_policy", "CKV_AWS_54", "AVD-AWS-0087"),
  closed("ignore_public_acls", "CKV_AWS_55", "AVD-AWS-0091"),
  closed("restrict_public_buckets", "CKV_AWS_56", "AVD-AWS-0093"),
  {
    ids: ["CKV2_AWS_6", "AVD-AWS-0094"],
    fact: "Every bucket has a public access block.",
    offenders: unless("aws_s3_bucket", ({ bucket }, _, all) => beside(ACCESS, all, bucket) !== undefined),
    broken: without(ACCESS),
  },
  {
    ids: ["CKV_AWS_19", "AVD-AWS-0088"],
    fact: "Every bucket encrypts what it holds.",
    offenders: unless("aws_s3_bucket", ({ bucket }, _, all) => {
      const config = beside("aws_s3_bucket_server_side_encryption_configuration", all, bucket) ?? {};
      const algorithm = block(block(config, "rule"), "apply_server_side_encryption_by_default").sse_algorithm;
      return algorithm === "AES256" || algorithm === "aws:kms";
    }),
    broken: without("aws_s3_bucket_server_side_encryption_configuration"),
  },
  {
    ids: ["CKV_AWS_20", "CKV_AWS_57", "CKV_AWS_375", "AVD-AWS-0092"],
    fact: "No bucket and no object has an ACL.",
    offenders: (resources) =>
      resources
        .filter(
          ({ type, args }) =>
            type === "aws_s3_bucket_acl" || (/^aws_s3_(bucket|object)$/.test(type) && args.acl),
        )
        .map(({ address }) => address),
    broken: and("aws_s3_bucket_acl", { acl: "public-read" }),
  },
  {
    ids: ["CKV2_AWS_65"],
    fact: "ACLs are switched off: the bucket's owner owns every object.",
    offenders: unless("aws_s3_bucket", ({ bucket }, _, all) => {
      const controls = beside("aws_s3_bucket_ownership_controls", all, bucket) ?? {};
      return block(controls, "rule").object_ownership === "BucketOwnerEnforced";
    }),
    broken: changed("aws_s3_bucket_ownership_controls", { rule: [{ object_ownership: "ObjectWriter" }] }),
  },
  {
    ids: ["CKV_AWS_21", "AVD-AWS-0090"],
    fact: "Buckets keep earlier versions.",
    offenders: unless("aws_s3_bucket", ({ bucket }, _, all) => {
      const versioning = beside("aws_s3_bucket_versioning", all, bucket) ?? {};
      return block(versioning, "versioning_configuration").status === "Enabled";
    }),
    broken: changed("aws_s3_bucket_versioning", { versioning_configuration: [{ status: "Suspended" }] }),
    except: {
      "aws_s3_bucket.app":
        "It holds a release's files, which the module has itself and puts again; old versions would stay for good.",
    },
  },
  {
    ids: ["CKV_AWS_70"],
    fact: "No bucket policy allows anything to anybody.",
    offenders: unless("aws_s3_bucket_policy", (args) => !allowed(args).some(isAnybody)),
    broken: withStatement("aws_s3_bucket_policy", { Principal: "*", Action: "s3:GetObject" }),
  },
  {
    ids: ["CKV_AWS_93"],
    fact: "No bucket policy locks everybody out: whoever denies all does it under a condition.",
    offenders: unless("aws_s3_bucket_policy", (args) =>
      statements(args).every(
        ({ Effect, Action, Condition }) =>
          Effect === "Allow" || Condition !== undefined || !all(Action).includes("s3:*"),
      ),
    ),
    broken: withStatement("aws_s3_bucket_policy", { Effect: "Deny", Principal: "*", Action: "s3:*" }),
  },
  {
    ids: ["CKV_AWS_379"],
    fact: "Every bucket refuses what does not come by TLS.",
    offenders: unless("aws_s3_bucket", ({ bucket }, _, resources) =>
      policyOf(resources, bucket).some(
        ({ Effect, Principal, Action, Condition }) =>
          Effect === "Deny" &&
          Principal === "*" &&
          Action === "s3:*" &&
          Condition?.Bool?.["aws:SecureTransport"] === "false",
      ),
    ),
    broken: without("aws_s3_bucket_policy"),
  },
  {
    ids: ["AVD-AWS-0320"],
    fact: "A bucket's name has no dot and no capital: TLS knows it as a host.",
    offenders: unless("aws_s3_bucket", ({ bucket }) =>
      /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(String(bucket)),
    ),
    broken: changed("aws_s3_bucket", { bucket: "Costs.data" }),
  },
];

const has = (type: string) => (resources: Resources) => ofType(resources, type).length > 0;

export const bucketSkips: readonly Skip[] = [
  {
    ids: ["CKV_AWS_18", "AVD-AWS-0089"],
    fact: "S3 writes an access log.",
    why: "It would need a third bucket, which grows for good and would have to be read by somebody. CloudFront is the only reader; who wrote is in CloudTrail.",
    holds: has("aws_s3_bucket_logging"),
  },
  {
    ids: ["AVD-AWS-0171", "AVD-AWS-0172"],
    fact: "CloudTrail records reads and writes of objects.",
    why: "A trail is the account's, not a module's, and is paid by the event.",
    holds: has("aws_cloudtrail"),
  },
  {
    ids: ["CKV_AWS_144"],
    fact: "Buckets are replicated to another region.",
    why: "Everything in them can be made again from Cost Explorer (13 months) or a release; a copy doubles the price.",
    holds: has("aws_s3_bucket_replication_configuration"),
  },
  {
    ids: ["CKV_AWS_143"],
    fact: "Buckets have an object lock.",
    why: "No role can delete and versions are kept. A lock would also bind the adopter who wants to leave.",
    holds: (resources) =>
      ofType(resources, "aws_s3_bucket").every(({ args }) => args.object_lock_enabled === true),
  },
  {
    ids: ["AVD-AWS-0170"],
    fact: "Deletion of a version wants a second factor.",
    why: "Only the account's root can switch it on, by hand: no module can.",
    holds: (resources) =>
      ofType(resources, "aws_s3_bucket_versioning").every(
        ({ args }) => block(args, "versioning_configuration").mfa_delete === "Enabled",
      ),
  },
  {
    ids: ["CKV2_AWS_61", "CKV_AWS_300"],
    fact: "Buckets have a lifecycle, which also ends uploads that were begun.",
    why: "Published figures have no expiry, and every file is put by one request: no upload of parts is ever begun.",
    holds: has("aws_s3_bucket_lifecycle_configuration"),
  },
  {
    ids: ["CKV2_AWS_62"],
    fact: "Buckets notify of events.",
    why: "Nobody listens: readers follow index.json.",
    holds: has("aws_s3_bucket_notification"),
  },
  {
    ids: ["CKV_AWS_145", "AVD-AWS-0132"],
    fact: "Every bucket is encrypted by a key of KMS.",
    why: "S3's own keys cost nothing. kms_key_arn chooses a key for the data; the page's files are public to whoever knows the address of the page.",
    holds: (resources) =>
      ofType(resources, "aws_s3_bucket_server_side_encryption_configuration").every(({ args }) =>
        blocks(args, "rule").every(
          (rule) => block(rule, "apply_server_side_encryption_by_default").sse_algorithm === "aws:kms",
        ),
      ),
  },
  {
    ids: ["CKV_AWS_186"],
    fact: "Objects that the module puts are encrypted by a key of KMS.",
    why: "They are the page's files: nothing in them is secret.",
    holds: (resources) =>
      ofType(resources, "aws_s3_object").every(({ args }) => args.kms_key_id !== undefined),
  },
];
