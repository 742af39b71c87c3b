import type { CommandOptions } from "../options/command-option.ts";
import type { CommandDefinition } from "./definitions.ts";

/** How a command finds a deployment: everything in it is named by its prefix. */
const deploymentOptions = {
  name: {
    type: "text",
    flag: "name",
    valueName: "PREFIX",
    default: "dapanoskop",
    description: "The deployment: its name_prefix.",
  },
  region: {
    type: "text",
    flag: "region",
    valueName: "REGION",
    default: null,
    absent: "AWS_REGION or the profile's",
    description: "The region of the deployment.",
  },
} as const satisfies CommandOptions;

const json = {
  type: "switch",
  flag: "json",
  default: false,
  description: "Write JSON for programs.",
} as const;

const PRICE_OF_SPEND = "one request to Cost Explorer, which costs $0.01";

export const bootstrapStateDefinition = {
  name: "bootstrap-state",
  summary: "Create the bucket of OpenTofu's or Terraform's state, or repair its settings.",
  description:
    "Creates the bucket PREFIX-tfstate-ACCOUNT with versions, encryption, no public access and a policy that denies requests " +
    "without TLS, and writes the backend block for it. Where the bucket exists, missing settings are repaired and named; a bucket " +
    "of another account is refused. It deletes nothing, and a second run changes nothing.",
  options: {
    ...deploymentOptions,
    lock: {
      type: "choice",
      flag: "lock",
      valueName: "HOW",
      default: "file",
      choices: ["file", "table"],
      description:
        "How two applies at the same time are refused: file is a file beside the state (use_lockfile), from OpenTofu and " +
        "Terraform 1.10 on; table is a table of DynamoDB, which older versions need.",
    },
    json,
  },
} as const satisfies CommandDefinition;

export const startDefinition = {
  name: "start",
  summary: "Resume the schedules of a deployment in AWS.",
  description:
    "Enables the rules of EventBridge that collect the bill and send the report. It collects nothing at once: the next run is by the schedule.",
  options: { ...deploymentOptions, json },
} as const satisfies CommandDefinition;

export const stopDefinition = {
  name: "stop",
  summary: "Pause the schedules of a deployment in AWS, and say what it cost so far.",
  description:
    "Disables the rules of EventBridge that collect the bill and send the report. Nothing is deleted: the page shows what is " +
    "published. The next apply of the module resumes them; schedule_enabled = false pauses them for good. " +
    `It also says what the deployments of the account have cost in twelve months, by the tag Project, with ${PRICE_OF_SPEND}.`,
  options: {
    ...deploymentOptions,
    noSpend: {
      type: "switch",
      flag: "no-spend",
      default: false,
      description: "Do not ask Cost Explorer what it cost.",
    },
    json,
  },
} as const satisfies CommandDefinition;

export const statusDefinition = {
  name: "status",
  summary: "Show how a deployment in AWS is: last run, age of the data, next run, spend, alarms.",
  description:
    "Shows the schedules and the next run, the last collection, the age and the months of what is published, what the requests " +
    "to Cost Explorer cost in 30 days, and the alarms that are active. It changes nothing. Exits with 1 when a run failed, data is old or missing, or an alarm is active.",
  options: {
    ...deploymentOptions,
    spend: {
      type: "switch",
      flag: "spend",
      default: false,
      description: `Also ask what the deployments of the account have cost, by the tag Project: ${PRICE_OF_SPEND}.`,
    },
    json,
  },
} as const satisfies CommandDefinition;

export const demoPrepDefinition = {
  name: "demo-prep",
  summary: "Check that a deployment in AWS can be shown: schedules, data, alarms, page.",
  description:
    "Checks that the schedules run, that the data is fresh, that no alarm is active, that the page answers and that the data is not " +
    "readable without a sign-in; then writes the addresses. It changes nothing. Exits with 1 when a check fails, which it names.",
  options: {
    ...deploymentOptions,
    page: {
      type: "text",
      flag: "page",
      valueName: "URL",
      default: null,
      absent: "the one of the deployment",
      description: "The address of the page.",
    },
    json,
  },
} as const satisfies CommandDefinition;
