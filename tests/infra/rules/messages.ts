import { all } from "../support/policy.ts";
import { ACCOUNT } from "../support/the-system.ts";
import {
  allowed,
  changed,
  every,
  has,
  noPublicPolicy,
  type Rule,
  rule,
  type Skip,
  skip,
  statements,
  unless,
  withStatement,
} from "./rule.ts";

const QUEUE = "aws_sqs_queue";
const QUEUE_POLICY = "aws_sqs_queue_policy";
const TOPIC = "aws_sns_topic";
const TOPIC_POLICY = "aws_sns_topic_policy";
const KEY = "aws_kms_key";
const ALARM = "aws_cloudwatch_metric_alarm";
const LOGS = "aws_cloudwatch_log_group";

export const messageRules: readonly Rule[] = [
  rule(
    "CKV_AWS_27 AVD-AWS-0096: Queues encrypt their messages.",
    unless(QUEUE, (args) => args.sqs_managed_sse_enabled === true || args.kms_master_key_id !== undefined),
    changed(QUEUE, { sqs_managed_sse_enabled: false }),
  ),
  noPublicPolicy(
    "CKV_AWS_168 CKV_AWS_387: No queue accepts messages from anybody.",
    QUEUE_POLICY,
    "sqs:SendMessage",
  ),
  rule(
    "CKV_AWS_72 AVD-AWS-0097: A queue's policy allows actions by name.",
    unless(
      QUEUE_POLICY,
      (args) => !allowed(args).some(({ Action }) => all(Action).some((one) => one.includes("*"))),
    ),
    withStatement(QUEUE_POLICY, { Principal: { AWS: ACCOUNT }, Action: "sqs:*" }),
  ),
  rule(
    "CKV_AWS_26 AVD-AWS-0095 AVD-AWS-0136: Topics are encrypted by a key of the module, which CloudWatch may use.",
    unless(TOPIC, (args) => /^aws_kms_key\./.test(String(args.kms_master_key_id))),
    changed(TOPIC, { kms_master_key_id: "alias/aws/sns" }),
  ),
  noPublicPolicy("CKV_AWS_169: No topic accepts messages from anybody.", TOPIC_POLICY, "sns:Publish"),
  rule(
    "CKV_AWS_385: No other account publishes to a topic.",
    unless(TOPIC_POLICY, (args) =>
      allowed(args).every(
        ({ Principal: who, Condition }) =>
          typeof who === "object" &&
          all(who.AWS).every((arn) => arn.includes(ACCOUNT)) &&
          (who.Service === undefined || Condition?.StringEquals?.["aws:SourceAccount"] === ACCOUNT),
      ),
    ),
    withStatement(TOPIC_POLICY, {
      Principal: { AWS: "arn:aws:iam::999999999999:root" },
      Action: "sns:Publish",
    }),
  ),
  rule(
    "CKV_AWS_7 AVD-AWS-0065: Keys rotate where KMS can do that; signing keys are rotated by signing_keys.",
    unless(KEY, (args) => args.enable_key_rotation === true || args.key_usage === "SIGN_VERIFY"),
    changed(KEY, { enable_key_rotation: false, key_usage: "ENCRYPT_DECRYPT" }),
  ),
  noPublicPolicy("CKV_AWS_33: No key's policy allows anything to anybody.", KEY, "kms:Decrypt"),
  rule(
    "CKV2_AWS_64: Every key has a policy of its own.",
    unless(KEY, (args) => statements(args).length > 0),
    changed(KEY, { policy: undefined }),
  ),
  rule(
    "CKV_AWS_227: Keys are enabled.",
    unless(KEY, (args) => args.is_enabled !== false),
    changed(KEY, { is_enabled: false }),
  ),
  rule(
    "CKV_AWS_66: Logs have a retention time.",
    unless(LOGS, (args) => Number(args.retention_in_days) > 0),
    changed(LOGS, { retention_in_days: undefined }),
  ),
  rule(
    "CKV_AWS_319: Alarms are enabled and have an action.",
    unless(ALARM, (args) => args.actions_enabled !== false && all(args.alarm_actions as string[]).length > 0),
    changed(ALARM, { actions_enabled: false }),
  ),
];

const trailRules = [...Array.from({ length: 14 }, (_, at) => 147 + at), 174].map(
  (number) => `AVD-AWS-0${number}`,
);

export const messageSkips: readonly Skip[] = [
  skip(
    "CKV2_AWS_73 AVD-AWS-0135: A key of the adopter's encrypts the queue.",
    "Dead letters are events of the schedule, without figures. SQS's own key costs nothing, a KMS key $1 a month.",
    every(QUEUE, (args) => args.kms_master_key_id !== undefined),
  ),
  skip(
    "CKV_AWS_158 AVD-AWS-0017: A key of the adopter's encrypts the logs.",
    "Logs contain no figures of the bill and no token; account numbers are masked. CloudWatch encrypts them by its own key.",
    every(LOGS, (args) => args.kms_key_id !== undefined),
  ),
  skip(
    "CKV_AWS_338: Logs are kept for a year at least.",
    "90 days by default are enough to see why figures are old. log_retention_days takes any other time of CloudWatch.",
    every(LOGS, (args) => Number(args.retention_in_days) >= 365),
  ),
  skip(
    "CKV2_AWS_34 CKV_AWS_337: Parameters are encrypted.",
    "The parameter contains a host, a pool, a client id and public keys: nothing secret, and no key has to be paid.",
    every("aws_ssm_parameter", (args) => args.type === "SecureString"),
  ),
  skip(
    `${trailRules.join(" ")}: Alarms watch CloudTrail for changes of the account.`,
    "A trail and its alarms belong to the account, once for everything in it.",
    has("aws_cloudwatch_log_metric_filter"),
  ),
];
