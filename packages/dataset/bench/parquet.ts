import { writeFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromArrays } from "apache-arrow";
import { type Benchmark, benchmark, median, xorshift } from "../../core/bench/benchmark.ts";
import { type UsageTypeColumns, usageTypeTable } from "../src/index.ts";
import { arrowTable, parquetCodec } from "../src/parquet/index.ts";

const ROWS = 1_000_000;

interface Rows {
  readonly workload: readonly string[];
  readonly usage_type: readonly string[];
  readonly category: readonly string[];
  readonly period: readonly string[];
  readonly cost_usd: Float64Array;
  readonly usage_quantity: Float64Array;
}

/** Making the Arrow table of a million usage-type rows, against Arrow's own `tableFromArrays`. Target: at most 1/50. */
export async function arrowTableFromCodes(rounds = 9): Promise<Benchmark> {
  const rows = usageRows();
  const { set, took } = gather(rows);
  const [ours, other] = await alternating(rounds, [
    () => arrowTable(set),
    () => tableFromArrays({ ...rows }),
  ]);
  const name = `Arrow table of ${ROWS.toLocaleString("en")} usage-type rows`;
  return benchmark(
    name,
    ours,
    other,
    `against tableFromArrays; gathering the rows before took ${took.toFixed(0)} ms`,
  );
}

/**
 * Writing cost-by-usage-type.parquet of a million rows to a file, against DuckDB's COPY with the same codec on one
 * thread. Target: at most 1.3 times.
 */
export async function writeUsageTypes(rounds = 9): Promise<Benchmark> {
  const codec = parquetCodec(
    await readFile(createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm")),
  );
  const { set } = gather(usageRows());
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-bench-"));
  const file = join(folder, "ours.parquet");
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const duckdb = await instance.connect();
  try {
    writeFileSync(file, codec.encode(set));
    await duckdb.run(`CREATE TABLE usage AS SELECT * FROM read_parquet('${file}')`);
    const copy = `COPY usage TO '${join(folder, "duckdb.parquet")}' (FORMAT parquet, COMPRESSION snappy)`;
    const [ours, other] = await alternating(rounds, [
      () => writeFileSync(file, codec.encode(set)),
      () => duckdb.run(copy),
    ]);
    const sizes = await Promise.all([file, join(folder, "duckdb.parquet")].map((path) => readFile(path)));
    const [mine = 0, theirs = 0] = sizes.map(({ length }) => Math.round(length / 1e5) / 10);
    const name = `cost-by-usage-type.parquet of ${ROWS.toLocaleString("en")} rows`;
    return benchmark(
      name,
      ours,
      other,
      `against DuckDB's COPY, SNAPPY, one thread; ${mine} MB against ${theirs} MB`,
    );
  } finally {
    duckdb.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}

/**
 * The three periods of a large organisation: 1,000 workloads × 334 usage types, in no order that helps, since
 * published rows come by cost. Hardly an amount repeats.
 */
function usageRows(): Rows {
  const random = xorshift(88_172_645);
  const places = Int32Array.from({ length: ROWS }, () => Math.floor(random() * 334_000));
  return {
    workload: pick(
      1000,
      (at) => `workload-${at}`,
      places,
      (place) => Math.floor(place / 334),
    ),
    usage_type: pick(
      334,
      (at) => `EUC1-BoxUsage:m5.${at}xlarge`,
      places,
      (place) => place % 334,
    ),
    category: pick(
      4,
      (at) => `Category ${at}`,
      places,
      (place) => (place % 334) % 4,
    ),
    period: pick(
      3,
      (at) => `2026-0${at + 1}`,
      places,
      (_, row) => Math.floor(row / 334_000),
    ),
    cost_usd: Float64Array.from(places, () => Math.round(random() * random() * 1e12) / 1e10),
    usage_quantity: Float64Array.from(places, () => Math.round(random() * 1e9) / 1e4),
  };
}

/** A name a row, out of `count` names; each name is one string in memory, as in a parsed bill. */
function pick(
  count: number,
  name: (at: number) => string,
  places: Int32Array,
  which: (place: number, row: number) => number,
): readonly string[] {
  const names = Array.from({ length: count }, (_, at) => name(at));
  return Array.from(places, (place, row) => names[which(place, row)] ?? "");
}

function gather(rows: Rows): { set: UsageTypeColumns; took: number } {
  const start = performance.now();
  const table = usageTypeTable();
  const { workload, usage_type, category, period, cost_usd, usage_quantity } = rows;
  for (const [row, cost] of cost_usd.entries()) {
    const quantity = usage_quantity[row] ?? null;
    table.push(
      workload[row] ?? "",
      usage_type[row] ?? "",
      category[row] ?? "",
      period[row] ?? "",
      cost,
      quantity,
    );
  }
  return { set: table.columns(), took: performance.now() - start };
}

/** Rounds before the first that counts: V8 compiles what it finds hot. */
const WARM_UP = 3;

/** Both in turn, so that what disturbs the machine disturbs both. */
async function alternating(
  rounds: number,
  [ours, other]: readonly [() => unknown, () => unknown],
): Promise<readonly [number, number]> {
  const times: [number, number][] = [];
  for (let round = 0; round < WARM_UP + rounds; round += 1)
    times.push([await milliseconds(ours), await milliseconds(other)]);
  const counted = times.slice(WARM_UP);
  return [median(counted.map((pair) => pair[0])), median(counted.map((pair) => pair[1]))];
}

async function milliseconds(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
