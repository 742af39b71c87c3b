import type { CommandDefinition } from "./definitions.ts";

/** The file of a price book that stands before the shipped one. */
export const pricesOption = {
  type: "text",
  flag: "prices",
  valueName: "FILE",
  default: null,
  absent: "the list prices that are shipped",
  description:
    "A file of list prices that dapanoskop prices update wrote. What it does not have is looked up in the shipped ones.",
} as const;

const regionsOption = {
  type: "texts",
  flag: "region",
  valueName: "REGION",
} as const;

export const pricesUpdateDefinition = {
  name: "prices update",
  summary: "Read list prices from AWS into a file, for plan.",
  description:
    "Asks AWS's price list for what the price models know, in the given regions, and writes the prices on demand into a file for " +
    "dapanoskop plan --prices FILE. With --plan it asks only for what that plan uses. It needs the permission " +
    "pricing:GetProducts; the requests cost nothing. What AWS does not list is named.",
  options: {
    regions: {
      ...regionsOption,
      absent: "the regions of the plan",
      description: "A region whose prices are read, like eu-central-1. May be given several times.",
    },
    plan: {
      type: "text",
      flag: "plan",
      valueName: "FILE",
      default: null,
      absent: "everything that price models know",
      description: "The JSON of a plan: only the prices that it uses are read.",
    },
    out: {
      type: "text",
      flag: "out",
      valueName: "FILE",
      default: "./dapanoskop-prices.json",
      description: "The file that is written. One that is there is replaced.",
    },
    at: {
      type: "day",
      flag: "at",
      valueName: "YYYY-MM-DD",
      absent: "today",
      description: "The day whose prices are read: a price that begins later is left out.",
    },
  },
} as const satisfies CommandDefinition;

export const pricesShowDefinition = {
  name: "prices show",
  summary: "Show the list prices, each with its source and day.",
  description:
    "Shows the list prices that are shipped, or those of a file, each with its source and the day that it had it.",
  options: {
    prices: { ...pricesOption, description: "A file of list prices that dapanoskop prices update wrote." },
    regions: {
      ...regionsOption,
      absent: "all",
      description: "A region whose prices are shown. May be given several times.",
    },
    service: {
      type: "text",
      flag: "service",
      valueName: "CODE",
      default: null,
      absent: "all",
      description: "The service code of AWS whose prices are shown, like AmazonEC2.",
    },
    json: { type: "switch", flag: "json", default: false, description: "Write the book's JSON." },
  },
} as const satisfies CommandDefinition;
