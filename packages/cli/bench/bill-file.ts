import { createReadStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import { AT, writeLargeCur } from "./large-cur.ts";
import { writeLargeParquet } from "./large-parquet.ts";
import { builtProgram, inFolder, type Measured, measured } from "./measured.ts";

/** What is measured of bills of each size: the rounds, and the bounds that are aimed at. */
interface BillSize {
  readonly charges: number;
  readonly rounds: number;
  /** Times DuckDB's processor time. */
  readonly target?: number;
  /** What the process may hold, in MiB. */
  readonly memory?: number;
}

const CSV_SIZES: readonly BillSize[] = [
  { charges: 1e4, rounds: 3, target: 1.8 },
  { charges: 1e5, rounds: 2 },
  { charges: 1e6, rounds: 2, target: 1.3, memory: 320 },
];
const PARQUET: BillSize = { charges: 1e7, rounds: 1, target: 2, memory: 384 };
const PARTS: BillSize = { charges: 1e8, rounds: 1, memory: 512 };
const GZIP_FILES = 40;
const GZIP_CHARGES = 535_000;

const duckdb = fileURLToPath(new URL("./duckdb-bill.mjs", import.meta.url));

/**
 * `dapanoskop collect --bill` of a large bill, from file to published files, against DuckDB on one thread that does the
 * same exact group-bys and the same check for repeated line items (`duckdb-bill.mjs`). Whole processes, in turn.
 */
export async function billFile(): Promise<readonly Benchmark[]> {
  return inFolder(async (folder) => {
    const runs: Runs[] = [];
    for (const size of CSV_SIZES) {
      const bill = join(folder, `${size.charges}.csv`);
      await writeLargeCur(bill, size.charges);
      runs.push(await alternating(folder, bill, size));
    }
    const largest = join(folder, "1000000.csv");
    const packed = await inGzipFiles(folder, largest);
    const table = join(folder, "large.parquet");
    await writeLargeParquet(table, PARQUET.charges);
    const parquet = await alternating(folder, table, PARQUET);
    return [
      ...runs.flatMap((run) => rowsOf(run, "CSV")),
      linearity(runs),
      ...rowsOf(parquet, "Parquet"),
      await gzipMemory(folder, packed),
    ];
  });
}

/** 10^8 charges in ten Parquet files, against the time of a tenth of them. Needs 6 GB of disk and some minutes. */
export async function billInParts(): Promise<readonly Benchmark[]> {
  return inFolder(async (folder) => {
    const parts = join(folder, "parts");
    await mkdir(parts);
    for (let part = 0; part < 10; part += 1) {
      await writeLargeParquet(
        join(parts, `part-${part}.parquet`),
        PARTS.charges / 10,
        (part * PARTS.charges) / 10,
      );
    }
    const tenth = await alternating(folder, join(parts, "part-0.parquet"), {
      ...PARTS,
      charges: PARTS.charges / 10,
    });
    const whole = await alternating(folder, parts, PARTS);
    return [
      ...rowsOf(whole, "Parquet in ten files"),
      benchmark(
        "a further charge, in µs of processor time",
        ((cpu(whole.ours) - cpu(tenth.ours)) * 1e3) / (PARTS.charges * 0.9),
        (cpu(tenth.ours) * 1e3) / (PARTS.charges / 10),
        "from 10,000,000 to 100,000,000 charges, against the first 10,000,000",
      ),
    ];
  });
}

interface Runs {
  readonly size: BillSize;
  readonly ours: readonly Measured[];
  readonly other: readonly Measured[];
}

/** Both in turn, so that what disturbs the machine disturbs both. The first round warms the system's cache of the file. */
async function alternating(folder: string, bill: string, size: BillSize): Promise<Runs> {
  const ours: Measured[] = [];
  const other: Measured[] = [];
  for (let round = 0; round <= size.rounds; round += 1) {
    other.push(await measured([duckdb, bill]));
    ours.push(await collected(folder, bill));
  }
  return { size, ours: ours.slice(1), other: other.slice(1) };
}

let stores = 0;

function collected(folder: string, bill: string): Promise<Measured> {
  stores += 1;
  const store = join(folder, `store-${stores}`);
  return measured([builtProgram(), "collect", "--bill", bill, "--store", store, "--at", AT]);
}

function rowsOf({ size, ours, other }: Runs, encoding: string): readonly Benchmark[] {
  const name = `${size.charges.toLocaleString("en")} charges, ${encoding}`;
  const target = size.target === undefined ? "" : `; at most ${size.target} is aimed at`;
  const rows = [
    benchmark(
      `${name}, processor time`,
      cpu(ours),
      cpu(other),
      `wall time ${Math.round(wall(ours))} against ${Math.round(wall(other))} ms${target}`,
    ),
  ];
  if (size.memory === undefined) return rows;
  return [
    ...rows,
    benchmark(
      `${name}, peak memory in MB`,
      peak(ours),
      size.memory,
      `against the bound; DuckDB alone takes ${Math.round(peak(other))}`,
    ),
  ];
}

/** Processor time of a further charge: among the first 10^5, and from there to 10^6. */
function linearity(runs: readonly Runs[]): Benchmark {
  const [few, some, many] = runs;
  const perCharge = (from: Runs | undefined, to: Runs | undefined) =>
    from === undefined || to === undefined
      ? Number.NaN
      : ((cpu(to.ours) - cpu(from.ours)) * 1e3) / (to.size.charges - from.size.charges);
  return benchmark(
    "a further charge of a CSV, in µs of processor time",
    perCharge(some, many),
    perCharge(few, some),
    "from 100,000 to 1,000,000 charges against from 10,000 to 100,000: 1 is linear",
  );
}

/** The first charges of a CSV, cut into gzip files of equal length. */
async function inGzipFiles(folder: string, csv: string): Promise<string> {
  const packed = join(folder, "packed");
  await mkdir(packed);
  const lines: string[] = [];
  let header = "";
  let file = 0;
  const write = async () => {
    await writeFile(
      join(packed, `part-${file}.csv.gz`),
      gzipSync(`${header}\n${lines.splice(0).join("\n")}\n`),
    );
    file += 1;
  };
  for await (const line of createInterface({ input: createReadStream(csv) })) {
    if (header === "") header = line;
    else lines.push(line);
    if (lines.length === GZIP_CHARGES / GZIP_FILES) await write();
    if (file === GZIP_FILES) break;
  }
  return packed;
}

async function gzipMemory(folder: string, packed: string): Promise<Benchmark> {
  const { memory, cpu: time } = await collected(folder, packed);
  return benchmark(
    `${GZIP_CHARGES.toLocaleString("en")} charges in ${GZIP_FILES} gzip files, peak memory in MB`,
    memory,
    320,
    `against the bound of a CSV; ${Math.round(time)} ms of processor time`,
  );
}

const wall = (runs: readonly Measured[]) => median(runs.map((run) => run.wall));
const cpu = (runs: readonly Measured[]) => median(runs.map((run) => run.cpu));
const peak = (runs: readonly Measured[]) => Math.max(...runs.map(({ memory }) => memory));
