import { defineConfig } from "vitest/config";

// As all other tests: half a day away from UTC.
process.env.TZ = "Pacific/Kiritimati";

export default defineConfig({
  test: {
    name: "infra",
    include: ["infra/**/*.test.ts", "packages/terraform/**/*.test.ts", "tests/infra/**/*.test.ts"],
    exclude: ["infra/edge/**", "**/node_modules/**"],
    environment: "node",
    env: { TZ: "Pacific/Kiritimati" },
    // An evaluation or a plan takes a core by itself.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: process.env.CI ? ["default", "json"] : ["default"],
    outputFile: { json: ".cache/test-results/infra.json" },
  },
});
