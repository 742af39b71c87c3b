import { reportOptions } from "@dapanoskop/report/options";
import type { CommandOptions } from "../options/command-option.ts";
import { atOption, storeOption } from "../options/shared-options.ts";
import type { CommandDefinition } from "./definitions.ts";

const stateOption = {
  type: "text",
  flag: "state",
  valueName: "PLACE",
  default: "./dapanoskop-state",
  description: "The folder, or dynamodb:TABLE, that records what was sent.",
} as const;

export const reportLinkOption = {
  type: "text",
  flag: "dashboard",
  valueName: "URL",
  default: null,
  absent: "the report has no link",
  description: "The address of the page, like https://costs.example.com.",
} as const;

/** A day of a report. */
const dateOption = {
  type: "day",
  flag: "date",
  valueName: "YYYY-MM-DD",
  description: "The day of the report.",
} as const;

const {
  recipients,
  sender,
  schedule,
  slackWebhookSecret,
  teamsWebhookSecret,
  webhookSecret,
  topic,
  audiences,
} = reportOptions;

/** To whom and how a report is sent. */
export const deliveryOptions = {
  recipients: {
    type: "texts",
    flag: recipients.flag,
    valueName: recipients.valueName,
    absent: recipients.absent,
    description: `${recipients.description} May be given several times.`,
  },
  sender,
  mailToFolder: {
    type: "text",
    flag: "mail-to-folder",
    valueName: "DIR",
    default: null,
    description: "Write each mail as an .eml file into a folder.",
  },
  smtp: {
    type: "text",
    flag: "smtp",
    valueName: "URL",
    default: null,
    absent: "mail is sent by Amazon SES",
    description:
      "Send mail by an SMTP server, like smtps://mail.example.com or smtp://mail.example.com:587. User and password are read from SMTP_USER and SMTP_PASSWORD.",
  },
  configurationSet: {
    type: "text",
    flag: "configuration-set",
    valueName: "NAME",
    default: null,
    absent: "none",
    description: "The configuration set of SES that publishes what becomes of a mail.",
  },
  slackWebhookSecret,
  teamsWebhookSecret,
  webhookSecret,
  topic,
  audiences: {
    ...audiences,
    valueName: "FILE",
    absent: "none beside those of the other options",
    description:
      "A JSON file with a list of audiences: objects with name, channel (mail, slack, teams, webhook or sns), recipients or secret_arn or url or topic_arn, cost_centers and schedule (daily, weekly or anomalies).",
  },
} as const satisfies CommandOptions;

export const reportSendDefinition = {
  name: "report send",
  summary: "Send the daily report: what is due, or one day's.",
  description:
    "Sends the report of each day that is due and was not sent, to each audience, at most once: of the last seven days, oldest " +
    "first. With --date it sends the report of that day. What was sent is recorded in --state; without a recipient nothing is " +
    "sent. A report whose answer was lost is UNKNOWN and is not sent again without --resend.",
  options: {
    store: storeOption,
    state: stateOption,
    date: { ...dateOption, absent: "the days that are due" },
    resend: {
      type: "switch",
      flag: "resend",
      default: false,
      description: "Send the report of --date again, whatever became of earlier attempts.",
    },
    audience: {
      type: "text",
      flag: "audience",
      valueName: "NAME",
      default: null,
      absent: "all that are due",
      description: "Send to this audience alone, with --date whatever its schedule.",
    },
    at: atOption,
    schedule,
    dashboard: reportLinkOption,
    ...deliveryOptions,
  },
} as const satisfies CommandDefinition;

export const reportPreviewDefinition = {
  name: "report preview",
  summary: "Show the daily report without sending it.",
  description:
    "Shows the report of a day as it would be sent. It needs no recipient, sends nothing and records nothing.",
  options: {
    store: storeOption,
    date: { ...dateOption, absent: "the last complete day" },
    format: {
      type: "choice",
      flag: "format",
      valueName: "FORM",
      default: "text",
      choices: ["text", "html", "slack", "json"],
      description: "The form of the report.",
    },
    open: {
      type: "switch",
      flag: "open",
      default: false,
      description: "Write the HTML form into a temporary file and open it with the program for web pages.",
    },
    costCenters: {
      type: "texts",
      flag: "cost-center",
      valueName: "NAME",
      absent: "all",
      description: "A cost center of the report. May be given several times.",
    },
    dashboard: reportLinkOption,
  },
} as const satisfies CommandDefinition;

export const reportStatusDefinition = {
  name: "report status",
  summary: "Show what became of the reports of the last 30 days, and the service levels.",
  description:
    "Shows the state and the attempts of each report of the last 30 days, which reports are missing, what to do about each, and " +
    "what is left of the service levels. Exits with 1 when a report is missing, failed, bounced or unknown.",
  options: {
    store: storeOption,
    state: stateOption,
    at: atOption,
    schedule,
    json: { type: "switch", flag: "json", default: false, description: "Write JSON for programs." },
  },
} as const satisfies CommandDefinition;

export const reportAnswerDefinition = {
  name: "report answer",
  summary: "Say whether an anomaly of a report was one.",
  description:
    "Records whether an anomaly that a report named was one. Later reports say how many of the last 90 days were confirmed.",
  options: {
    id: {
      type: "word",
      flag: "id",
      valueName: "ID",
      description: "the anomaly's id, as the report has it.",
    },
    answer: {
      type: "word",
      flag: "answer",
      valueName: "ANSWER",
      choices: ["confirmed", "false"],
      description: "confirmed for an unusual cost, false for a false alarm.",
    },
    state: stateOption,
    at: atOption,
  },
} as const satisfies CommandDefinition;
