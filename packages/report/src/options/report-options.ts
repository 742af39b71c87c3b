import type { ReportOptionTable } from "./report-option.ts";

/** An address as mail servers take it without quotes: no dot at the beginning, at the end or twice in a row before the @. */
export const ADDRESS =
  "[A-Za-z0-9!#$%&'*+/=?^_{|}~-]{1,64}(\\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]{1,64})*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]";
export const SECRET_ARN =
  "arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,519}";
export const TOPIC_ARN = "arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}";

/** Recipients of one mail, as SES allows. */
export const MOST_RECIPIENTS = 50;

const secretPattern = {
  matches: `^${SECRET_ARN}$`,
  sentence:
    "must be the ARN of a secret, like arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf.",
};

/**
 * How a deployment wants its daily report. Without a recipient, a webhook, a topic and an audience there is no report.
 * Flags, inputs, environment variables and the tables of the READMEs derive from the entries.
 */
export const reportOptions = {
  recipients: {
    type: "list",
    flag: "recipient",
    input: "report_recipients",
    variable: "REPORT_RECIPIENTS",
    valueName: "ADDRESS",
    default: [],
    absent: "no report is mailed",
    description: "The addresses that the daily report of all cost centers is mailed to.",
    pattern: { matches: `^${ADDRESS}$`, sentence: "must contain mail addresses, like finance@example.com." },
    atMost: MOST_RECIPIENTS,
    example: "finance@example.com",
  },
  sender: {
    type: "text",
    flag: "sender",
    input: "report_sender",
    variable: "REPORT_SENDER",
    valueName: "ADDRESS",
    default: null,
    absent: "none; a report that is mailed needs one",
    description: "The address that reports are mailed from. In AWS it must be verified in SES.",
    pattern: { matches: `^${ADDRESS}$`, sentence: "must be a mail address, like costs@example.com." },
    example: "costs@example.com",
  },
  schedule: {
    type: "text",
    flag: "schedule",
    input: "report_schedule_expression",
    variable: "REPORT_SCHEDULE",
    valueName: "CRON",
    default: "cron(0 8 * * ? *)",
    description: "When the report of the day before is due, in UTC.",
    pattern: {
      matches: "^cron\\([0-5]?[0-9] ([01]?[0-9]|2[0-3]) \\* \\* \\? \\*\\)$",
      sentence: "must be a minute and an hour of every day, like cron(0 8 * * ? *).",
    },
  },
  slackWebhookSecret: {
    type: "text",
    flag: "slack-webhook-secret",
    input: "slack_webhook_secret_arn",
    variable: "SLACK_WEBHOOK_SECRET_ARN",
    valueName: "ARN",
    default: null,
    absent: "no report is posted to Slack",
    description:
      "The ARN of the secret whose value is the address of a Slack incoming webhook: the daily report is posted to it.",
    pattern: secretPattern,
    example: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf",
  },
  teamsWebhookSecret: {
    type: "text",
    flag: "teams-webhook-secret",
    input: "teams_webhook_secret_arn",
    variable: "TEAMS_WEBHOOK_SECRET_ARN",
    valueName: "ARN",
    default: null,
    absent: "no report is posted to Teams",
    description:
      "The ARN of the secret whose value is the address of a Microsoft Teams webhook: the daily report is posted to it.",
    pattern: secretPattern,
    example: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:teams-AbCdEf",
  },
  webhookSecret: {
    type: "text",
    flag: "webhook-secret",
    input: "report_webhook_secret_arn",
    variable: "REPORT_WEBHOOK_SECRET_ARN",
    valueName: "ARN",
    default: null,
    absent: "no report is posted as JSON",
    description:
      "The ARN of the secret whose value is the address of a webhook: the daily report is posted to it as JSON.",
    pattern: secretPattern,
    example: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:report-AbCdEf",
  },
  topic: {
    type: "text",
    flag: "topic",
    input: "report_topic_arn",
    variable: "REPORT_TOPIC_ARN",
    valueName: "ARN",
    default: null,
    absent: "no report is published to a topic",
    description: "The ARN of an existing SNS topic that the daily report is published to, as text.",
    pattern: {
      matches: `^${TOPIC_ARN}$`,
      sentence:
        "must be the ARN of a standard SNS topic, like arn:aws:sns:eu-central-1:123456789012:reports.",
    },
    example: "arn:aws:sns:eu-central-1:123456789012:reports",
  },
  audiences: {
    type: "text",
    flag: "audiences",
    input: "report_audiences",
    variable: "REPORT_AUDIENCES",
    valueName: "JSON",
    default: null,
    absent: "none beside those of the other inputs",
    description:
      "More audiences, as a JSON list of objects with name, channel (mail, slack, teams, webhook or sns), recipients or secret_arn or topic_arn, cost_centers (all where absent) and schedule (daily, weekly or anomalies; daily where absent).",
    pattern: {
      matches: "^\\[[\\s\\S]*\\]$",
      sentence: "must be a JSON list of objects: jsonencode writes one.",
    },
    example:
      '[{"name":"shop","channel":"mail","recipients":["shop@example.com"],"cost_centers":["Shop"],"schedule":"weekly"}]',
  },
} as const satisfies ReportOptionTable;

/** A value for each option of the report. */
export type ReportOptionValues = {
  readonly [Name in keyof typeof reportOptions]: (typeof reportOptions)[Name] extends {
    readonly type: "list";
  }
    ? readonly string[]
    : (typeof reportOptions)[Name] extends { readonly default: null }
      ? string | null
      : string;
};
