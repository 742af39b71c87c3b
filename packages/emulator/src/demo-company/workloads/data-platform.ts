import {
  archived,
  beforeTheRule,
  frequentAfter,
  infrequentAfter,
  reprocessing,
  whileItMoves,
} from "../trends.ts";
import type { Workload } from "../workload.ts";
import { migratedFromOracle, on, use, volumes } from "./parts.ts";

export const dataPlatform: readonly Workload[] = [
  {
    app: "data-lake",
    center: "Data Platform",
    uses: [
      use("s3 standard", 46_000, { trend: beforeTheRule }),
      use("s3 int frequent", 31_000, { trend: frequentAfter }),
      use("s3 int infrequent", 44_000, { trend: infrequentAfter }),
      use("s3 int instant", 54_000, { trend: infrequentAfter }),
      use("s3 tiering watch", 44_000_000, { trend: infrequentAfter }),
      use("s3 glacier instant", 43_000, { center: "Machine Learning" }),
      use("s3 deep archive", 200_000, { trend: archived }),
      use("s3 deep archive staging", 120),
      use("s3 early delete infrequent", 7_200, { trend: whileItMoves }),
      use("s3 early delete deep", 26_000, { trend: whileItMoves }),
      use("s3 tags", 22_000_000),
      on("nightly", "s3 puts", 2_100_000),
      on("office", "s3 gets", 23_000_000),
      use("s3 standard", 6_100, { region: "us-east-1" }),
      on("nightly", "s3 bytes from virginia", 110, { region: "us-east-1" }),
    ],
  },
  {
    app: "etl-nightly",
    center: "Data Platform",
    uses: [
      on("nightly", "glue jobs", 72, { trend: reprocessing }),
      on("nightly", "spot c5.4xlarge", 4, { trend: reprocessing }),
      on("nightly", "nat bytes", 231, { runaway: 38 }),
      on("nightly", "transitions", 160_000),
    ],
  },
  {
    app: "event-stream",
    center: "Data Platform",
    uses: [use("broker", 3), use("broker storage", 3_600), on("shop", "bytes between zones", 2_300)],
  },
  {
    app: "dwh",
    center: "Data Platform",
    uses: [
      use("redshift ra3.xlplus", 2),
      use("redshift storage", 14_000),
      on("office", "athena", 2.9),
      on("weekly", "bytes to virginia", 380),
    ],
  },
  {
    app: "bi-dashboards",
    center: "Data Platform",
    uses: [
      ...migratedFromOracle(9, "m5.large", 220),
      on("office", "fargate cpu", 142),
      on("office", "fargate memory", 570),
      on("office", "athena", 1.1),
    ],
  },
  {
    app: "clickstream",
    center: "Data Platform",
    uses: [
      use("shards", 24),
      on("shop", "puts", 210_000_000),
      on("shop", "delivery", 228),
      use("s3 standard", 8_800),
      on("shop", "lambda arm seconds", 820_000),
    ],
  },
  {
    app: "Zoë's Reports",
    center: "Data Platform",
    uses: [
      use("t3.medium", 2),
      on("office", "t3 credits", 38),
      ...volumes(350),
      on("office", "athena", 0.49, { center: "Corporate IT" }),
    ],
  },
];
