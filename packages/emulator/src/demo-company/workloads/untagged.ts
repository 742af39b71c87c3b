import type { Workload } from "../workload.ts";
import { on, use } from "./parts.ts";

/** Uses that could have a tag and have none. */
export const untagged: readonly Workload[] = [
  {
    app: null,
    center: "Storefront",
    uses: [use("m6i.xlarge", 3), on("shop", "log bytes", 9), use("gp2", 1_600)],
  },
  { app: null, center: "Data Platform", uses: [use("s3 standard", 17_000), on("office", "glue jobs", 18)] },
  { app: null, center: "Machine Learning", uses: [on("office", "notebook", 190), use("s3 standard", 9_500)] },
  { app: null, center: "Logistics", uses: [use("t3.medium", 9), use("gp2", 2_200)] },
  { app: null, center: "Corporate IT", uses: [use("snapshots", 9_500), use("t3.medium", 5)] },
  { app: null, center: "Shared Platform", uses: [on("office", "nat bytes", 300), use("load balancer", 4)] },
  {
    app: null,
    center: null,
    uses: [
      use("t3.medium", 6, { region: "us-east-1" }),
      on("office", "aurora acu", 60),
      use("snapshots", 900, { region: "us-east-1" }),
    ],
  },
];

/** Uses that cannot be tagged, apart from the charges of the invoice. */
export const untaggable: readonly Workload[] = [
  { app: null, center: null, uses: [use("cost requests", 9, { region: "us-east-1", fixed: true })] },
];
