import { all } from "../support/policy.ts";
import { ACCOUNT } from "../support/the-system.ts";
import {
  actionsOf,
  allowed,
  changed,
  isAnybody,
  ofType,
  type Rule,
  type Skip,
  statements,
  unless,
  withStatement,
} from "./rule.ts";

const QUEUE = "aws_sqs_queue";
const TOPIC = "aws_sns_topic";
const KEY = "aws_kms_key";
const ALARM = "aws_cloudwatch_metric_alarm";
const LOGS = "aws_cloudwatch_log_group";

export const messageRules: readonly Rule[] = [
  {
    ids: ["CKV_AWS_27", "AVD-AWS-0096"],
    fact: "Queues encrypt what they hold.",
    offenders: unless(
      QUEUE,
      (args) => args.sqs_managed_sse_enabled === true || args.kms_master_key_id !== undefined,
    ),
    broken: changed(QUEUE, { sqs_managed_sse_enabled: false }),
  },
  {
    ids: ["CKV_AWS_168", "CKV_AWS_387"],
    fact: "No queue takes anything from anybody.",
    offenders: unless("aws_sqs_queue_policy", (args) => !allowed(args).some(isAnybody)),
    broken: withStatement("aws_sqs_queue_policy", { Principal: "*", Action: "sqs:SendMessage" }),
  },
  {
    ids: ["CKV_AWS_72", "AVD-AWS-0097"],
    fact: "A queue's policy allows actions by name.",
    offenders: unless(
      "aws_sqs_queue_policy",
      (args) => !actionsOf(allowed(args)).some((one) => one.includes("*")),
    ),
    broken: withStatement("aws_sqs_queue_policy", { Principal: { AWS: ACCOUNT }, Action: "sqs:*" }),
  },
  {
    ids: ["CKV_AWS_26", "AVD-AWS-0095", "AVD-AWS-0136"],
    fact: "Topics are encrypted by a key of ours, which lets CloudWatch in.",
    offenders: unless(TOPIC, (args) => /^aws_kms_key\./.test(String(args.kms_master_key_id))),
    broken: changed(TOPIC, { kms_master_key_id: "alias/aws/sns" }),
  },
  {
    ids: ["CKV_AWS_169"],
    fact: "Nobody unnamed publishes to a topic.",
    offenders: unless("aws_sns_topic_policy", (args) => !allowed(args).some(isAnybody)),
    broken: withStatement("aws_sns_topic_policy", { Principal: "*", Action: "sns:Publish" }),
  },
  {
    ids: ["CKV_AWS_385"],
    fact: "No other account publishes to a topic.",
    offenders: unless("aws_sns_topic_policy", (args) =>
      allowed(args).every(
        ({ Principal: who, Condition }) =>
          typeof who === "object" &&
          all(who.AWS).every((arn) => arn.includes(ACCOUNT)) &&
          (who.Service === undefined || Condition?.StringEquals?.["aws:SourceAccount"] === ACCOUNT),
      ),
    ),
    broken: withStatement("aws_sns_topic_policy", {
      Principal: { AWS: "arn:aws:iam::999999999999:root" },
      Action: "sns:Publish",
    }),
  },
  {
    ids: ["CKV_AWS_7", "AVD-AWS-0065"],
    fact: "Keys rotate, where KMS can do that: those that sign are rotated by signing_keys.",
    offenders: unless(KEY, (args) => args.enable_key_rotation === true || args.key_usage === "SIGN_VERIFY"),
    broken: changed(KEY, { enable_key_rotation: false, key_usage: "ENCRYPT_DECRYPT" }),
  },
  {
    ids: ["CKV_AWS_33"],
    fact: "No key's policy allows anything to anybody.",
    offenders: unless(KEY, (args) => !allowed(args).some(isAnybody)),
    broken: withStatement(KEY, { Principal: { AWS: "*" }, Action: "kms:Decrypt" }),
  },
  {
    ids: ["CKV2_AWS_64"],
    fact: "Every key has a policy of its own.",
    offenders: unless(KEY, (args) => statements(args).length > 0),
    broken: changed(KEY, { policy: undefined }),
  },
  {
    ids: ["CKV_AWS_227"],
    fact: "Keys are switched on.",
    offenders: unless(KEY, (args) => args.is_enabled !== false),
    broken: changed(KEY, { is_enabled: false }),
  },
  {
    ids: ["CKV_AWS_66"],
    fact: "Logs have an end.",
    offenders: unless(LOGS, (args) => Number(args.retention_in_days) > 0),
    broken: changed(LOGS, { retention_in_days: undefined }),
  },
  {
    ids: ["CKV_AWS_319"],
    fact: "Alarms are switched on and tell somebody.",
    offenders: unless(
      ALARM,
      (args) => args.actions_enabled !== false && all(args.alarm_actions as string[]).length > 0,
    ),
    broken: changed(ALARM, { actions_enabled: false }),
  },
];

export const messageSkips: readonly Skip[] = [
  {
    ids: ["CKV2_AWS_73", "AVD-AWS-0135"],
    fact: "A key of one's own encrypts the queue.",
    why: "Dead letters are events of the schedule, without figures. SQS's own key costs nothing; one of KMS $1 a month.",
    holds: (resources) => ofType(resources, QUEUE).every(({ args }) => args.kms_master_key_id !== undefined),
  },
  {
    ids: ["CKV_AWS_158", "AVD-AWS-0017"],
    fact: "A key of one's own encrypts the logs.",
    why: "Logs hold no figures of the bill and no token; account numbers are masked. CloudWatch encrypts them by its own key.",
    holds: (resources) => ofType(resources, LOGS).every(({ args }) => args.kms_key_id !== undefined),
  },
  {
    ids: ["CKV_AWS_338"],
    fact: "Logs are kept for a year at least.",
    why: "90 days by default: enough to see why figures are old. log_retention_days takes any other time that CloudWatch knows.",
    holds: (resources) => ofType(resources, LOGS).every(({ args }) => Number(args.retention_in_days) >= 365),
  },
  {
    ids: ["CKV2_AWS_34", "CKV_AWS_337"],
    fact: "Parameters are encrypted.",
    why: "It holds a host, a pool, a client id and public keys: nothing secret, and read without a key's price.",
    holds: (resources) =>
      ofType(resources, "aws_ssm_parameter").every(({ args }) => args.type === "SecureString"),
  },
  {
    ids: [
      "AVD-AWS-0147",
      "AVD-AWS-0148",
      "AVD-AWS-0149",
      "AVD-AWS-0150",
      "AVD-AWS-0151",
      "AVD-AWS-0152",
      "AVD-AWS-0153",
      "AVD-AWS-0154",
      "AVD-AWS-0155",
      "AVD-AWS-0156",
      "AVD-AWS-0157",
      "AVD-AWS-0158",
      "AVD-AWS-0159",
      "AVD-AWS-0160",
      "AVD-AWS-0174",
    ],
    fact: "Alarms watch CloudTrail for what happens to the account.",
    why: "A trail and its alarms are the account's, once for all that runs in it.",
    holds: (resources) => ofType(resources, "aws_cloudwatch_log_metric_filter").length > 0,
  },
];
