import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// Cost Explorer thinks in UTC. Tests run half a day away from it, so that a local date shows itself.
process.env.TZ = "Pacific/Kiritimati";

// Left alone, vitest leaves one of two processors to itself.
const maxWorkers = Math.max(2, availableParallelism() - 1);

// Tests of every fault, schedule and kill, of unusual bills, hostile plans and forged tokens, of bundles and of whole days, which take
// some minutes together: a command of their own keeps `npm test` short.
const SLOW = [
  "packages/api/src/api-fuzz.test.ts",
  "packages/aws/src/dynamodb-state/dynamodb-state.test.ts",
  "packages/aws/src/s3-store/s3-store.endpoints.test.ts",
  "packages/cli/src/demo.test.ts",
  "packages/core/src/anomaly/anomalies-of.test.ts",
  "packages/core/src/plan/redact/redact-plan.test.ts",
  "packages/core/src/sending/sending.model.test.ts",
  "packages/dataset/src/read/round-trip.test.ts",
  "packages/dataset/src/verify/verify-figures.test.ts",
  "packages/dataset/src/verify/verify-hostile.test.ts",
  "packages/dataset/src/verify/verify-published.test.ts",
  "packages/functions/src/api/token-caller.test.ts",
  "packages/functions/src/collect/bundle.test.ts",
  "packages/functions/src/collect/lambda.test.ts",
  "packages/functions/src/report/lambda.test.ts",
  "packages/functions/src/session/token-attacks.test.ts",
  "packages/local/src/bill-file/bill-file-path.test.ts",
  "packages/local/src/bill-file/copied-objects.test.ts",
  "packages/local/src/bill-file/unusual-columns.test.ts",
  "packages/local/src/folder-store/folder-store.faults.test.ts",
  "packages/local/src/mail/smtp-mailer.test.ts",
  "packages/local/src/state-folder/state-folder.race.test.ts",
  "packages/pipeline/src/collections.model.test.ts",
  "packages/pipeline/src/plan/collection-plan.test.ts",
  "packages/pipeline/src/publish/publish.{faults,model,schedules}.test.ts",
  "packages/webhook/src/webhook.test.ts",
  "tests/additions.test.ts",
  "tests/bill-rows.test.ts",
  "tests/bills-in-s3.test.ts",
  "tests/bill-kinds.test.ts",
  "tests/bills.test.ts",
  "tests/budget-alerts.test.ts",
  "tests/collect-action.test.ts",
  "tests/containerfile.test.ts",
  "tests/document-commands.test.ts",
  "tests/flipped-bit.test.ts",
  "tests/installed-package.test.ts",
  "tests/killed.test.ts",
  "tests/message-forms.test.ts",
  "tests/many-groups.test.ts",
  "tests/one-day.test.ts",
  "tests/pages.test.ts",
  "tests/plan-action.test.ts",
  "tests/random-bill.test.ts",
  "tests/rounding.test.ts",
  "tests/snapshot.test.ts",
];
const env = { TZ: "Pacific/Kiritimati", AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };

export default defineConfig({
  test: {
    maxWorkers,
    projects: [
      {
        test: {
          name: "node",
          maxWorkers,
          include: [
            "packages/*/src/**/*.test.ts",
            "packages/dataset/{golden,schemas}/*.test.ts",
            "tests/**/*.test.ts",
            "scripts/**/*.test.ts",
            "infra/edge/**/*.test.ts",
          ],
          exclude: [
            "packages/web/**",
            "tests/browser/**",
            // vitest.infra.config.ts
            "packages/terraform/**",
            "tests/infra/**",
            "**/node_modules/**",
            ...SLOW,
          ],
          environment: "node",
          env,
          testTimeout: 60_000,
        },
      },
      { test: { name: "slow", include: SLOW, environment: "node", env, testTimeout: 300_000 } },
      "packages/web/vitest.config.ts",
      {
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          environment: "node",
          env: { TZ: "Pacific/Kiritimati" },
          globalSetup: "tests/support/build-page.ts",
          // A browser takes a core by itself: few at a time, and none beside the other tests.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
    reporters: process.env.CI ? ["default", "json"] : ["default"],
    outputFile: { json: ".cache/test-results/unit.json" },
  },
});
