import { chattyRelease, newSensors } from "../trends.ts";
import type { Workload } from "../workload.ts";
import { migratedFromOracle, on, use, volumes } from "./parts.ts";

export const logistics: readonly Workload[] = [
  {
    app: "order-management",
    center: "Logistics",
    uses: [
      ...migratedFromOracle(4, "m5.xl", 1_400),
      use("m6i.large", 8, { commitment: "savings plan" }),
      use("m6i.xlarge", 3),
      ...volumes(1_600),
      on("shop", "queue", 22_000_000),
      on("shop", "log bytes", 11),
    ],
  },
  {
    app: "warehouse-mgmt",
    center: "Logistics",
    uses: [
      ...migratedFromOracle(6, "m5.xl", 800),
      use("m6i.xlarge", 6),
      use("r6i.xlarge", 2),
      ...volumes(2_100),
      use("rds backups", 1_900),
    ],
  },
  {
    app: "parcel-tracking",
    center: "Logistics",
    uses: [
      on("shop", "rest calls", 3_100_000),
      on("shop", "lambda seconds", 580_000, { trend: chattyRelease }),
      on("shop", "dynamo writes", 3_500_000, { trend: chattyRelease }),
      use("dynamo storage", 434),
      on("shop", "topic", 7_800_000),
    ],
  },
  {
    app: "route-planning",
    center: "Logistics",
    uses: [
      on("office", "c6i.xlarge", 5),
      on("office", "lambda arm seconds", 460_000),
      use("s3 standard", 1_800),
    ],
  },
  {
    app: "returns-portal",
    center: "Logistics",
    uses: [
      ...migratedFromOracle(8, "m5.large", 150),
      on("shop", "fargate cpu", 60),
      on("shop", "fargate memory", 120),
    ],
  },
  {
    app: "supplier-edi",
    center: "Logistics",
    uses: [
      ...migratedFromOracle(3, "m5.large", 340),
      use("m6i.xlarge", 2, { region: "us-east-1" }),
      on("office", "transitions", 210_000),
      use("public address", 6),
    ],
  },
  {
    app: "fleet-telemetry",
    center: "Logistics",
    uses: [
      use("shards", 12, { trend: newSensors }),
      on("office", "lambda arm seconds", 940_000, { trend: newSensors }),
      use("s3 standard", 4_100, { trend: newSensors }),
      use("s3 glacier", 18_000),
    ],
  },
];
