import { storeOption } from "../options/shared-options.ts";
import type { CommandDefinition } from "./definitions.ts";

export const reportHtmlDefinition = {
  name: "report html",
  summary: "Write a month's report as one HTML file, to read offline, print or attach to a mail.",
  description:
    "Writes the report of a published month as one HTML file with all its tables and charts. The file has no script and " +
    "loads nothing, so it opens anywhere and prints as A4. Cost Explorer is not queried.",
  options: {
    store: storeOption,
    period: {
      type: "month",
      flag: "period",
      valueName: "YYYY-MM",
      absent: "the newest",
      description: "The month of the report.",
    },
    output: {
      type: "text",
      flag: "output",
      short: "o",
      valueName: "FILE",
      default: null,
      absent: "the standard output",
      description: "The file to write; one of that name is replaced. A - stands for the standard output.",
    },
  },
} as const satisfies CommandDefinition;
