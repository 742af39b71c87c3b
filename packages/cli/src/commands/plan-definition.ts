import { storeOption } from "../options/shared-options.ts";
import type { CommandDefinition } from "./definitions.ts";
import { pricesOption } from "./prices-definitions.ts";

export const planDefinition = {
  name: "plan",
  summary: "Show what a Terraform or OpenTofu plan does to the bill.",
  description:
    "Reads the JSON of a plan (terraform show -json tfplan), and shows what it changes and what that costs a month: by what the " +
    "account paid for the same usage types, else by list prices. What depends on usage, or is not known, is never counted as 0. " +
    "Sensitive values are redacted before anything is shown or kept. Ends with code 4 where a rule of --fail-on holds.",
  options: {
    file: {
      type: "word",
      flag: "file",
      valueName: "FILE",
      description: "The plan's JSON; - reads it from standard input.",
    },
    compare: {
      type: "text",
      flag: "compare",
      valueName: "FILE|ID",
      default: null,
      absent: "nothing is compared",
      description: "Another plan to compare with: its JSON, or the id of a plan that was kept.",
    },
    project: {
      type: "text",
      flag: "project",
      valueName: "NAME",
      default: null,
      absent: "nothing is kept",
      description: "Keep the redacted plan in --state under this project.",
    },
    region: {
      type: "text",
      flag: "region",
      valueName: "REGION",
      default: null,
      absent: "the command fails where a price needs it",
      description: "The region of resources for which the plan does not decide one, like eu-central-1.",
    },
    usage: {
      type: "text",
      flag: "usage",
      valueName: "FILE",
      default: null,
      absent: "what comparable resources of the account used, else not known",
      description: "A YAML file that says what resources will use.",
    },
    prices: pricesOption,
    format: {
      type: "choice",
      flag: "format",
      valueName: "FORM",
      default: "text",
      choices: ["text", "json", "markdown"],
      description: "The form of the result. Markdown is a comment with a marker by which CI updates it.",
    },
    failOn: {
      type: "texts",
      flag: "fail-on",
      valueName: "RULE",
      absent: "no rule",
      description:
        "End with code 4 where the rule holds, like 'delta>100', 'delta_percent>=10', 'deletes>0' or 'unknown>0'. May be given several times.",
    },
    approved: {
      type: "text",
      flag: "approved",
      valueName: "FINGERPRINT",
      default: null,
      absent: "none",
      description: "Let this plan pass although a rule holds: a plan with another fingerprint does not.",
    },
    store: storeOption,
    state: {
      type: "text",
      flag: "state",
      valueName: "DIR",
      default: "./dapanoskop-state",
      description: "The folder of kept plans.",
    },
  },
} as const satisfies CommandDefinition;
