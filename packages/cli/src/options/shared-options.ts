import type { CommandOptions } from "./command-option.ts";

/** The folder or bucket of a real account's published files. */
export const storeOption = {
  type: "text",
  flag: "store",
  valueName: "PLACE",
  default: "./dapanoskop-data",
  description: "The folder or s3://BUCKET[/PREFIX] of the published files.",
} as const;

export const atOption = {
  type: "instant",
  flag: "at",
  valueName: "TIME",
  absent: "now",
  description: "The time that counts as now, in UTC, like 2026-03-08T06:00:00Z.",
} as const;

/** The port of the server where none is given. */
export const DEFAULT_PORT = 4321;

export const portOption = {
  type: "count",
  flag: "port",
  valueName: "N",
  between: [0, 65_535],
  absent: `${DEFAULT_PORT}, or a free port where that one is in use`,
  description: "The port of the server; 0 takes a free one.",
} as const;

/** The bill files that a command reads in place of Cost Explorer. */
export const billFileOptions = {
  bill: {
    type: "text",
    flag: "bill",
    valueName: "PATH",
    default: null,
    description:
      "Read a FOCUS or CUR file, or a folder of them, also in S3 (s3://BUCKET/PREFIX/): CSV, gzip or Parquet.",
  },
  provider: {
    type: "text",
    flag: "provider",
    valueName: "NAME",
    default: null,
    absent: "AWS",
    description: "The provider whose charges of the bill file are read: what it provides or invoices.",
  },
} as const satisfies CommandOptions;
