import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import { benchFile, bundled, type Told, told } from "./bundled-process.ts";

const RESOURCES = 5_000;

/**
 * A plan of 5,000 resources, read, redacted (read back from its bytes, and stored) and priced, as a whole process in milliseconds
 * of processor time. Other: a process that does nothing but parse the same JSON. Targets: at most 3, and 256 MB.
 */
export async function planOfManyResources(rounds = 9): Promise<readonly Benchmark[]> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-bench-"));
  try {
    const file = join(folder, "plan.json");
    const text = JSON.stringify(await manyResources());
    await writeFile(file, text);
    const script = join(folder, "plan.mjs");
    await bundled("./plan-process.ts", script);
    const ours: Told[] = [];
    const other: Told[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      ours.push(await told(script, file));
      other.push(await told(benchFile("./parse.mjs"), file));
    }
    const time = (runs: readonly Told[]) => median(runs.slice(1).map(({ cpuMs }) => cpuMs));
    const peakMb = Math.max(...ours.map(({ peakKb = Number.NaN }) => peakKb)) / 1_024;
    const size = `${(text.length / 1e6).toFixed(1)} MB`;
    return [
      benchmark(
        `A plan of ${RESOURCES} resources, read, redacted and priced`,
        time(ours),
        time(other),
        `whole processes, processor time in ms, against one that parses the same ${size}; at most 3`,
      ),
      benchmark(`Its peak memory`, Math.round(peakMb), 256, "MB, against the bound"),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

type RealEntry = Readonly<Record<string, unknown>> & { readonly address: string };

/** Resources of plans that the real Terraform made, each many times, as `count` makes them. */
async function manyResources(): Promise<unknown> {
  const plans = await Promise.all(["modules", "sensitive", "drifted", "resize", "delete"].map(realPlan));
  const entries = plans.flatMap(({ resource_changes }) => resource_changes);
  const changes = Array.from({ length: RESOURCES }, (_, at): RealEntry => {
    const entry = entries[at % entries.length];
    if (entry === undefined) throw new Error("The plans have no resources.");
    return { ...entry, address: `${entry.address}[${at}]`, index: at };
  });
  const [modules] = plans;
  return { ...modules, planned_values: {}, resource_changes: changes };
}

interface RealPlan {
  readonly resource_changes: readonly RealEntry[];
}

const realPlan = async (name: string): Promise<RealPlan> =>
  JSON.parse(await readFile(benchFile(`../../../tests/plans/json/${name}.json`), "utf8")) as RealPlan;
