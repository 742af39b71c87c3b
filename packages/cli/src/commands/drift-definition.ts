import { storeOption } from "../options/shared-options.ts";
import type { CommandDefinition } from "./definitions.ts";
import { pricesOption } from "./prices-definitions.ts";

export const driftDefinition = {
  name: "drift",
  summary: "Show what changed outside of Terraform or OpenTofu, and what that costs.",
  description:
    "Reads the JSON of a plan, best of a refresh-only one (terraform plan -refresh-only -out tfplan, then terraform show -json " +
    "tfplan), and shows what drifted: what changes the bill, what moves cost between workloads, and the rest. With --project the " +
    "scan is recorded, so that a finding keeps when it was seen first. A plan that is errored or leaves resources out is a failed " +
    "scan, never no drift. Ends with code 4 where a severity of --fail-on drifted, and with 1 where the scan failed.",
  options: {
    file: {
      type: "word",
      flag: "file",
      valueName: "FILE",
      absent: "none, with --failed",
      description: "The plan's JSON; - reads it from standard input.",
    },
    project: {
      type: "text",
      flag: "project",
      valueName: "NAME",
      default: null,
      absent: "nothing is recorded",
      description: "Record the scan in --state under this project, and use its ignore rules.",
    },
    failed: {
      type: "text",
      flag: "failed",
      valueName: "REASON",
      default: null,
      absent: "the scan is read from FILE",
      description:
        "Record that a scan of --project failed, such as 'terraform init failed'. It resolves nothing.",
    },
    ignore: {
      type: "text",
      flag: "ignore",
      valueName: "FILE",
      default: null,
      absent: "none is ignored",
      description: "A file of ignore rules, one a line, like 'aws_instance.*: tags.LastPatched'.",
    },
    tagKey: {
      type: "text",
      flag: "tag-key",
      valueName: "KEY",
      default: null,
      absent: "that of the published figures, else App",
      description: "The tag that names workloads: where it changes, cost moves.",
    },
    region: {
      type: "text",
      flag: "region",
      valueName: "REGION",
      default: null,
      absent: "the cost of such resources is not known",
      description: "The region of resources for which the plan does not decide one, like eu-central-1.",
    },
    prices: pricesOption,
    format: {
      type: "choice",
      flag: "format",
      valueName: "FORM",
      default: "text",
      choices: ["text", "json"],
      description: "The form of the result.",
    },
    failOn: {
      type: "texts",
      flag: "fail-on",
      valueName: "SEVERITY",
      absent: "none",
      description:
        "End with code 4 where there is drift of this severity: cost, allocation, other or any. May be given several times.",
    },
    store: storeOption,
    state: {
      type: "text",
      flag: "state",
      valueName: "PLACE",
      default: "./dapanoskop-state",
      description: "Where scans are recorded: a folder, or dynamodb:TABLE.",
    },
  },
} as const satisfies CommandDefinition;
