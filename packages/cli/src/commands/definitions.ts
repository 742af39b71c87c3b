import { collectionOptions } from "@dapanoskop/pipeline/options";
import type { CommandOptions } from "../options/command-option.ts";
import { atOption, billFileOptions, portOption, storeOption } from "../options/shared-options.ts";

/** What a command is called, what it does and which options it takes. Arguments are read and help texts are written by it. */
export interface CommandDefinition<Options extends CommandOptions = CommandOptions> {
  readonly name: string;
  /** One sentence for the list of commands. */
  readonly summary: string;
  /** What the help of the command says before its options. */
  readonly description: string;
  readonly options: Options;
}

/** AWS keeps no more than 37 months before the running one, with the opt-in. */
const LONGEST_BACKFILL = 37;

export const backfillOption = {
  type: "count",
  flag: "backfill",
  valueName: "MONTHS",
  between: [0, LONGEST_BACKFILL],
  absent: "0",
  description: "How many earlier closed months are read as well.",
} as const;

export const demoDefinition = {
  name: "demo",
  summary: "Try it: a made-up company's bill is collected, shown and served.",
  description:
    "Starts a Cost Explorer on this machine with the bill of a made-up company, collects it with 13 months of history, " +
    "shows the report and serves it. Nothing leaves this machine and nothing costs anything.",
  options: {
    store: { ...storeOption, default: "./dapanoskop-demo" },
    at: atOption,
    port: portOption,
    noServe: {
      type: "switch",
      flag: "no-serve",
      default: false,
      description: "End after the report.",
    },
    once: { type: "switch", flag: "once", default: false, description: "The same as --no-serve." },
  },
} as const satisfies CommandDefinition;

export const collectDefinition = {
  name: "collect",
  summary: "Read the bill and publish it: the running month and the last closed one.",
  description:
    "Reads the bill and publishes it. Without --bill it queries AWS Cost Explorer with the credentials of this terminal, " +
    "as the AWS CLI would. AWS charges $0.01 a page; an ordinary day needs some seven pages.",
  options: {
    store: storeOption,
    at: atOption,
    backfill: backfillOption,
    force: {
      type: "switch",
      flag: "force",
      default: false,
      description:
        "Publish months that would be quarantined, and months that were already collected for this time.",
    },
    checks: {
      type: "choice",
      flag: "checks",
      valueName: "WHEN",
      default: "first",
      choices: ["first", "always", "never"],
      description:
        "When the checks of dapanoskop doctor come before a collection of Cost Explorer: first is before the first one into a place, " +
        "where AWS is asked and no stand-in.",
    },
    ...collectionOptions,
    ...billFileOptions,
  },
} as const satisfies CommandDefinition;

export const showDefinition = {
  name: "show",
  summary: "Show the report in the terminal, or as JSON.",
  description:
    "Shows the report of a published month: totals, cost centers, what changed, storage, tagging, and whether it adds up.",
  options: {
    store: storeOption,
    period: {
      type: "month",
      flag: "period",
      valueName: "YYYY-MM",
      absent: "the newest",
      description: "The month of the report.",
    },
    days: {
      type: "switch",
      flag: "days",
      default: false,
      description: "Show the newest published days instead of a month.",
    },
    state: {
      type: "text",
      flag: "state",
      valueName: "PLACE",
      default: "./dapanoskop-state",
      description: "The folder, or dynamodb:TABLE, of the budgets that are shown with the newest month.",
    },
    json: {
      type: "switch",
      flag: "json",
      default: false,
      description: "Write JSON for programs, with numbers that are not rounded.",
    },
  },
} as const satisfies CommandDefinition;

export const serveDefinition = {
  name: "serve",
  summary: "Serve the page and the published files to a browser on this machine.",
  description:
    "Serves the page, the published files (under /data/) and the API of plans, drift and budgets (under /api/) to this machine only, until Ctrl-C.",
  options: {
    store: storeOption,
    port: portOption,
    state: {
      type: "text",
      flag: "state",
      valueName: "DIR",
      default: "./dapanoskop-state",
      description: "The folder of plans, drift and budgets.",
    },
  },
} as const satisfies CommandDefinition;

export const emulateDefinition = {
  name: "emulate",
  summary: "Run a Cost Explorer on this machine, for tests.",
  description:
    "Runs a Cost Explorer on this machine that answers from a bill: the made-up company's, or a file's. Until Ctrl-C.",
  options: {
    ...billFileOptions,
    at: atOption,
    port: { ...portOption, absent: "a free port" },
    history: {
      type: "choice",
      flag: "history",
      valueName: "MONTHS",
      default: "14",
      choices: ["14", "38"],
      description: "How many months it answers for, with the running one.",
    },
    pageSize: {
      type: "count",
      flag: "page-size",
      valueName: "N",
      between: [1, 1_000_000],
      absent: "as many as AWS gives",
      description: "How many groups a page has.",
    },
    fault: {
      type: "texts",
      flag: "fault",
      valueName: "FAULT",
      description:
        "Fail in one way, as KIND[:N[xTIMES]][=VALUE][@OPERATION], like throttle:2x2, deny@GetCostForecast, drop-page or " +
        "restate:5=1.02. May be given several times; --fault help lists the kinds.",
    },
  },
} as const satisfies CommandDefinition;

export const verifyDefinition = {
  name: "verify",
  summary: "Read all published files again and check every hash and every sum.",
  description: "Reads all published files again and checks each by its hash, and every sum by adding it up.",
  options: { store: storeOption },
} as const satisfies CommandDefinition;
