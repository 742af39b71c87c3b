import { billFileOptions } from "../options/shared-options.ts";
import type { CommandDefinition } from "./definitions.ts";

export const coverageDefinition = {
  name: "coverage",
  summary: "Show how much of a bill Terraform or OpenTofu manages.",
  description:
    "Joins the resource ids of a bill (a CUR with resource ids, CUR 2.0 or FOCUS) with the resources of states " +
    "(terraform show -json) or plans: what is managed, what is not, and what names no resource, by service, the dearest first. " +
    "A resource that AWS makes for a managed one, such as an instance of an Auto Scaling group, is not managed.",
  options: {
    managed: {
      type: "texts",
      flag: "managed",
      valueName: "FILE",
      absent: "nothing is managed",
      description: "A state or plan in JSON. May be given several times, one for each root module.",
    },
    ...billFileOptions,
    month: {
      type: "month",
      flag: "month",
      valueName: "MONTH",
      absent: "all of the bill",
      description: "Count the charges of one month, like 2026-03.",
    },
    format: {
      type: "choice",
      flag: "format",
      valueName: "FORM",
      default: "text",
      choices: ["text", "json"],
      description: "The form of the result. JSON has 1,000 unmanaged resources at most.",
    },
  },
} as const satisfies CommandDefinition;
