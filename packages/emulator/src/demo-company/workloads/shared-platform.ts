import { chattyRelease } from "../trends.ts";
import type { Workload } from "../workload.ts";
import { on, use, volumes } from "./parts.ts";

export const sharedPlatform: readonly Workload[] = [
  {
    app: "platform-eks",
    center: "Shared Platform",
    uses: [
      use("eks", 4),
      use("m6i.xlarge", 9),
      use("m6i.large", 6, { commitment: "savings plan" }),
      use("images", 2_200),
      ...volumes(2_800),
    ],
  },
  {
    app: "observability",
    center: "Shared Platform",
    uses: [
      on("office", "log bytes", 46, { trend: chattyRelease }),
      use("log storage", 13_000),
      use("metrics", 1_900),
      use("alarms", 1_250),
      use("alarms", 260, { center: "Corporate IT" }),
    ],
  },
  {
    app: "network-hub",
    center: "Shared Platform",
    uses: [
      use("nat hours", 6),
      on("shop", "nat bytes", 495),
      use("transit attachment", 6),
      on("shop", "transit bytes", 750),
      use("vpc endpoint", 21),
      use("public address", 44),
      on("monthly", "dns zone", 48),
      on("shop", "dns queries", 9_600_000),
    ],
  },
  {
    app: "security-audit",
    center: "Shared Platform",
    uses: [
      on("office", "threat events", 2_600_000),
      on("office", "threat bytes", 8),
      on("office", "config items", 3_700),
      on("office", "trail events", 370_000),
      use("keys", 90),
      use("secrets", 210),
    ],
  },
];
