import { setTimeout } from "node:timers/promises";
import { testClock } from "@dapanoskop/core/testing";
import { readIndex } from "@dapanoskop/dataset";
import { publish, recover } from "@dapanoskop/pipeline/publish";
import { aRun, seededRuntime } from "@dapanoskop/pipeline/publish/testing";
import { folderStore } from "../folder-store.ts";

// One of several processes that publish into a folder at the same moment: run after run, each with a month of its own and
// one that all publish. It prints the result of each, and begins at the first byte of its input, so that all begin together.

const [folder = "", publisher = "0", runs = "0"] = process.argv.slice(2);
const runtime = {
  ...seededRuntime(Number(publisher) + 1),
  clock: { now: testClock().now, sleep: (milliseconds: number) => setTimeout(milliseconds) },
};

process.stdout.write("ready\n");
await new Promise((go) => process.stdin.once("data", go));
const store = folderStore(folder);
for (let run = 1; run <= Number(runs); run++) {
  await recover(store);
  const number = Number(publisher) * 100 + run;
  const at = `2026-03-08T06:00:${String((run * 7 + Number(publisher)) % 60).padStart(2, "0")}Z`;
  const months = [`2025-0${publisher}`, "2026-03"];
  const { generation } = await publish(store, aRun({ number, at, months }), runtime);
  const seen = (await readIndex(store))?.generation ?? 0;
  process.stdout.write(`${JSON.stringify({ number, generation, seen })}\n`);
}
process.exit(0);
