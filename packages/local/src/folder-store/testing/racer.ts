import { setTimeout } from "node:timers/promises";
import { testClock } from "@dapanoskop/core/testing";
import { readIndex } from "@dapanoskop/dataset";
import { publish, recover } from "@dapanoskop/pipeline/publish";
import { aRun, seededRuntime } from "@dapanoskop/pipeline/publish/testing";
import { folderStore } from "../folder-store.ts";

// One process of a race: publishes run after run into a folder, each with a month of its own and one that all want, and
// prints what became of it. Begins at the first byte of its input, so that all processes begin together.

const [folder = "", racer = "0", laps = "0"] = process.argv.slice(2);
const runtime = {
  ...seededRuntime(Number(racer) + 1),
  clock: { now: testClock().now, sleep: (milliseconds: number) => setTimeout(milliseconds) },
};

process.stdout.write("ready\n");
await new Promise((go) => process.stdin.once("data", go));
const store = folderStore(folder);
for (let lap = 1; lap <= Number(laps); lap++) {
  await recover(store);
  const number = Number(racer) * 100 + lap;
  const at = `2026-03-08T06:00:${String((lap * 7 + Number(racer)) % 60).padStart(2, "0")}Z`;
  const months = [`2025-0${racer}`, "2026-03"];
  const { generation } = await publish(store, aRun({ number, at, months }), runtime);
  const seen = (await readIndex(store))?.generation ?? 0;
  process.stdout.write(`${JSON.stringify({ number, generation, seen })}\n`);
}
process.exit(0);
