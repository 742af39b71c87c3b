// Whether a deployment works, as it is seen from outside: the page opens, its data is refused without a session, figures are fresh.
//   npm run smoke-test -- --page https://costs.example.com --store s3://BUCKET
//   npm run smoke-test -- --page https://costs.example.com --new      before the first collection
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Check } from "../packages/cli/src/deployment/page-checks.ts";
import { openStore } from "../packages/cli/src/store.ts";
import { smokeTest } from "./deployment/smoke-test.ts";

/** The edges of CloudFront learn a change one after the other. */
const ATTEMPTS = 6;
const PAUSE_MS = 10_000;

const { values } = parseArgs({
  options: {
    page: { type: "string" },
    store: { type: "string" },
    new: { type: "boolean", default: false },
    attempts: { type: "string", default: String(ATTEMPTS) },
  },
});
const page = values.page?.replace(/\/$/, "") ?? "";
if (!/^https?:\/\/[^/]+$/.test(page)) {
  console.error("Give the address of the page without a path: --page https://costs.example.com");
  process.exit(2);
}
const store = values.store === undefined ? null : await openStore(values.store);
let checks: readonly Check[] = [];
for (let attempt = 1; attempt <= Number(values.attempts); attempt += 1) {
  if (attempt > 1) await sleep(PAUSE_MS);
  checks = await smokeTest({ page, store, isNew: values.new }, new Date());
  if (checks.every(({ ok }) => ok)) break;
}
for (const { what, ok, text } of checks) console.log(`${ok ? "ok  " : "FAIL"}  ${what.padEnd(10)}${text}`);
if (checks.some(({ ok }) => !ok)) process.exit(1);
