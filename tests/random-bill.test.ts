import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { costExplorerSource } from "@dapanoskop/aws/cost-explorer";
import { taggingCoverage } from "@dapanoskop/core/ledger";
import { sum } from "@dapanoskop/core/money";
import type { CostQuery, CostSource, Grouping } from "@dapanoskop/core/source";
import { testRuntime } from "@dapanoskop/core/testing";
import { startEmulator } from "@dapanoskop/emulator";
import { openBillFile } from "@dapanoskop/local/bill-file";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { someCharges } from "../packages/local/src/bill-file/testing/charges.ts";
import { csv, type FileRow, gzipped, parquet } from "../packages/local/src/bill-file/testing/files.ts";
import {
  athenaRow,
  cur2Row,
  focusRow,
  legacyRow,
} from "../packages/local/src/bill-file/testing/spellings.ts";
import { reach } from "./support/an-account.ts";

// A random bill has the same figures in every spelling, however it is cut into files, through Cost Explorer's protocol,
// and as plain SQL adds it up. A bill with a part of it twice is refused.

const AT = "2026-03-02T06:00:00Z";
const WINDOW = { start: "2026-01-01", end: "2026-03-01" };
const GROUPINGS: readonly (readonly Grouping[])[] = [
  [],
  [{ by: "service" }],
  [{ by: "tag", key: "App" }],
  [{ by: "tag", key: "App" }, { by: "chargeType" }],
];

const charges = someCharges(400);
type RowSpelling = (charge: (typeof charges)[number], at: number) => FileRow;

const withId = (row: FileRow, id: string, at: number, column: string): FileRow => ({
  ...row,
  [column]: `${id}-${at}`,
});
const spellings: Readonly<Record<string, RowSpelling>> = {
  "a legacy CUR": (charge, at) => withId(legacyRow(charge), "item", at, "identity/LineItemId"),
  "a legacy CUR as Athena spells it": (charge, at) =>
    withId(athenaRow(charge), "item", at, "identity_line_item_id"),
  "CUR 2.0": (charge, at) => withId(cur2Row(charge), "item", at, "identity_line_item_id"),
  "CUR 2.0 without ids": cur2Row,
  "FOCUS 1.0": (charge) => ({ ...focusRow(charge), BillingAccountId: "111122223333" }),
  "FOCUS 1.2": (charge) => ({
    ...focusRow(charge),
    BillingAccountId: "111122223333",
    BillingAccountType: "Payer",
    InvoiceId: "",
  }),
  "FOCUS 1.3": (charge) => {
    const { ProviderName: name = "", ...row } = focusRow(charge);
    return { ...row, BillingAccountId: "111122223333", ServiceProviderName: name, HostProviderName: name };
  },
  "FOCUS 1.4": (charge, at) => {
    const { ProviderName: name = "", PublisherName: _, ...row } = focusRow(charge);
    return {
      ...row,
      BillingAccountId: "111122223333",
      ServiceProviderName: name,
      HostProviderName: name,
      InvoiceIssuerName: "Amazon Web Services, Inc.",
      InvoiceDetailId: `detail-${at % 7}`,
      CommitmentProgramEligibilityDetails: "{}",
    };
  },
};

const root = mkdtemp(join(tmpdir(), "dapanoskop-random-"));
let folders = 0;
afterAll(async () => rm(await root, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

/** Writes each part as a file of its own: CSV, gzip or Parquet. */
async function written(
  parts: readonly (readonly FileRow[])[],
  encodings: readonly number[],
): Promise<string> {
  folders += 1;
  const folder = join(await root, `bill-${folders}`);
  await mkdir(folder, { recursive: true });
  for (const [at, rows] of parts.entries()) {
    if (rows.length === 0) continue;
    const path = join(folder, `part-${at}`);
    const encoding = (encodings[at] ?? 0) % 3;
    if (encoding === 0) await writeFile(`${path}.csv`, csv(rows));
    if (encoding === 1) await writeFile(`${path}.csv.gz`, gzipped(csv(rows)));
    if (encoding === 2) {
      await writeFile(`${path}.text`, csv(rows));
      await parquet(`${path}.text`, `${path}.parquet`);
      await rm(`${path}.text`);
    }
  }
  return folder;
}

async function figuresOf(source: CostSource) {
  const answers = [];
  for (const groupBy of GROUPINGS) {
    const query: CostQuery = { window: WINDOW, granularity: "MONTHLY", metric: "UnblendedCost", groupBy };
    const { rows } = await source.query(query);
    answers.push(rows.map(({ day, keys, cost }) => [day, ...keys, cost.units]));
  }
  return answers;
}

async function figuresIn(path: string) {
  const file = await openBillFile(path, { at: AT, threads: 1 });
  try {
    return await figuresOf(file);
  } finally {
    await file.close();
  }
}

/** Where a bill is cut, in what order its rows are, and how each part is written. */
const aCut = fc.record({
  spelling: fc.constantFrom(...Object.keys(spellings)),
  order: fc.shuffledSubarray(
    charges.map((_, at) => at),
    { minLength: 50, maxLength: 200 },
  ),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  encodings: fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
  repeated: fc.double({ min: 0, max: 0.9, noNaN: true }),
  repeatedCharges: fc.integer({ min: 1, max: 6 }),
});

function partsOf<Value>(values: readonly Value[], cuts: readonly number[]): readonly (readonly Value[])[] {
  const ends = [...cuts.map((cut) => Math.round(cut * values.length)).sort((a, b) => a - b), values.length];
  return ends.map((end, at) => values.slice(ends[at - 1] ?? 0, end));
}

function rowsOf(spelling: string, order: readonly number[]): readonly FileRow[] {
  const row = spellings[spelling];
  return order.map((at) => row?.(charges[at] as (typeof charges)[number], at) ?? {});
}

describe("a random bill", () => {
  it("has the same figures in one file and cut into files of any encoding", async () => {
    await fc.assert(
      fc.asyncProperty(aCut, async ({ spelling, order, cuts, encodings }) => {
        const whole = await figuresIn(await written([rowsOf("a legacy CUR", order)], [0]));
        const parts = partsOf(rowsOf(spelling, order), cuts);
        expect(await figuresIn(await written(parts, encodings))).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  it("is refused where a file has a part of another one as well", async () => {
    await fc.assert(
      fc.asyncProperty(aCut, async ({ spelling, order, encodings, repeated, repeatedCharges }) => {
        const rows = rowsOf(spelling, order);
        const [first = [], second = []] = partsOf(rows, [0.5]);
        const from = Math.floor(repeated * (first.length - 6));
        const again = first.slice(from, from + repeatedCharges);
        const folder = await written([first, [...second, ...again]], encodings);
        await expect(figuresIn(folder)).rejects.toThrow(/counted twice/);
      }),
      { numRuns: 12 },
    );
  });

  it("is refused where a part that its manifest names is missing, and is whole with all of them", async () => {
    await fc.assert(
      fc.asyncProperty(aCut, fc.nat(), async ({ spelling, order, cuts, encodings }, missing) => {
        const folder = await written(partsOf(rowsOf(spelling, order), [...cuts, 0.5]), encodings);
        const names = await readdir(folder);
        const dataFiles = names.map((name) => `s3://bucket/e/data/BILLING_PERIOD=2026-02/${name}`);
        await writeFile(join(folder, "e-Manifest.json"), JSON.stringify({ executionId: "x", dataFiles }));
        const whole = await figuresIn(await written([rowsOf(spelling, order)], [0]));
        expect(await figuresIn(folder)).toEqual(whole);
        await rm(join(folder, names[missing % names.length] ?? ""));
        await expect(figuresIn(folder)).rejects.toThrow(/names \d+ files, and 1 is missing/);
      }),
      { numRuns: 8 },
    );
  });

  it("adds up to the same through Cost Explorer's protocol, and in plain SQL, with the same coverage", async () => {
    await fc.assert(
      fc.asyncProperty(aCut, async ({ spelling, order, cuts, encodings }) => {
        const plain = await written([rowsOf("a legacy CUR", order)], [0]);
        const expected = await plainSql(join(plain, "part-0.csv"));
        const file = await openBillFile(await written(partsOf(rowsOf(spelling, order), cuts), encodings), {
          at: AT,
          threads: 1,
        });
        const emulator = await startEmulator({ source: file, at: AT });
        try {
          reach(emulator.url);
          const { clock, random } = testRuntime();
          const source = costExplorerSource({
            credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" },
            requestsPerSecond: 1_000,
            clock,
            random,
          });
          for (const from of [file, source]) {
            const figures = await figuresOf(from);
            expect(figures.map((rows) => rows.map(String).sort())).toEqual(expected.figures);
            expect(await coverageOf(from)).toEqual(expected.coverage);
          }
        } finally {
          await emulator.close();
          await file.close();
        }
      }),
      { numRuns: 6 },
    );
  });
});

/** The tagged, untagged and untaggable cost of the window, in units of 10^-12. */
async function coverageOf(source: CostSource): Promise<readonly bigint[]> {
  const groupBy: readonly Grouping[] = [{ by: "tag", key: "App" }, { by: "chargeType" }];
  const query: CostQuery = { window: WINDOW, granularity: "MONTHLY", metric: "UnblendedCost", groupBy };
  const { rows } = await source.query(query);
  const types = rows.map(({ keys: [workload = null, chargeType], cost }) => ({
    workload,
    chargeType: chargeType ?? "",
    cost,
  }));
  const total = sum(
    types.map(({ cost }) => cost),
    "USD",
  );
  const { tagged, untagged, untaggable } = taggingCoverage(types, total);
  return [tagged, untagged, untaggable].map(({ units }) => units);
}

/** The same figures by DuckDB's own reading of the file: amounts are DECIMAL, which these bills fit. */
async function plainSql(path: string) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(
    `CREATE TABLE bill AS SELECT * FROM read_csv('${path}', types = {'lineItem/UnblendedCost': 'DECIMAL(18, 12)'}, all_varchar = false)`,
  );
  const service = `CASE WHEN "lineItem/LineItemType" = 'Tax' THEN 'Tax' WHEN "lineItem/ProductCode" <> 'AmazonEC2' THEN "product/ProductName"
    WHEN regexp_matches("lineItem/UsageType", 'BoxUsage|SpotUsage') THEN 'Amazon Elastic Compute Cloud - Compute' ELSE 'EC2 - Other' END`;
  const app = `"resourceTags/user:App"`;
  const keys: readonly (readonly string[])[] = [[], [service], [app], [app, `"lineItem/LineItemType"`]];
  const answers = [];
  for (const groupBy of keys) {
    const columns = [`CAST(CAST("bill/BillingPeriodStartDate" AS DATE) AS VARCHAR)`, ...groupBy].map(
      (sql, at) => `${sql} AS k${at}`,
    );
    const read = await connection.runAndReadAll(
      `SELECT ${columns.join(", ")},
       CAST(CAST(sum("lineItem/UnblendedCost") * 1000000000000 AS HUGEINT) AS VARCHAR) FROM bill GROUP BY ALL`,
    );
    answers.push(
      read
        .getRowsJson()
        .map((row) => row.map((value) => value ?? "").join(","))
        .sort(),
    );
  }
  const untaggable = `"lineItem/LineItemType" IN ('Tax', 'Credit')`;
  const sides = [
    `NOT ${untaggable} AND ${app} <> ''`,
    `NOT ${untaggable} AND coalesce(${app}, '') = ''`,
    untaggable,
  ];
  const sums = sides.map(
    (side) =>
      `CAST(CAST(coalesce(sum("lineItem/UnblendedCost") FILTER (${side}), 0) * 1000000000000 AS HUGEINT) AS VARCHAR)`,
  );
  const covered = await connection.runAndReadAll(`SELECT ${sums.join(", ")} FROM bill`);
  const coverage = (covered.getRowsJson()[0] ?? []).map((units) => BigInt(String(units)));
  connection.closeSync();
  instance.closeSync();
  return { figures: answers, coverage };
}
