import type { CommandOptions } from "../options/command-option.ts";
import { atOption, storeOption } from "../options/shared-options.ts";
import type { CommandDefinition } from "./definitions.ts";
import { deliveryOptions, reportLinkOption } from "./report-definitions.ts";

const stateOption = {
  type: "text",
  flag: "state",
  valueName: "PLACE",
  default: "./dapanoskop-state",
  description: "The folder, or dynamodb:TABLE, that has the budgets.",
} as const;

const ownerOption = {
  type: "text",
  flag: "owner",
  valueName: "OWNER",
  default: "local",
  description: "Whose budgets: local, user:SUB or group:NAME.",
} as const;

const idArgument = {
  type: "word",
  flag: "id",
  valueName: "ID",
  description: "the budget's id: 1 to 40 of a-z, 0-9 and hyphens.",
} as const;

const jsonOption = {
  type: "switch",
  flag: "json",
  default: false,
  description: "Write JSON for programs.",
} as const;

/** An option that a budget need not be given, with its description. */
const text = <Flag extends string>(flag: Flag, valueName: string, description: string, absent?: string) =>
  ({
    type: "text",
    flag,
    valueName,
    default: null,
    ...(absent === undefined ? {} : { absent }),
    description,
  }) as const;

/** What a budget is. */
const termOptions = {
  name: text("name", "TEXT", "What a person reads."),
  costCenter: text("cost-center", "NAME", "Limit a cost center, by its name in the report."),
  workload: text("workload", "NAME", "Limit a workload, by its name in the report."),
  service: text("service", "NAME", "Limit a service, by its name in the bill."),
  period: text("period", "PERIOD", "month or quarter."),
  limit: text("limit", "AMOUNT", "The limit, a positive decimal like 100.10."),
  currency: text("currency", "CODE", "The currency of the bill."),
  actual: {
    type: "texts",
    flag: "actual",
    valueName: "PERCENT",
    description:
      "A threshold on the cost so far, in percent of the limit, like 33.3. May be given several times.",
  },
  forecast: {
    type: "texts",
    flag: "forecast",
    valueName: "PERCENT",
    description: "A threshold on the forecast. May be given several times.",
  },
  audiences: {
    type: "texts",
    flag: "alert",
    valueName: "AUDIENCE",
    description: "The name of an audience of the report that is alerted. May be given several times.",
  },
} as const satisfies CommandOptions;

export const budgetAddDefinition = {
  name: "budget add",
  summary: "Add a budget: a limit on the whole bill, a cost center, a workload or a service.",
  description:
    "Adds a monthly or quarterly budget. It limits the whole bill unless --cost-center, --workload or --service names a part. " +
    "dapanoskop budget check evaluates it and alerts; in AWS every publication and the report's schedule do.",
  options: {
    id: idArgument,
    ...termOptions,
    name: { ...termOptions.name, absent: "the id" },
    period: { ...termOptions.period, absent: "month" },
    limit: {
      ...termOptions.limit,
      description: "The limit, a positive decimal like 100.10. It must be given.",
    },
    currency: { ...termOptions.currency, absent: "USD" },
    rearm: {
      type: "switch",
      flag: "rearm",
      default: false,
      description: "Alert again in the same period after a cost, lowered by a credit, has risen again.",
    },
    owner: ownerOption,
    state: stateOption,
    at: atOption,
  },
} as const satisfies CommandDefinition;

export const budgetUpdateDefinition = {
  name: "budget update",
  summary: "Change a budget.",
  description:
    "Changes what is given of a budget and keeps the rest. Thresholds and audiences are given as a whole. With another limit " +
    "or another part of the bill its thresholds alert anew.",
  options: {
    id: idArgument,
    ...termOptions,
    everything: {
      type: "switch",
      flag: "everything",
      default: false,
      description: "Limit the whole bill.",
    },
    rearm: text("rearm", "YES", "yes or no: alert again after a cost, lowered by a credit, has risen again."),
    noThresholds: {
      type: "switch",
      flag: "no-thresholds",
      default: false,
      description: "Remove all thresholds.",
    },
    noAlerts: { type: "switch", flag: "no-alerts", default: false, description: "Alert nobody." },
    owner: ownerOption,
    state: stateOption,
    at: atOption,
  },
} as const satisfies CommandDefinition;

export const budgetListDefinition = {
  name: "budget list",
  summary: "Show how each budget stands.",
  description:
    "Shows each budget with its cost so far, its forecast and its status, by the published figures. Nothing is sent or recorded.",
  options: { store: storeOption, owner: ownerOption, state: stateOption, at: atOption, json: jsonOption },
} as const satisfies CommandDefinition;

export const budgetShowDefinition = {
  name: "budget show",
  summary: "Show one budget with its thresholds and alerts.",
  description:
    "Shows a budget, how it stands, and which thresholds it has reached in this period and the one before, with what became of " +
    "each alert.",
  options: {
    id: idArgument,
    store: storeOption,
    owner: ownerOption,
    state: stateOption,
    at: atOption,
    json: jsonOption,
  },
} as const satisfies CommandDefinition;

export const budgetRemoveDefinition = {
  name: "budget remove",
  summary: "Remove a budget.",
  description: "Removes a budget. Alerts that were not sent yet are not sent any more.",
  options: { id: idArgument, owner: ownerOption, state: stateOption },
} as const satisfies CommandDefinition;

export const budgetCheckDefinition = {
  name: "budget check",
  summary: "Evaluate all budgets and send the alerts that are due.",
  description:
    "Evaluates the budgets of all owners by the published figures, records which thresholds were reached, and sends each alert " +
    "once to the audiences that the budget names. Exits with 1 when a budget is unknown or an alert was not delivered.",
  options: {
    store: storeOption,
    state: stateOption,
    at: atOption,
    dashboard: reportLinkOption,
    ...deliveryOptions,
  },
} as const satisfies CommandDefinition;

export const budgetExportDefinition = {
  name: "budget export",
  summary: "Write the budgets as aws_budgets_budget resources of Terraform.",
  description:
    "Writes the budgets as AWS Budgets in HCL, with the tag key, cost category and metric of the published figures: a net that " +
    "holds where Dapanoskop does not run. What AWS Budgets cannot express is a comment.",
  options: {
    store: storeOption,
    addresses: {
      type: "texts",
      flag: "address",
      valueName: "ADDRESS",
      description: "A mail address that AWS alerts. May be given several times.",
    },
    topics: {
      type: "texts",
      flag: "topic",
      valueName: "ARN",
      description: "A topic of SNS that AWS alerts. May be given several times.",
    },
    owner: ownerOption,
    state: stateOption,
  },
} as const satisfies CommandDefinition;
