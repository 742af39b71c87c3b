import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import { AT, writeLargeCur } from "./large-cur.ts";
import { dapanoskop, inFolder, type Measured, measured } from "./measured.ts";

const SIZES = [1e4, 1e5, 1e6] as const;

/** What the process may hold at 10^6 charges, in MB. */
const MEMORY_BOUND = 512;

const duckdb = fileURLToPath(new URL("./duckdb-bill.mjs", import.meta.url));

/**
 * `dapanoskop collect --bill` of a large CUR, from file to published files, against DuckDB on one thread doing the same
 * exact group-bys of the same file (`duckdb-bill.mjs`). Whole processes, in turn. Targets: at most twice DuckDB's time and
 * 512 MB at 10^6 charges, and no charge dearer than the one before.
 */
export async function billFile(rounds = 5): Promise<readonly Benchmark[]> {
  return inFolder(async (folder) => {
    const runs: Runs[] = [];
    for (const size of SIZES) runs.push(await alternating(folder, size, rounds));
    const largest = runs.at(-1);
    if (largest === undefined) return [];
    return [
      ...runs.map(({ charges, ours, other }) =>
        benchmark(
          `${charges} charges, wall time`,
          wall(ours),
          wall(other),
          `processor time ${Math.round(cpu(ours))} against ${Math.round(cpu(other))} ms, ${(cpu(ours) / cpu(other)).toFixed(2)} times`,
        ),
      ),
      benchmark(
        `${largest.charges} charges, peak memory in MB`,
        Math.max(...largest.ours.map(({ memory }) => memory)),
        MEMORY_BOUND,
        `against the bound; DuckDB alone takes ${Math.round(median(largest.other.map(({ memory }) => memory)))}`,
      ),
      linearity(runs),
    ];
  });
}

interface Runs {
  readonly size: number;
  readonly charges: string;
  readonly ours: readonly Measured[];
  readonly other: readonly Measured[];
}

/** Both in turn, so that what disturbs the machine disturbs both. The first round warms the system's cache of the file. */
async function alternating(folder: string, size: number, rounds: number): Promise<Runs> {
  const bill = join(folder, `${size}.csv`);
  await writeLargeCur(bill, size);
  const ours: Measured[] = [];
  const other: Measured[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const store = join(folder, `store-${size}-${round}`);
    other.push(await measured([duckdb, bill]));
    ours.push(await measured([dapanoskop, "collect", "--bill", bill, "--store", store, "--at", AT]));
  }
  return { size, charges: size.toLocaleString("en"), ours: ours.slice(1), other: other.slice(1) };
}

/** Processor time of a further charge: among the first 10^5, and from there to 10^6. */
function linearity(runs: readonly Runs[]): Benchmark {
  const [few, some, many] = runs;
  const perCharge = (from: Runs | undefined, to: Runs | undefined) =>
    from === undefined || to === undefined
      ? Number.NaN
      : ((cpu(to.ours) - cpu(from.ours)) * 1e3) / (to.size - from.size);
  return benchmark(
    "a further charge, in µs of processor time",
    perCharge(some, many),
    perCharge(few, some),
    "from 100,000 to 1,000,000 charges against from 10,000 to 100,000: 1 is linear",
  );
}

const wall = (runs: readonly Measured[]) => median(runs.map((run) => run.wall));
const cpu = (runs: readonly Measured[]) => median(runs.map((run) => run.cpu));
