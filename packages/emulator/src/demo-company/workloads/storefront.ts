import { newAssortment, rightsized } from "../trends.ts";
import type { Workload } from "../workload.ts";
import { migratedFromOracle, on, use, volumes } from "./parts.ts";

export const storefront: readonly Workload[] = [
  {
    app: "storefront-web",
    center: "Storefront",
    uses: [
      on("shop", "c6i.2xlarge", 6, { trend: rightsized }),
      use("c6i.xlarge", 6, { commitment: "savings plan" }),
      on("shop", "c6i.2xlarge", 1.4, { region: "eu-west-1", trend: rightsized }),
      use("load balancer", 3),
      on("shop", "lcu", 620),
      on("shop", "cdn bytes eu", 632),
      on("shop", "cdn bytes us", 54),
      on("shop", "cdn requests", 17_000_000),
      on("shop", "bytes out", 60),
      ...volumes(2_400),
    ],
  },
  {
    app: "checkout-api",
    center: "Storefront",
    uses: [
      on("shop", "fargate cpu", 465),
      on("shop", "fargate memory", 930),
      use("aurora r6g.large", 2, { commitment: "reservation" }),
      use("aurora storage", 900),
      on("shop", "aurora io", 80_000_000),
      use("aurora backups", 1_400),
      on("shop", "log bytes", 21, { runaway: 34 }),
      on("shop", "queue", 9_000_000),
    ],
  },
  {
    app: "product-search",
    center: "Storefront",
    uses: [
      use("search r6g.large", 4, { trend: newAssortment }),
      use("search storage", 1_900, { trend: newAssortment }),
      on("shop", "lambda arm seconds", 500_000),
      on("nightly", "glue jobs", 10, { center: "Data Platform" }),
    ],
  },
  {
    app: "cart",
    center: "Storefront",
    uses: [
      on("shop", "dynamo writes", 5_700_000),
      on("shop", "dynamo reads", 25_000_000),
      use("dynamo storage", 168),
      on("shop", "lambda seconds", 310_000),
      on("shop", "lambda requests", 4_200_000),
      on("shop", "http calls", 6_600_000),
    ],
  },
  {
    app: "catalog-images",
    center: "Storefront",
    uses: [
      use("s3 standard", 14_000),
      use("s3 infrequent", 17_000),
      on("shop", "s3 gets", 17_000_000),
      on("shop", "s3 puts", 450_000),
      on("shop", "s3 retrieval", 140),
      on("shop", "cdn bytes eu", 352),
      on("shop", "lambda seconds", 530_000),
    ],
  },
  {
    app: "customer-accounts",
    center: "Storefront",
    uses: [
      ...migratedFromOracle(2, "m5.large", 420),
      on("shop", "fargate cpu", 128),
      on("shop", "fargate memory", 255),
      on("shop", "mail", 68_000),
      use("keys", 14),
      on("shop", "key requests", 1_900_000),
    ],
  },
  {
    app: "loyalty",
    center: "Storefront",
    uses: [
      ...migratedFromOracle(0, "m5.large", 260),
      on("shop", "fargate cpu", 68),
      on("shop", "fargate memory", 135),
      on("shop", "topic", 2_400_000),
    ],
  },
  {
    app: "promo-engine",
    center: "Storefront",
    uses: [
      ...migratedFromOracle(11, "m5.large", 180),
      use("cache r6g.large", 4, { commitment: "reservation" }),
      on("shop", "lambda seconds", 220_000),
    ],
  },
  {
    app: "mobile-bff",
    center: "Storefront",
    uses: [
      on("shop", "rest calls", 3_900_000),
      on("shop", "lambda seconds", 410_000),
      use("cache t4g.medium", 2),
      on("shop", "log bytes", 7),
    ],
  },
];
