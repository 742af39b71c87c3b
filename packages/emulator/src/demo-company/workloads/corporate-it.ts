import { piledUp } from "../trends.ts";
import type { Workload } from "../workload.ts";
import { migratedFromOracle, on, use, volumes } from "./parts.ts";

export const corporateIt: readonly Workload[] = [
  {
    app: "erp",
    center: "Corporate IT",
    uses: [
      ...migratedFromOracle(5, "m5.xl", 1_900),
      use("m6i.large", 4, { commitment: "savings plan" }),
      use("m6i.xlarge", 2),
      ...volumes(1_800),
    ],
  },
  {
    app: "intranet",
    center: "Corporate IT",
    uses: [
      ...migratedFromOracle(10, "m5.large", 90),
      use("t3.medium", 3),
      use("load balancer", 1),
      use("efs", 180),
    ],
  },
  {
    app: "hr-portal",
    center: "Corporate IT",
    uses: [...migratedFromOracle(1, "m5.large", 120), use("t3.medium", 2), use("secrets", 18)],
  },
  {
    app: "backups",
    center: "Corporate IT",
    uses: [
      use("snapshots", 14_000, { trend: piledUp }),
      use("backup efs", 4_500, { trend: piledUp }),
      use("backup s3", 7_000, { trend: piledUp }),
      use("backup cold", 12_000),
      use("s3 deep archive", 91_000, { region: "us-east-1" }),
      use("rds backups", 3_200, { center: "Logistics", trend: piledUp }),
      on("weekly", "bytes to virginia", 420),
    ],
  },
  {
    app: "file-shares",
    center: "Corporate IT",
    uses: [
      use("efs", 1_200),
      use("efs infrequent", 5_700),
      // One tebibyte of old files; its size never changes.
      use("s3 glacier instant", 1_024, { fixed: true }),
    ],
  },
  {
    // EC2 accepts any character in a tag value.
    app: "Cash$Flow",
    center: "Corporate IT",
    uses: [...migratedFromOracle(7, "m5.large", 160), use("t3.medium", 2), ...volumes(200)],
  },
  {
    app: "R&D <prototype>",
    center: null,
    uses: [
      on("office", "t3.medium", 5),
      on("office", "g4dn.xlarge", 0.7),
      use("postgres t4g.medium", 1),
      use("postgres storage", 120),
    ],
  },
];
