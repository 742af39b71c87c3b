import type { PlainObject } from "../../../packages/terraform/src/evaluate.ts";
import { all } from "../support/policy.ts";
import {
  and,
  at,
  blocks,
  changed,
  every,
  has,
  noPublicPolicy,
  ofType,
  type PlannedResources,
  type Rule,
  rule,
  type Skip,
  skip,
  statements,
  those,
  unless,
  without,
  withStatement,
} from "./rule.ts";

const BUCKET = "aws_s3_bucket";
const ACCESS = "aws_s3_bucket_public_access_block";
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration";
const POLICY = "aws_s3_bucket_policy";
const OWNERSHIP = "aws_s3_bucket_ownership_controls";
const VERSIONING = "aws_s3_bucket_versioning";
const ALGORITHM = "rule.apply_server_side_encryption_by_default.sse_algorithm";

/** Buckets whose resource of another type lacks a fact. */
const unlessBeside = (type: string, isTrue: (args: PlainObject) => boolean) =>
  unless(BUCKET, ({ bucket }, resources: PlannedResources) => {
    const beside = ofType(resources, type).find(({ args }) => args.bucket === bucket);
    return beside !== undefined && isTrue(beside.args);
  });

const blocked = (ids: string, argument: string): Rule =>
  rule(
    `${ids}: Every bucket has ${argument} on.`,
    unlessBeside(ACCESS, (args) => args[argument] === true),
    changed(ACCESS, { [argument]: false }),
  );

export const bucketRules: readonly Rule[] = [
  blocked("CKV_AWS_53 AVD-AWS-0086", "block_public_acls"),
  blocked("CKV_AWS_54 AVD-AWS-0087", "block_public_policy"),
  blocked("CKV_AWS_55 AVD-AWS-0091", "ignore_public_acls"),
  blocked("CKV_AWS_56 AVD-AWS-0093", "restrict_public_buckets"),
  rule(
    "CKV2_AWS_6 AVD-AWS-0094: Every bucket has a public access block.",
    unlessBeside(ACCESS, () => true),
    without(ACCESS),
  ),
  rule(
    "CKV_AWS_19 AVD-AWS-0088: Every bucket encrypts its objects.",
    unlessBeside(ENCRYPTION, (args) => ["AES256", "aws:kms"].includes(String(at(args, ALGORITHM)))),
    without(ENCRYPTION),
  ),
  rule(
    "CKV_AWS_20 CKV_AWS_57 CKV_AWS_375 AVD-AWS-0092: No bucket and no object has an ACL.",
    those(
      ({ type, args }) =>
        type === "aws_s3_bucket_acl" || (/^aws_s3_(bucket|object)$/.test(type) && "acl" in args),
    ),
    and("aws_s3_bucket_acl", { acl: "public-read" }),
  ),
  rule(
    "CKV2_AWS_65: ACLs are disabled: the bucket's owner owns every object.",
    unlessBeside(OWNERSHIP, (args) => at(args, "rule.object_ownership") === "BucketOwnerEnforced"),
    changed(OWNERSHIP, { rule: [{ object_ownership: "ObjectWriter" }] }),
  ),
  rule(
    "CKV_AWS_21 AVD-AWS-0090: Buckets keep earlier versions.",
    unlessBeside(VERSIONING, (args) => at(args, "versioning_configuration.status") === "Enabled"),
    changed(VERSIONING, { versioning_configuration: [{ status: "Suspended" }] }),
    {
      except: {
        "aws_s3_bucket.app":
          "It contains the files of a release, which the module can upload again; old versions would stay for good.",
      },
    },
  ),
  noPublicPolicy("CKV_AWS_70: No bucket policy allows anything to anybody.", POLICY, "s3:GetObject"),
  rule(
    "CKV_AWS_93: No bucket policy excludes everybody: a denial of every action has a condition.",
    unless(POLICY, (args) =>
      statements(args).every(
        ({ Effect, Action, Condition }) =>
          Effect === "Allow" || Condition !== undefined || !all(Action).includes("s3:*"),
      ),
    ),
    withStatement(POLICY, { Effect: "Deny", Principal: "*", Action: "s3:*" }),
  ),
  rule(
    "CKV_AWS_379: Every bucket refuses requests without TLS.",
    unlessBeside(POLICY, (args) =>
      statements(args).some(
        ({ Effect, Principal, Action, Condition }) =>
          [Effect, Principal, Action].join() === "Deny,*,s3:*" &&
          Condition?.Bool?.["aws:SecureTransport"] === "false",
      ),
    ),
    without(POLICY),
  ),
  rule(
    "AVD-AWS-0320: A bucket's name has no dot and no capital, so that it is a valid host name for TLS.",
    unless(BUCKET, ({ bucket }) => /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(String(bucket))),
    changed(BUCKET, { bucket: "Costs.data" }),
  ),
];

export const bucketSkips: readonly Skip[] = [
  skip(
    "CKV_AWS_18 AVD-AWS-0089: S3 writes an access log.",
    "It would need a third bucket, which grows for good and has to be read. CloudFront is the only reader; CloudTrail records writes.",
    has("aws_s3_bucket_logging"),
  ),
  skip(
    "AVD-AWS-0171 AVD-AWS-0172: CloudTrail records reads and writes of objects.",
    "A trail belongs to the account and is paid by the event.",
    has("aws_cloudtrail"),
  ),
  skip(
    "CKV_AWS_144: Buckets are replicated to another region.",
    "All objects can be created again from Cost Explorer (13 months) or a release; a copy doubles the price.",
    has("aws_s3_bucket_replication_configuration"),
  ),
  skip(
    "CKV_AWS_143: Buckets have an object lock.",
    "No role can delete, and versions are kept. A lock would also bind an adopter who wants to leave.",
    every(BUCKET, (args) => args.object_lock_enabled === true),
  ),
  skip(
    "AVD-AWS-0170: The deletion of a version needs a second factor.",
    "Only the account's root can enable it by hand; no module can.",
    every(VERSIONING, (args) => at(args, "versioning_configuration.mfa_delete") === "Enabled"),
  ),
  skip(
    "CKV2_AWS_61 CKV_AWS_300: Buckets have a lifecycle, which also ends incomplete uploads.",
    "Published figures do not expire, and every file is written by one request: there are no uploads of parts.",
    has("aws_s3_bucket_lifecycle_configuration"),
  ),
  skip(
    "CKV2_AWS_62: Buckets send notifications of events.",
    "Nothing would receive them: readers follow index.json.",
    has("aws_s3_bucket_notification"),
  ),
  skip(
    "CKV_AWS_145 AVD-AWS-0132: Every bucket is encrypted by a KMS key.",
    "S3's own keys cost nothing. kms_key_arn chooses a key for the data; the page's files are public.",
    every(ENCRYPTION, (args) =>
      blocks(args, "rule").every((one) => at({ rule: [one] }, ALGORITHM) === "aws:kms"),
    ),
  ),
  skip(
    "CKV_AWS_186: Objects of the module are encrypted by a KMS key.",
    "They are the page's files: nothing in them is secret.",
    every("aws_s3_object", (args) => args.kms_key_id !== undefined),
  ),
];
