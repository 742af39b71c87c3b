import { collectionOptions } from "@dapanoskop/pipeline/options";
import { atOption, storeOption } from "../options/shared-options.ts";
import { backfillOption, type CommandDefinition } from "./definitions.ts";

export const doctorDefinition = {
  name: "doctor",
  summary: "Find out what stands in the way of a first collection, and what to do about it.",
  description:
    "Checks the credentials and their account, whether Cost Explorer is on and has data, permissions, the tag key, cost categories, " +
    "the organization, the place of the published files, the clock and the network. Takes the options of the collection that you " +
    "plan. It publishes nothing. It makes at most eight requests to Cost Explorer, at $0.01 each ($0.08). Exits with 1 when something " +
    "blocks a first collection.",
  options: {
    store: storeOption,
    at: atOption,
    backfill: backfillOption,
    ...collectionOptions,
    json: {
      type: "switch",
      flag: "json",
      default: false,
      description: "Write JSON for programs.",
    },
  },
} as const satisfies CommandDefinition;
