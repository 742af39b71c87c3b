import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daily } from "../documents/daily.ts";
import type { Summary } from "../documents/summary.ts";
import {
  dayColumns,
  type ParquetColumn,
  serviceColumns,
  usageTypeColumns,
  workloadColumns,
} from "./columns.ts";

// README.md is documentation for outside readers: its columns and its queries are checked here.

const packageFolder = fileURLToPath(new URL("../../", import.meta.url));
const golden = join(packageFolder, "golden/cur-legacy/published");
const readme = await readFile(join(packageFolder, "README.md"), "utf8");
const queries = [...readme.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, query = ""]) => query);

let instance: DuckDBInstance;
let connection: DuckDBConnection;
let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "dapanoskop-readme-"));
  await cp(golden, copy, { recursive: true });
  instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  connection = await instance.connect();
});
afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await rm(copy, { recursive: true, force: true });
});

/** The rows of a query of README.md, with the published files in their folder. */
async function rowsOf(query: string): Promise<readonly (readonly unknown[])[]> {
  const absolute = query.replaceAll(/(read_\w+)\('/g, `$1('${copy}/`);
  const reader = await connection.runAndReadAll(absolute);
  return reader.getRowsJson();
}

async function summaryOf(month: string): Promise<Summary> {
  return JSON.parse(await readFile(join(golden, month, "summary.json"), "utf8"));
}

/** An amount as the queries give it: a decimal with twelve places. */
const decimal = (amount: number) => amount.toFixed(12).replace(/^-(0\.0+)$/, "$1");

describe("README.md", () => {
  it("lists the columns as they are", () => {
    const tables = readme
      .slice(readme.indexOf("<!-- columns"))
      .split("\n\n| column")
      .slice(1)
      .map((table) =>
        [...table.matchAll(/^\| `(\w+)` \| (\w+) \| (yes|no) \|$/gm)].map((row) => row.slice(1)),
      );
    const listed = (columns: readonly ParquetColumn[]) =>
      columns.map(({ name, type, nullable }) => [name, type, nullable ? "yes" : "no"]);
    expect(tables).toEqual([workloadColumns, usageTypeColumns, dayColumns, serviceColumns].map(listed));
  });

  it("has a query for each month by cost center", async () => {
    const rows = await rowsOf(queries[0] ?? "");
    const { months } = JSON.parse(await readFile(join(golden, "trend.json"), "utf8"));
    expect(rows).toEqual(
      months.flatMap(
        ({ period, cost_centers }: { period: string; cost_centers: { name: string; cost_usd: number }[] }) =>
          cost_centers.map(({ name, cost_usd }) => [period, name, decimal(cost_usd)]),
      ),
    );
  });

  it("has a query for the changes of a month", async () => {
    const rows = await rowsOf(queries[1] ?? "");
    const { cost_centers } = await summaryOf("2026-02");
    const sums = new Map<string, [number, number]>();
    for (const { name, current_cost_usd, prev_month_cost_usd } of cost_centers.flatMap(
      ({ workloads }) => workloads,
    )) {
      const [current, before] = sums.get(name) ?? [0, 0];
      sums.set(name, [current + current_cost_usd, before + (prev_month_cost_usd ?? 0)]);
    }
    const expected = [...sums].filter(([, costs]) => costs.some((cost) => cost !== 0));
    expect([...rows].sort()).toEqual(
      expected.map(([name, [current, before]]) => [name, decimal(current), decimal(before)]).sort(),
    );
    const changes = rows.map(([, cost, before]) => Math.abs(Number(cost) - Number(before)));
    expect(changes).toEqual([...changes].sort((a, b) => b - a));
  });

  it("has a query for the rates of a month", async () => {
    const rows = await rowsOf(queries[2] ?? "");
    expect(rows.length).toBeGreaterThan(5);
    const rates = rows.map(([, , , rate]) => rate);
    expect(rates).toContain(null);
    expect(rates.filter((rate) => rate !== null).length).toBeGreaterThan(3);
  });

  it("has a query for a running month and the same days of the month before", async () => {
    const rows = await rowsOf(queries[3] ?? "");
    const { totals } = await summaryOf("2026-03");
    const sum = (column: number) => rows.reduce((all, row) => all + Number(row[column]), 0);
    expect(sum(1)).toBeCloseTo(totals.current_cost_usd, 9);
    expect(sum(2)).toBeCloseTo(totals.prior_partial_cost_usd ?? Number.NaN, 9);
    expect(totals.prior_partial_cost_usd).not.toBe(totals.current_cost_usd);
  });

  it("has a query for the days of a month by cost center", async () => {
    const rows = await rowsOf(queries[4] ?? "");
    const { cost_centers } = await summaryOf("2026-02");
    expect(rows.length).toBeGreaterThan(10);
    for (const { name, current_cost_usd } of cost_centers) {
      const days = rows.filter(([, center]) => center === name);
      expect(days.reduce((all, [, , cost]) => all + Number(cost), 0)).toBeCloseTo(current_cost_usd, 9);
    }
  });

  it("has a query for the quantities and rates of a service's days", async () => {
    const rows = await rowsOf(queries[5] ?? "");
    expect(rows.length).toBeGreaterThan(10);
    for (const [day, , unit, cost, quantity, rate] of rows) {
      expect([day, unit]).toEqual([expect.stringMatching(/^2026-02-\d\d$/), expect.any(String)]);
      if (quantity) expect(rate).toBeCloseTo(Number(cost) / Number(quantity), 9);
    }
  });

  it("has a query for the newest days", async () => {
    const rows = await rowsOf(queries[6] ?? "");
    const daily: Daily = JSON.parse(await readFile(join(golden, "daily.json"), "utf8"));
    expect(rows).toEqual(daily.days.map((day, at) => [day, daily.total_cost_usd[at]]));
    expect(queries).toHaveLength(7);
  });
});
