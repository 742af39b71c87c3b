import { availableParallelism } from "node:os";
import solid from "vite-plugin-solid";
import { defineProject } from "vitest/config";

// Cost Explorer uses UTC. Tests run half a day away from it, so that a local date makes a test fail.
process.env.TZ = "Pacific/Kiritimati";

export default defineProject({
  plugins: [solid()],
  resolve: { conditions: ["development", "browser"] },
  test: {
    name: "web",
    // The same number as for the other tests: both projects run together.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    root: import.meta.dirname,
    include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
    environment: "jsdom",
    env: { TZ: "Pacific/Kiritimati" },
    testTimeout: 60_000,
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
