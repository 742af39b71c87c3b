// Sums the JSON reports that vitest left in a folder, and prints the line that CI reads.
//   node scripts/sum-test-results.mjs FOLDER FAILED       FAILED: 1 when a command before failed
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const [folder = "", commandFailed = "0"] = process.argv.slice(2);
const reports = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));

const sum = (of) => reports.reduce((total, report) => total + (of(report) ?? 0), 0);
const passed = sum((report) => report.numPassedTests);
const skipped = sum((report) => report.numPendingTests + report.numTodoTests);
// A check that failed outside the tests, or a run that left no report, is a failure too.
const others = commandFailed !== "0" || reports.length === 0 ? 1 : 0;
const failed = Math.max(
  sum((report) => report.numFailedTests),
  others,
);

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
