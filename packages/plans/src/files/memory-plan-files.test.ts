import { describe, expect, it } from "vitest";
import { memoryPlanFiles } from "./memory-plan-files.ts";
import { planFilesContract } from "./testing/index.ts";

planFilesContract(
  { describe, it, expect },
  {
    name: "memory",
    open: async () => {
      const files = memoryPlanFiles();
      return [files, ...Array.from({ length: 19 }, () => files)];
    },
  },
);
