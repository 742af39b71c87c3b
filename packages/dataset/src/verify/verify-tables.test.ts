import { aBill, CollectionFixture, daily, parquet } from "@dapanoskop/pipeline/testing";
import { beforeAll, describe, expect, it } from "vitest";
import type { Summary } from "../documents/summary.ts";
import {
  DAY_FILE,
  PRIOR_PERIOD_TO_DATE_FILE,
  SERVICE_FILE,
  USAGE_TYPE_FILE,
  WORKLOAD_FILE,
} from "../keys/file-kinds.ts";
import { numberAt, textAt, type UsageTypeColumns } from "../parquet/columns.ts";
import { usageTypeTable, workloadTable } from "../parquet/tables.ts";
import { findings } from "./findings.ts";
import { readTables, type Tables, verifyTables } from "./verify-tables.ts";

interface ParquetRow {
  readonly workload: string;
  readonly usageType: string;
  readonly category: string;
  readonly period: string;
  readonly cost: number;
  readonly quantity: number | null;
}

function rowsOf({ data, rows }: UsageTypeColumns): readonly ParquetRow[] {
  return Array.from({ length: rows }, (_, row) => ({
    workload: textAt(data.workload, row),
    usageType: textAt(data.usage_type, row),
    category: textAt(data.category, row),
    period: textAt(data.period, row),
    cost: numberAt(data.cost_usd, row) ?? Number.NaN,
    quantity: numberAt(data.usage_quantity, row),
  }));
}

function tableOf(rows: readonly ParquetRow[]): UsageTypeColumns {
  const table = usageTypeTable();
  for (const { workload, usageType, category, period, cost, quantity } of rows) {
    table.push(workload, usageType, category, period, cost, quantity);
  }
  return table.columns();
}

describe("the prior-period-to-date rows of a month", () => {
  let fixture: CollectionFixture;
  beforeAll(async () => {
    fixture = new CollectionFixture();
    const bill = aBill([
      ...daily("2025-01-01", "2026-03-08", { cost: "0.1000000001" }),
      ...daily("2025-01-01", "2026-03-08", { workload: "api", center: "B", cost: "2.5" }),
      ...daily("2025-01-01", "2026-03-08", { workload: "api", center: "A", cost: "0.5" }),
      // A lone surrogate has no UTF-8: parquet has another name for it than JSON.
      ...daily("2025-01-01", "2026-03-08", { workload: "a\ud83d", center: null, cost: "0.01" }),
    ]);
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" });
  });

  async function published(month: string): Promise<readonly [Summary, Tables]> {
    const body = async (file: string) => {
      const found = await fixture.store.get(`${month}/${file}`);
      if (found === null) throw new Error(`${month}/${file} is not published.`);
      return found.body;
    };
    const tables = readTables(parquet, (file) => file, {
      workloads: await body(WORKLOAD_FILE),
      usageTypes: await body(USAGE_TYPE_FILE),
      priorPeriodToDate: await body(PRIOR_PERIOD_TO_DATE_FILE),
      places: await body(DAY_FILE),
      services: await body(SERVICE_FILE),
    });
    return [await fixture.summary(month), tables];
  }

  /** The faults if the file has other rows than were published; faults about their number are left out. */
  async function faultsOf(
    month: string,
    change: (rows: readonly ParquetRow[]) => readonly ParquetRow[],
    own: (summary: Summary) => Summary = (summary) => summary,
  ): Promise<readonly string[]> {
    const [summary, tables] = await published(month);
    const priorPeriodToDate = tableOf(change(rowsOf(tables.priorPeriodToDate ?? tableOf([]))));
    const files = { ...summary.files };
    const named = files[PRIOR_PERIOD_TO_DATE_FILE];
    if (named !== undefined) files[PRIOR_PERIOD_TO_DATE_FILE] = { ...named, rows: priorPeriodToDate.rows };
    const found = findings();
    verifyTables(own({ ...summary, files }), { ...tables, priorPeriodToDate }, found);
    return found.faults;
  }

  const aRow: ParquetRow = {
    workload: "web",
    usageType: "TimedStorage-ByteHrs",
    category: "Storage",
    period: "2026-02",
    cost: 0,
    quantity: null,
  };

  it("are of the same days of the month before, and sum to what the summary says of them", async () => {
    const [summary, { priorPeriodToDate }] = await published("2026-03");
    const rows = rowsOf(priorPeriodToDate ?? tableOf([]));
    expect(rows.map(({ workload, period, cost }) => [workload, period, cost])).toEqual([
      ["api", "2026-02", 21],
      ["web", "2026-02", 0.7000000007],
      ["a\ufffd", "2026-02", 0.07],
    ]);
    expect(summary.totals.prior_partial_cost_usd).toBe(21.7700000007);
    expect(await faultsOf("2026-03", (all) => all)).toEqual([]);
  });

  it("are a fault where one is missing or added", async () => {
    const faults = [
      await faultsOf("2026-03", (rows) => rows.slice(1)),
      await faultsOf("2026-03", (rows) => [...rows, ...rows.slice(0, 1)]),
    ];
    for (const found of faults) {
      expect(found.join("\n")).toMatch(
        /2026-03: cost-by-usage-type-like-for-like\.parquet's costs of 2026-02 make/,
      );
    }
  });

  it("are a fault where a cent moved from one workload to another", async () => {
    const moved = (rows: readonly ParquetRow[]) =>
      rows.map((row) => ({
        ...row,
        cost: row.cost + (row.workload === "api" ? -0.01 : row.workload === "web" ? 0.01 : 0),
      }));
    expect(await faultsOf("2026-03", moved)).toEqual([
      expect.stringContaining('costs of ["api","2026-02"] make 20.99'),
      expect.stringContaining('costs of ["web","2026-02"] make 0.71'),
    ]);
  });

  it("are a fault where they are of another month", async () => {
    for (const period of ["2026-03", "2025-03"]) {
      expect(await faultsOf("2026-03", (rows) => [...rows, { ...aRow, period }])).toEqual([
        expect.stringContaining(`has rows of "${period}", a period that it does not compare`),
      ]);
    }
  });

  it("are a fault in a closed month, and where the period is unknown", async () => {
    const expected = [expect.stringContaining('has rows of "2026-01", a period that it does not compare')];
    expect(await faultsOf("2026-02", (rows) => rows)).toEqual([]);
    expect(await faultsOf("2026-02", (rows) => [...rows, { ...aRow, period: "2026-01" }])).toEqual(expected);
    const unknown = (summary: Summary): Summary => ({
      ...summary,
      totals: { ...summary.totals, prior_partial_cost_usd: null },
      cost_centers: summary.cost_centers.map((center) => ({
        ...center,
        prior_partial_cost_usd: null,
        workloads: center.workloads.map((row) => ({ ...row, prior_partial_cost_usd: null })),
      })),
    });
    expect(await faultsOf("2026-03", () => [], unknown)).toEqual([]);
    expect(await faultsOf("2026-03", (rows) => rows, unknown)).toContainEqual(
      expect.stringContaining('has rows of "2026-02", a period that it does not compare'),
    );
  });

  it("meet the costs of cost centers on both sides: neither has a workload that the other lacks", async () => {
    const [summary, tables] = await published("2026-03");
    const { data, rows } = tables.usageTypes;
    const periods = Array.from({ length: rows }, (_, row) => textAt(data.period, row));
    const added = tableOf([
      ...rowsOf(tables.usageTypes),
      { ...aRow, workload: "nobody", period: "2026-03", cost: 1 },
      { ...aRow, workload: "web", period: "2026-03", cost: -1 },
    ]);
    expect(periods).toContain("2026-03");
    const found = findings();
    verifyTables(summary, { ...tables, usageTypes: added }, found);
    expect(found.faults).toContainEqual(expect.stringContaining('costs of ["nobody","2026-03"] make 1'));
  });

  it("of workloads have the costs of the summary: a changed one is a fault, and one of nothing is none", async () => {
    const [summary, tables] = await published("2026-03");
    const { data, rows } = tables.workloads;
    const faultsWith = (costs: (row: number, cost: number) => number) => {
      const table = workloadTable();
      for (let row = 0; row < rows; row++) {
        const cost = costs(row, numberAt(data.cost_usd, row) ?? 0);
        table.push(textAt(data.cost_center, row), textAt(data.workload, row), textAt(data.period, row), cost);
      }
      table.push("B", "free", "2026-03", 0);
      const workloads = table.columns();
      const named = summary.files[WORKLOAD_FILE];
      const files = named && { ...summary.files, [WORKLOAD_FILE]: { ...named, rows: workloads.rows } };
      const found = findings();
      verifyTables({ ...summary, ...(files && { files }) }, { ...tables, workloads }, found);
      return found.faults.filter((fault) => fault.includes(`${WORKLOAD_FILE} has `));
    };
    expect(faultsWith((_, cost) => cost)).toEqual([]);
    expect(faultsWith((row, cost) => cost + (row === 0 ? 1 : 0))).toEqual([
      expect.stringMatching(/has [\d.]+ for .*, and the summary [\d.]+\.$/),
    ]);
  });

  it("are counted by the summary", async () => {
    const [summary, tables] = await published("2026-03");
    const found = findings();
    verifyTables(summary, { ...tables, priorPeriodToDate: tableOf([]) }, found);
    expect(found.faults).toContain(
      "2026-03: cost-by-usage-type-like-for-like.parquet has 0 rows, and its summary says 3.",
    );
  });
});
