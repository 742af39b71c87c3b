import { backfill, modelYear } from "../trends.ts";
import type { Workload } from "../workload.ts";
import { on, use } from "./parts.ts";

export const machineLearning: readonly Workload[] = [
  {
    app: "ml-training",
    center: "Machine Learning",
    uses: [
      on("office", "gpu training", 13, { trend: modelYear }),
      on("office", "p3.2xlarge", 0.42, { trend: modelYear, runaway: 7 }),
      on("office", "notebook", 130),
      use("efs", 1_400, { trend: modelYear }),
      use("efs infrequent", 6_600),
      use("s3 standard", 18_000, { trend: modelYear }),
      use("io1", 700),
      use("io1 iops", 2_400),
    ],
  },
  {
    app: "ml-inference",
    center: "Machine Learning",
    uses: [
      use("gpu endpoint", 1.8),
      on("shop", "gpu endpoint", 0.9, { center: "Storefront" }),
      use("images", 1_000),
      use("g4dn.xlarge", 1),
    ],
  },
  {
    app: "feature-store",
    center: "Machine Learning",
    uses: [
      on("shop", "dynamo writes", 13_000_000, { trend: backfill }),
      on("shop", "dynamo reads", 18_000_000),
      use("dynamo storage", 630),
      use("cache r6g.large", 2, { commitment: "reservation" }),
    ],
  },
  {
    app: "demand-forecast",
    center: "Machine Learning",
    uses: [
      on("weekly", "gpu training", 1.7),
      on("weekly", "spot c5.4xlarge", 2),
      use("s3 infrequent", 4_900),
    ],
  },
  {
    app: "image-tagging",
    center: "Machine Learning",
    uses: [on("nightly", "lambda seconds", 620_000), on("nightly", "gpu training", 0.88)],
  },
  {
    app: "recommendations",
    center: ["Machine Learning", "Data Platform"],
    uses: [
      on("shop", "fargate cpu", 308),
      on("shop", "fargate memory", 1_200),
      use("cache t4g.medium", 4),
      on("nightly", "glue jobs", 15),
    ],
  },
];
