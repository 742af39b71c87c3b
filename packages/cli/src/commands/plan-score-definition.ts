import { billFileOptions, storeOption } from "../options/shared-options.ts";
import type { CommandDefinition } from "./definitions.ts";

export const planScoreDefinition = {
  name: "plan-score",
  summary: "Compare what an applied plan predicted with what the bill says.",
  description:
    "Compares the mean day of the seven days after an apply with that of the seven before it, as a month of 730 hours: by workload " +
    "in the published figures, or with --bill by resource. There is no score where a cost of the plan is not known, where another " +
    "plan changed the same workload or resource within seven days, where days are missing, or where the cost varies more than the " +
    "plan changes it: what is left out is named. Without PLAN it shows the accuracy of all kept scores, by project and type.",
  options: {
    plan: {
      type: "word",
      flag: "plan",
      valueName: "PLAN",
      absent: "the accuracy of all scores is shown",
      description: "The id of a plan that was kept by dapanoskop plan --project.",
    },
    applied: {
      type: "day",
      flag: "applied",
      valueName: "DAY",
      absent: "the day that is kept with the plan",
      description:
        "The day on which the plan was applied, in UTC, like 2026-03-08. It is kept with the plan.",
    },
    managed: {
      type: "texts",
      flag: "managed",
      valueName: "FILE",
      absent: "none",
      description:
        "With --bill: a state in JSON (terraform show -json), which has the ids of the plan's resources. What the plan deletes is in the state before it.",
    },
    ...billFileOptions,
    format: {
      type: "choice",
      flag: "format",
      valueName: "FORM",
      default: "text",
      choices: ["text", "json"],
      description: "The form of the result.",
    },
    store: storeOption,
    state: {
      type: "text",
      flag: "state",
      valueName: "DIR",
      default: "./dapanoskop-state",
      description: "The folder of kept plans and scores.",
    },
  },
} as const satisfies CommandDefinition;
