import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ArtifactError } from "../documents/parse.ts";
import {
  numberAt,
  textAt,
  type UsageTypeColumns,
  usageTypeColumns,
  type WorkloadColumns,
  workloadColumns,
} from "./columns.ts";
import type { ParquetCodec } from "./parquet-codec.ts";
import { usageTypeTable, workloadTable } from "./tables.ts";
import { parquetCodec } from "./wasm-codec.ts";

const WASM = createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm");

let codec: ParquetCodec;
let folder: string;
let duckdb: DuckDBInstance;

beforeAll(async () => {
  codec = parquetCodec(await readFile(WASM));
  folder = await mkdtemp(join(tmpdir(), "dapanoskop-parquet-"));
  duckdb = await DuckDBInstance.create(":memory:", { threads: "1" });
});

afterAll(async () => {
  duckdb.closeSync();
  await rm(folder, { recursive: true });
});

type UsageRow = readonly [string, string, string, string, number, number | null];

const usage: readonly UsageRow[] = [
  ["web", "EUC1-BoxUsage:m5.large", "Compute", "2026-03", 70.25, 720],
  ["web", "EUC1-DataTransfer-Out-Bytes", "Other", "2026-03", 3.5, null],
  ["Untagged", "NoUsageType", "Support", "2025-03", -1.75, 0],
];

const hostileNames = [
  "__proto__",
  "constructor",
  "<img src=x onerror=alert(1)>",
  '=HYPERLINK("https://example.com")',
  "\0\0\0",
  "\u202egnp.exe\u2069",
  "\ufeffbegins with a byte order mark",
  "Zoë Müller 😀",
  "a'; DROP TABLE usage; --",
  "",
  "x".repeat(10_000),
];

const doubles = [-0, 0, 5e-324, -1e-12, 0.1, 1 / 3, 123_456_789.123_456_78, 2 ** 53 + 2, 1e40];

describe("the parquet files for outside readers", () => {
  it("have the four columns of cost-by-workload in their order, as string and double", async () => {
    const bytes = codec.encode(workloads(["center"]));
    expect(hyparquetColumns(bytes)).toEqual([
      ["cost_center", "BYTE_ARRAY", "UTF8", "REQUIRED"],
      ["workload", "BYTE_ARRAY", "UTF8", "REQUIRED"],
      ["period", "BYTE_ARRAY", "UTF8", "REQUIRED"],
      ["cost_usd", "DOUBLE", undefined, "REQUIRED"],
    ]);
    expect(await describedByDuckDB(bytes)).toEqual([
      ["cost_center", "VARCHAR"],
      ["workload", "VARCHAR"],
      ["period", "VARCHAR"],
      ["cost_usd", "DOUBLE"],
    ]);
  });

  it("have the six columns of cost-by-usage-type in their order, and only the quantity is nullable", async () => {
    const bytes = codec.encode(usageTypes());
    expect(hyparquetColumns(bytes)).toEqual([
      ["workload", "BYTE_ARRAY", "UTF8", "REQUIRED"],
      ["usage_type", "BYTE_ARRAY", "UTF8", "REQUIRED"],
      ["category", "BYTE_ARRAY", "UTF8", "REQUIRED"],
      ["period", "BYTE_ARRAY", "UTF8", "REQUIRED"],
      ["cost_usd", "DOUBLE", undefined, "REQUIRED"],
      ["usage_quantity", "DOUBLE", undefined, "OPTIONAL"],
    ]);
    expect(await describedByDuckDB(bytes)).toEqual(
      usageTypeColumns.map(({ name, type }) => [name, type === "string" ? "VARCHAR" : "DOUBLE"]),
    );
  });

  it("contain no hint with which a reader built on Arrow would return dictionaries", () => {
    const { key_value_metadata: notes } = parquetMetadata(arrayBuffer(codec.encode(usageTypes())));
    expect(notes?.map(({ key }) => key)).toEqual(["DAPANO:codes"]);
  });

  it("have the same rows in DuckDB, an unknown quantity as NULL", async () => {
    const bytes = codec.encode(usageTypes());
    const names = usageTypeColumns.map(({ name }) => name);
    const expected = usage.map((row) => Object.fromEntries(row.map((value, at) => [names[at], value])));
    expect(await hyparquetRows(bytes)).toEqual(expected);
    expect(await duckdbRows(`SELECT * FROM '${await saved(bytes)}'`)).toEqual(usage);
    const unknown = `SELECT count(*)::INT FROM '${await saved(bytes)}' WHERE usage_quantity IS NULL`;
    expect(await duckdbRows(unknown)).toEqual([[1]]);
  });

  it("name a workload as the bill does, also if the name is hostile", async () => {
    const bytes = codec.encode(workloads(hostileNames));
    const rows = await duckdbRows(`SELECT lower(hex(encode(workload))) FROM '${await saved(bytes)}'`);
    expect(rows.map(([name]) => name)).toEqual(hostileNames.map((name) => Buffer.from(name).toString("hex")));
    const { data, rows: count } = codec.decode(workloadColumns, "2026-03/cost-by-workload.parquet", bytes);
    expect(Array.from({ length: count }, (_, row) => textAt(data.workload, row))).toEqual(hostileNames);
  });

  it("contain U+FFFD for a lone surrogate, which has no UTF-8, and all of its cost", async () => {
    const file = await saved(codec.encode(workloads(["a\ud83d", "b"])));
    expect(await duckdbRows(`SELECT workload, cost_usd FROM '${file}'`)).toEqual([
      ["a\ufffd", 1],
      ["b", 1],
    ]);
  });

  it("keep every bit of a double: −0, the smallest, the largest amount", async () => {
    const bytes = codec.encode(costs(doubles));
    expect((await hyparquetRows(bytes)).map(({ cost_usd }) => bits(cost_usd))).toEqual(doubles.map(bits));
    const rows = await duckdbRows(`SELECT cost_usd FROM '${await saved(bytes)}'`);
    expect(rows.map(([cost]) => bits(cost))).toEqual(doubles.map(bits));
    const { numbers } = codec.decode(workloadColumns, "key", bytes).data.cost_usd;
    expect([...numbers].map(bits)).toEqual(doubles.map(bits));
  });

  it("are typed also when a month has no rows", async () => {
    for (const [empty, columns] of [
      [workloadTable().columns(), workloadColumns],
      [usageTypeTable().columns(), usageTypeColumns],
    ] as const) {
      const bytes = codec.encode(empty);
      expect(await describedByDuckDB(bytes)).toEqual(
        columns.map(({ name, type }) => [name, type === "string" ? "VARCHAR" : "DOUBLE"]),
      );
      expect(await duckdbRows(`SELECT count(*)::INT FROM '${await saved(bytes)}'`)).toEqual([[0]]);
      expect(await hyparquetRows(bytes)).toEqual([]);
      expect(codec.decode(columns, "key", bytes).rows).toBe(0);
    }
  });

  it("sum to $1.20 for 300 charges of $0.004, summed as decimals", async () => {
    const file = await saved(codec.encode(costs(Array.from({ length: 300 }, () => 0.004))));
    const rows = await duckdbRows(
      `SELECT sum(cost_usd::DECIMAL(38,12))::VARCHAR, round(sum(cost_usd), 9) FROM '${file}'`,
    );
    expect(rows).toEqual([["1.200000000000", 1.2]]);
  });

  it("are found by a glob over the folders of months, which leaves out staged files", async () => {
    const home = await mkdtemp(join(folder, "home-"));
    for (const [place, cost] of [
      ["2026-03", 1],
      ["2026-02", 2],
      ["_runs/20260308T060000Z-00/2026-03", 4],
    ] as const) {
      await mkdir(join(home, place), { recursive: true });
      await writeFile(join(home, place, "cost-by-workload.parquet"), codec.encode(costs([cost])));
    }
    const [row] = await duckdbRows(`SELECT sum(cost_usd) FROM '${home}/????-??/*.parquet'`);
    expect(row).toEqual([3]);
  });

  it("are the same bytes for the same rows", () => {
    const first = codec.encode(usageTypes());
    codec.encode(workloads(hostileNames));
    expect(codec.encode(usageTypes())).toEqual(first);
  });

  it("have more than one row group: 300,000 rows of a thousand workloads have the sums that were pushed", async () => {
    const table = workloadTable();
    for (let row = 0; row < 300_000; row += 1)
      table.push(`c${row % 7}`, `w${(row * 7919) % 1000}`, "2026-03", row);
    const bytes = codec.encode(table.columns());
    expect(parquetMetadata(arrayBuffer(bytes)).row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([
      131_072, 131_072, 37_856,
    ]);
    const file = await saved(bytes);
    expect(
      await duckdbRows(
        `SELECT count(DISTINCT workload)::INT, sum(cost_usd) FROM '${file}' WHERE cost_center = 'c3'`,
      ),
    ).toEqual([[1000, sumOf(300_000, (row) => row % 7 === 3)]]);
    const { data } = codec.decode(workloadColumns, "key", bytes);
    expect(data.workload.values).toHaveLength(1000);
    for (const row of [0, 131_071, 131_072, 262_144, 299_999]) {
      expect(textAt(data.workload, row)).toBe(`w${(row * 7919) % 1000}`);
      expect(numberAt(data.cost_usd, row)).toBe(row);
    }
  });
});

describe("reading a published month back", () => {
  it("gives codes and numbers, and unknown quantities are unknown", () => {
    const { data, rows } = codec.decode(usageTypeColumns, "key", codec.encode(usageTypes()));
    expect(rows).toBe(3);
    expect(data.workload).toEqual({
      type: "string",
      codes: Int32Array.of(0, 0, 1),
      values: ["web", "Untagged"],
    });
    expect([0, 1, 2].map((row) => numberAt(data.usage_quantity, row))).toEqual([720, null, 0]);
  });

  it("keeps unknown quantities in their rows across row groups", () => {
    const table = usageTypeTable();
    const quantity = (row: number) => (row % 11 === 3 || row >= 131_070 ? null : row);
    for (let row = 0; row < 131_090; row += 1) table.push("web", "t", "Other", "2026-03", 1, quantity(row));
    const { data } = codec.decode(usageTypeColumns, "key", codec.encode(table.columns()));
    const wrong = Array.from({ length: 131_090 }, (_, row) => row).filter(
      (row) => numberAt(data.usage_quantity, row) !== quantity(row),
    );
    expect(wrong).toEqual([]);
  });

  it("reads the same table when another tool has written it", async () => {
    const ours = await saved(codec.encode(usageTypes()));
    const theirs = join(folder, "theirs.parquet");
    await duckdbRun(`COPY (SELECT * FROM '${ours}') TO '${theirs}' (FORMAT parquet, COMPRESSION zstd)`);
    const { data } = codec.decode(usageTypeColumns, "key", await readFile(theirs));
    expect(usage.map((_, row) => textAt(data.usage_type, row))).toEqual(usage.map((row) => row[1]));
    expect(usage.map((_, row) => numberAt(data.usage_quantity, row))).toEqual(usage.map((row) => row[5]));
  });

  it("does not change the bytes that it was given", () => {
    const bytes = Buffer.from(codec.encode(usageTypes()));
    const before = Buffer.from(bytes);
    codec.decode(usageTypeColumns, "key", bytes);
    expect(bytes.equals(before)).toBe(true);
  });

  it("refuses a file of other columns, naming both", () => {
    const bytes = codec.encode(workloads(["web"]));
    expect(refusal(() => codec.decode(usageTypeColumns, "2026-03/cost-by-usage-type.parquet", bytes))).toBe(
      "2026-03/cost-by-usage-type.parquet is not as published: it has the columns cost_center string, workload string, period string, cost_usd double, and not workload string, usage_type string, category string, period string, cost_usd double, usage_quantity double. Collect its month again, or restore the file from the store's versions.",
    );
  });

  it.each([
    [
      "in another order",
      "workload, cost_center, period, cost_usd",
      "it has the columns workload string, cost_center",
    ],
    ["as another type", "cost_center, workload, period, cost_usd::FLOAT AS cost_usd", "cost_usd Float32"],
    [
      "without a name",
      "nullif(cost_center, 'center') AS cost_center, workload, period, cost_usd",
      "1 row has no cost_center",
    ],
    [
      "as infinity",
      "cost_center, workload, period, 'inf'::DOUBLE AS cost_usd",
      "row 0 carries Infinity as cost_usd",
    ],
    [
      "as minus infinity",
      "cost_center, workload, period, '-inf'::DOUBLE AS cost_usd",
      "row 0 carries -Infinity as cost_usd",
    ],
    [
      "as no number",
      "cost_center, workload, period, 'nan'::DOUBLE AS cost_usd",
      "row 0 carries NaN as cost_usd",
    ],
  ])("refuses a column %s", async (title, columns, reason) => {
    const ours = await saved(codec.encode(workloads(["web"])));
    const theirs = join(folder, `${title}.parquet`);
    await duckdbRun(`COPY (SELECT ${columns} FROM '${ours}') TO '${theirs}' (FORMAT parquet)`);
    const bytes = await readFile(theirs);
    expect(refusal(() => codec.decode(workloadColumns, "2026-03/cost-by-workload.parquet", bytes))).toContain(
      reason,
    );
  });
});

describe("a damaged file", () => {
  const key = "2026-03/cost-by-usage-type.parquet";

  it("is refused wherever it was cut, and the next file is read", () => {
    const whole = codec.encode(usageTypes());
    for (let length = 0; length < whole.length; length += 13) {
      expect(refusal(() => codec.decode(usageTypeColumns, key, whole.slice(0, length)))).toContain(key);
    }
    expect(codec.decode(usageTypeColumns, key, whole).rows).toBe(3);
  });

  it("is read or refused, and never fails otherwise, whichever byte was changed", () => {
    const whole = codec.encode(usageTypes());
    const outcomes = new Map<string, number>();
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = whole.slice();
      damaged[at] = (damaged[at] ?? 0) ^ (at % 3 === 0 ? 0xff : at % 3 === 1 ? 1 : 16);
      const outcome =
        refusal(() => codec.decode(usageTypeColumns, key, damaged)) === null ? "read" : "refused";
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect(outcomes.get("refused")).toBeGreaterThan(whole.length / 4);
    expect(codec.encode(usageTypes())).toEqual(whole);
  });

  it("leaves a codec that still works: after eight hundred panics it writes the same bytes", () => {
    const whole = codec.encode(usageTypes());
    const panicking = damagedToPanic(whole);
    for (let time = 0; time < 800; time += 1) {
      expect(refusal(() => codec.decode(usageTypeColumns, key, panicking))).toBe(
        `${key} is not as published: parquet-wasm stopped with a panic. Collect its month again, or restore the file from the store's versions.`,
      );
    }
    expect(codec.encode(usageTypes())).toEqual(whole);
    expect(codec.decode(usageTypeColumns, key, whole).rows).toBe(3);
  });

  it.each([[Buffer.alloc(0)], [Buffer.from("PAR1PAR1")], [Buffer.from("{}\n")], [Buffer.alloc(4096, 0xff)]])(
    "is refused when it is no parquet at all",
    (bytes) => {
      expect(refusal(() => codec.decode(workloadColumns, key, bytes))).toContain("is not as published");
    },
  );

  /** Of all changed bytes, one that makes the reader panic; the wasm decides which. */
  function damagedToPanic(whole: Uint8Array): Uint8Array {
    for (let at = whole.length - 1; at > 0; at -= 1) {
      for (const change of [1, 16, 127, 255]) {
        const damaged = whole.slice();
        damaged[at] = (damaged[at] ?? 0) ^ change;
        if (refusal(() => codec.decode(usageTypeColumns, key, damaged))?.includes("with a panic"))
          return damaged;
      }
    }
    throw new Error(
      "No changed byte makes this version of parquet-wasm panic: the renewal of the instance has no test any more.",
    );
  }
});

describe("the codec", () => {
  it("is created once per process: a second call needs no bytes", () => {
    expect(parquetCodec(new Uint8Array()).encode(usageTypes())).toEqual(codec.encode(usageTypes()));
  });
});

function usageTypes(): UsageTypeColumns {
  const table = usageTypeTable();
  for (const row of usage) table.push(...row);
  return table.columns();
}

function workloads(names: readonly string[]): WorkloadColumns {
  const table = workloadTable();
  for (const name of names) table.push("center", name, "2026-03", 1);
  return table.columns();
}

function costs(amounts: readonly number[]): WorkloadColumns {
  const table = workloadTable();
  for (const amount of amounts) table.push("center", "web", "2026-03", amount);
  return table.columns();
}

let files = 0;
async function saved(bytes: Uint8Array): Promise<string> {
  files += 1;
  const file = join(folder, `${files}.parquet`);
  await writeFile(file, bytes);
  return file;
}

async function duckdbRows(sql: string): Promise<unknown[][]> {
  const connection = await duckdb.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRows();
  } finally {
    connection.closeSync();
  }
}

const duckdbRun = async (sql: string) => void (await duckdbRows(sql));

async function describedByDuckDB(bytes: Uint8Array) {
  const rows = await duckdbRows(`DESCRIBE SELECT * FROM '${await saved(bytes)}'`);
  return rows.map(([name, type]) => [name, type]);
}

function hyparquetColumns(bytes: Uint8Array) {
  const { children } = parquetSchema(parquetMetadata(arrayBuffer(bytes)));
  return children.map(({ element }) => [
    element.name,
    element.type,
    element.converted_type,
    element.repetition_type,
  ]);
}

const hyparquetRows = (bytes: Uint8Array) => parquetReadObjects({ file: arrayBuffer(bytes), compressors });

const arrayBuffer = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;

/** The 64 bits of a double, so that −0 is not 0. */
const bits = (value: unknown) =>
  new DataView(Float64Array.of(Number(value)).buffer).getBigUint64(0).toString(16);

function sumOf(rows: number, wanted: (row: number) => boolean): number {
  let total = 0;
  for (let row = 0; row < rows; row += 1) if (wanted(row)) total += row;
  return total;
}

/** The sentence with which a file is refused; `null` when it is read. Any other failure fails the test. */
function refusal(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    expect(error.reason).toBe("corrupt");
    return error.message;
  }
}
