// What collect/action.yml runs: a collection into a store, and the newest month as the summary of the run. It ends with the exit code
// of the collection: 3 where a month was quarantined.
import process from "node:process";
import { dapanoskop, flagsOf, input, prepare, summarise } from "./action.mjs";

/** The inputs that are an option of `dapanoskop collect` each, when they are not empty. */
const OPTIONS = [
  "store",
  "bill",
  "at",
  "backfill",
  "cost-category",
  "tag-key",
  "metric",
  "account",
  "billing-view",
];

prepare();

const collected = dapanoskop("collect", ...flagsOf(OPTIONS));
process.stdout.write(collected.stdout);
const shown = collected.status === 0 ? dapanoskop("show", `--store=${input("store")}`) : null;
// Indented, a line of a report is code, whatever the names of the bill contain.
if (shown?.status === 0) summarise(shown.stdout.replace(/^/gm, "    "));
process.exit(collected.status === 0 ? (shown?.status ?? 1) : (collected.status ?? 1));
