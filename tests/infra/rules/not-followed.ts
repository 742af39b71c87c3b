import { beside, every, exists, isSet, type Skip } from "./rule.ts";

const BUCKET = "aws_s3_bucket";
const DISTRIBUTION = "aws_cloudfront_distribution";
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration";
const FUNCTION = "aws_lambda_function";
const LOGS = "aws_cloudwatch_log_group";

const trailRules = [...Array.from({ length: 14 }, (_, at) => 147 + at), 174].map(
  (number) => `AVD-AWS-0${number}`,
);

export const skips: Readonly<Record<string, Skip>> = {
  "CKV_AWS_18 AVD-AWS-0089: S3 writes an access log.": {
    why: "It would need a third bucket, which grows for good and has to be read. CloudFront is the only reader; CloudTrail records writes.",
    isTrue: exists("aws_s3_bucket_logging"),
  },
  "AVD-AWS-0171 AVD-AWS-0172: CloudTrail records reads and writes of objects.": {
    why: "A trail belongs to the account and is paid by the event.",
    isTrue: exists("aws_cloudtrail"),
  },
  "CKV_AWS_144: Buckets are replicated to another region.": {
    why: "All objects can be created again from Cost Explorer (13 months) or a release; a copy doubles the price.",
    isTrue: exists("aws_s3_bucket_replication_configuration"),
  },
  "CKV_AWS_143: Buckets have an object lock.": {
    why: "No role can delete, and versions are kept. A lock would also bind an adopter who wants to leave.",
    isTrue: every(BUCKET, "object_lock_enabled", true),
  },
  "AVD-AWS-0170: The deletion of a version needs a second factor.": {
    why: "Only the account's root can enable it by hand; no module can.",
    isTrue: every("aws_s3_bucket_versioning", "versioning_configuration.mfa_delete", "Enabled"),
  },
  "CKV2_AWS_61 CKV_AWS_300: Buckets have a lifecycle, which also ends incomplete uploads.": {
    why: "Published figures do not expire, and every file is written by one request: there are no uploads of parts. Old versions of plans expire.",
    isTrue: (resources) =>
      beside("aws_s3_bucket_lifecycle_configuration", "bucket", isSet, "").offenders(resources).length === 0,
  },
  "CKV2_AWS_62: Every bucket sends notifications of events.": {
    why: "A report is told of a new index.json. Nothing else would receive them: readers follow index.json.",
    isTrue: (resources) =>
      beside("aws_s3_bucket_notification", "bucket", isSet, "").offenders(resources).length === 0,
  },
  "CKV_AWS_145 AVD-AWS-0132: Every bucket is encrypted by a KMS key.": {
    why: "S3's own keys cost nothing. kms_key_arn chooses a key for the data; the page's files are public.",
    isTrue: every(ENCRYPTION, "rule.apply_server_side_encryption_by_default.sse_algorithm", "aws:kms"),
  },
  "CKV_AWS_186: Objects of the module are encrypted by a KMS key.": {
    why: "They are the page's files: nothing in them is secret.",
    isTrue: every("aws_s3_object", "kms_key_id", isSet),
  },
  "CKV_AWS_86 AVD-AWS-0010: CloudFront writes an access log.": {
    why: "It would contain people's addresses, in a bucket that grows for good. The session function logs which sessions were opened and refused, without names.",
    isTrue: every(DISTRIBUTION, "logging_config", isSet),
  },
  "CKV2_AWS_47: The web ACL has the rules against Log4j.": {
    why: "Nothing here is Java; the ACL is the adopter's.",
    isTrue: exists("aws_wafv2_web_acl"),
  },
  "CKV_AWS_310: Origins fail over to others.": {
    why: "There is one copy of the data, and S3 stores it in three zones.",
    isTrue: every(DISTRIBUTION, "origin_group", isSet),
  },
  "CKV_AWS_374: Some countries are excluded.": {
    why: "People travel; access is decided by sign-in, not by place.",
    isTrue: every(DISTRIBUTION, "restrictions.geo_restriction.restriction_type", /^(?!none)/),
  },
  "CKV_AWS_115: Functions reserve a part of the account's concurrency.": {
    why: "A new account has ten executions and cannot reserve any: the apply would fail. Two collectors at once are safe by If-Match; sessions are behind CloudFront.",
    isTrue: every(FUNCTION, "reserved_concurrent_executions", isSet),
  },
  "CKV_AWS_117: Functions are inside a VPC.": {
    why: "They send requests to AWS's public endpoints alone. A NAT gateway would cost $32 a month and more.",
    isTrue: every(FUNCTION, "vpc_config", isSet),
  },
  "CKV_AWS_119 AVD-AWS-0025: A key of the adopter's encrypts the table.": {
    why: "The table contains totals and audiences' names. DynamoDB's key in KMS costs nothing, one of its own $1 a month.",
    isTrue: (resources) =>
      exists("aws_dynamodb_table")(resources) &&
      every("aws_dynamodb_table", "server_side_encryption.kms_key_arn", isSet)(resources),
  },
  "CKV_AWS_173: A key of the adopter's encrypts the environment.": {
    why: "Nothing in it is secret; Lambda encrypts it by its own key for free.",
    isTrue: every(FUNCTION, "kms_key_arn", isSet),
  },
  "CKV_AWS_272: Lambda checks a signature of the code.": {
    why: "The module compares the SHA-256 of each zip with the release's before anything is changed. A signing profile would be the adopter's.",
    isTrue: every(FUNCTION, "code_signing_config_arn", isSet),
  },
  "CKV2_AWS_73 AVD-AWS-0135: A key of the adopter's encrypts the queue.": {
    why: "Dead letters are events of the schedule, without figures. SQS's own key costs nothing, a KMS key $1 a month.",
    isTrue: every("aws_sqs_queue", "kms_master_key_id", isSet),
  },
  "CKV_AWS_158 AVD-AWS-0017: A key of the adopter's encrypts the logs.": {
    why: "Logs contain no figures of the bill and no token; account numbers are masked. CloudWatch encrypts them by its own key.",
    isTrue: every(LOGS, "kms_key_id", isSet),
  },
  "CKV_AWS_338: Logs are kept for a year at least.": {
    why: "90 days by default are enough to see why figures are old. log_retention_days takes any other time of CloudWatch.",
    isTrue: every(LOGS, "retention_in_days", (days: number) => days >= 365),
  },
  "CKV2_AWS_34 CKV_AWS_337: Parameters are encrypted.": {
    why: "The parameter contains a host, a pool, a client id and public keys: nothing secret, and no key has to be paid.",
    isTrue: every("aws_ssm_parameter", "type", "SecureString"),
  },
  [`${trailRules.join(" ")}: Alarms watch CloudTrail for changes of the account.`]: {
    why: "A trail and its alarms belong to the account, once for everything in it.",
    isTrue: exists("aws_cloudwatch_log_metric_filter"),
  },
};
