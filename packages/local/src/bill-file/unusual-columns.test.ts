import { copyFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BillFileSource } from "./bill-file-source.ts";
import { aCharge } from "./testing/charges.ts";
import { billFolder, csv, type FileRow, gzipped, parquet, parquetOf } from "./testing/files.ts";
import { athenaRow, cur2Row, focusRow, legacyRow } from "./testing/spellings.ts";

const files = billFolder();
const FEBRUARY = { start: "2026-02-01", end: "2026-03-01" };
const DOLLAR = 1_000_000_000_000n;

let number = 0;
const nextPath = (extension: string) => files.path(`given-${++number}.${extension}`);

/** The cost that a bill file publishes for February. */
const totalOf = async (path: string) => costOf(await files.open(path));

async function costOf(source: BillFileSource): Promise<bigint> {
  const { rows } = await source.query({
    window: FEBRUARY,
    granularity: "MONTHLY",
    metric: "UnblendedCost",
    groupBy: [],
  });
  return rows.reduce((total, { cost }) => total + cost.units, 0n);
}

async function refusalOf(path: string): Promise<string> {
  return totalOf(path).then(
    (total) => `published ${total}`,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
}

/** A Parquet bill of one charge of $1, with more columns: SQL by name. */
async function parquetWith(
  row: FileRow,
  cost: string,
  extra: Readonly<Record<string, string>>,
  isFirst = false,
): Promise<string> {
  const from = await files.write(csv([row]));
  const path = await nextPath("parquet");
  return parquet(from, path, { [cost]: "CAST(column AS DOUBLE)" }, { extra, isFirst });
}

const focus = focusRow(aCharge());
const athena = athenaRow(aCharge());

/** Names that SQL of this module uses, or has used, for something of its own. */
const OWN_NAMES = [
  ...["billed", "used", "net_billed", "cost", "quantity", "unit", "currency", "day", "other_provider"],
  ...["cost_0", "cost_1", "dimension_0", "tag_0", "tag_pairs", "category_0", "category_pairs", "charges"],
  ...[
    "scanned",
    "file",
    "c0",
    "c1",
    "c2",
    "c7",
    "k0",
    "k1",
    "row",
    "failed",
    "value",
    "pairs",
    "entry",
    "t",
    "d",
  ],
  ...[
    "filename",
    "file_row_number",
    "file_index",
    "rowid",
    "exact_amount",
    "exact_double",
    "utc_day",
    "spelled_amount",
  ],
];

const upper = (text: string) => text.toUpperCase();
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

describe("columns of a file", () => {
  it.each(["billed", "BILLED", "Billed", "used", "net_billed", "NET_BILLED", "currency", "day", "c0", "c5"])(
    "publish one dollar where another column of a Parquet file is called %s",
    async (name) => {
      expect(await totalOf(await parquetWith(focus, "BilledCost", { [name]: "500.0::DOUBLE" }))).toBe(DOLLAR);
      const cur = await parquetWith(athena, "line_item_unblended_cost", { [name]: "500.0::DOUBLE" }, true);
      expect(await totalOf(cur)).toBe(DOLLAR);
    },
  );

  it("publish one dollar where a CSV file has columns with names of this module", async () => {
    const extra = Object.fromEntries(OWN_NAMES.map((name) => [name, "500"]));
    expect(await totalOf(await files.write(csv([{ ...extra, ...focus }])))).toBe(DOLLAR);
    expect(await totalOf(await files.write(csv([{ ...legacyRow(aCharge()), ...extra }])))).toBe(DOLLAR);
    expect(await totalOf(await files.write(gzipped(csv([{ ...extra, ...focus }])), "own.csv.gz"))).toBe(
      DOLLAR,
    );
  });

  it("publish one dollar with any other columns of any names and types", async () => {
    const name = fc.oneof(
      fc.constantFrom(...OWN_NAMES, ...OWN_NAMES.map(upper), ...OWN_NAMES.map(capital)),
      fc.constantFrom(
        'a"b',
        "a'b",
        'billed"',
        "scanned.c0",
        "c0 AS billed",
        "*",
        "a,b",
        "line\nbreak",
        "ü🧾",
        " ",
      ),
      fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !text.includes("\0")),
    );
    const value = fc.constantFrom(
      "500.0::DOUBLE",
      "500::DECIMAL(18, 4)",
      "500",
      "'500'",
      "{'billed': 500, 'c0': 7}",
      "MAP {'billed': '500'}",
      "[500]",
      "CAST(NULL AS DOUBLE)",
      "DATE '2020-01-01'",
    );
    const columns = fc.uniqueArray(fc.tuple(name, value), {
      maxLength: 6,
      selector: ([column]) => column.toLowerCase(),
    });
    await fc.assert(
      fc.asyncProperty(columns, fc.boolean(), fc.boolean(), async (extra, isFocus, isFirst) => {
        const [row, cost] = isFocus
          ? ([focus, "BilledCost"] as const)
          : ([athena, "line_item_unblended_cost"] as const);
        const given = await parquetWith(row, cost, Object.fromEntries(extra), isFirst);
        expect(await totalOf(given)).toBe(DOLLAR);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("with names of another format do not change the format", async () => {
    const focusNames = {
      BilledCost: "500.0::DOUBLE",
      ChargeCategory: "'Tax'",
      ChargePeriodStart: "'2020-01-01'",
    };
    const cur = await files.open(await parquetWith(athena, "line_item_unblended_cost", focusNames));
    expect([cur.format, await costOf(cur)]).toEqual(["CUR", DOLLAR]);
    const curNames = { line_item_unblended_cost: "500.0::DOUBLE", "lineItem/UnblendedCost": "500" };
    const given = await files.open(await parquetWith(focus, "BilledCost", curNames, true));
    expect([given.format, await costOf(given)]).toEqual(["FOCUS", DOLLAR]);
  });

  it("have invalid values reported by row and column where a column is called row, failed or value", async () => {
    const from = await files.write(csv([{ ...focus, BilledCost: "?" }]));
    const extra = { row: "500", failed: "0", value: "'x'", FAILED2: "1" };
    const path = await parquet(from, await nextPath("parquet"), {}, { extra, isFirst: true });
    expect(await refusalOf(path)).toMatch(/, row 1, column "BilledCost": "\?" is not an amount/);
  });

  it("are refused when two of them are costs", async () => {
    const twice = csv([{ BilledCost: "500", ...focus }]).replace("BilledCost", "BilledCost,BilledCost");
    const [header = "", line = ""] = twice.split("\n");
    const doubled = await files.write(`${header}\n500,${line}\n`);
    expect(await refusalOf(doubled)).toMatch(
      /has 2 columns for BilledCost \("BilledCost" and "BilledCost"\)/,
    );
    const lowered = Object.fromEntries(
      Object.entries(focus).map(([name, text]) => [name.toLowerCase(), text]),
    );
    expect(await refusalOf(await files.write(csv([{ ...lowered, billed_cost: "500" }])))).toMatch(
      /has 2 columns for BilledCost \("billedcost" and "billed_cost"\)/,
    );
  });

  it("are refused when a Parquet file has two of one name, in any case", async () => {
    for (const name of ["BilledCost", "billedcost"]) {
      const path = await parquetWith(focus, "BilledCost", { BilledCosX: "500.0::DOUBLE" }, true);
      const renamed = (await readFile(path, "latin1")).replaceAll("BilledCosX", name);
      const doubled = await nextPath("parquet");
      await files.writeTo(Buffer.from(renamed, "latin1"), doubled);
      if (name === "BilledCost") expect(await refusalOf(doubled)).toMatch(/has 2 columns for BilledCost/);
      else expect(await totalOf(doubled)).toBe(DOLLAR);
    }
  });

  it("are read by the spelling that the rest of the file has", async () => {
    expect(await totalOf(await files.write(csv([{ billed_cost: "500", billedcost: "700", ...focus }])))).toBe(
      DOLLAR,
    );
    const legacy = { line_item_unblended_cost: "500", ...legacyRow(aCharge()) };
    expect(await totalOf(await files.write(csv([legacy])))).toBe(DOLLAR);
    const snake = { "LineItem/UnblendedCost": "500", ...athena };
    expect(await totalOf(await files.write(csv([snake])))).toBe(DOLLAR);
  });

  it("keep their digits where the files of a bill have DECIMALs of several scales", async () => {
    const types = [
      "DECIMAL(10, 2)",
      "DECIMAL(20, 12)",
      "DECIMAL(38, 20)",
      "DECIMAL(4, 0)",
      "DOUBLE",
      "VARCHAR",
    ];
    for (const [row, cost] of [
      [focus, "BilledCost"],
      [athena, "line_item_unblended_cost"],
    ] as const) {
      const folder = await files.path(`scales-${cost}`);
      await mkdir(folder);
      const amounts = ["1.25", "0.123456789012", "0.00000000000150000000", "7", "0.1", "0.000000000001"];
      for (const [at, amount] of amounts.entries()) {
        const from = await files.write(csv([{ ...row, [cost]: amount }]));
        await parquet(from, `${folder}/${at}.parquet`, { [cost]: `CAST(column AS ${types[at]})` });
      }
      expect(await totalOf(folder)).toBe(8_473_456_789_015n);
      expect((await files.open(folder)).notes).toContain(
        `"${cost}" has 20 decimals: each amount is rounded to 12, halves to even.`,
      );
      expect((await files.open(`${folder}/1.parquet`)).notes.join(" ")).not.toContain("decimals");
    }
  });
});

describe("folders named like columns", () => {
  const bills: readonly (readonly [string, () => Promise<string>])[] = [
    ["FOCUS, Parquet", async () => parquetWith(focus, "BilledCost", {})],
    ["FOCUS, CSV", async () => files.write(csv([focus]))],
    ["FOCUS, gzip", async () => files.write(gzipped(csv([focus])), `focus-${++number}.csv.gz`)],
    ["a CUR, Parquet", async () => parquetWith(athena, "line_item_unblended_cost", {})],
    ["a CUR, CSV", async () => files.write(csv([legacyRow(aCharge())]))],
    ["CUR 2.0, CSV", async () => files.write(csv([cur2Row(aCharge())]))],
  ];
  const names = [
    ...[
      "BilledCost=7000",
      "billedcost=7000",
      "Billed_Cost=7",
      "line_item_unblended_cost=1",
      "BillingCurrency=EUR",
    ],
    ...[
      "line_item_currency_code=EUR",
      "lineItem%2FUnblendedCost=9",
      "c0=7000",
      "c1=x",
      "C3=5",
      "billed=500",
      "day=2020-01-01",
    ],
    ...["ChargePeriodStart=2020-01-01", "line_item_usage_start_date=2020-01-01", "ProviderName=Microsoft"],
    ...[
      "EffectiveCost=7000",
      "line_item_net_unblended_cost=5",
      "tags=x",
      "Tags=x",
      "resource_tags=x",
      "InvoiceId=1",
    ],
  ];

  it.each(bills)(
    "change nothing that the file has: %s",
    async (_, write) => {
      const bill = await write();
      const plain = await files.open(bill);
      for (const name of names) {
        const folder = `${await files.path(`hive-${++number}`)}/${name}/month=01`;
        await mkdir(folder, { recursive: true });
        const path = `${folder}/${bill.split("/").at(-1)}`;
        await copyFile(bill, path);
        // A path and a folder in turn: the names are read from both alike.
        const source = await files.open(name.length % 2 === 0 ? path : dirname(dirname(folder)));
        const { currency, format, versions, metrics, rows } = source;
        expect([name, await costOf(source)]).toEqual([name, DOLLAR]);
        expect({ currency, format, versions, metrics, rows }).toEqual({
          currency: "USD",
          format: plain.format,
          versions: plain.versions,
          metrics: plain.metrics,
          rows: 1,
        });
      }
    },
    60_000,
  );

  it("are read where the file lacks the column: currency, account, time, tag", async () => {
    const { BillingCurrency: _, SubAccountId: __, ...bare } = focus;
    for (const extension of ["csv", "parquet"]) {
      const folder = await files.path(`partitioned-${extension}`);
      for (const account of ["11111111111", "222222222222", "__HIVE_DEFAULT_PARTITION__"]) {
        const part = `${folder}/BillingCurrency=EUR/SubAccountId=${account}`;
        await mkdir(part, { recursive: true });
        const from = await files.write(csv([bare]));
        if (extension === "csv") await copyFile(from, `${part}/bill.csv`);
        else await parquet(from, `${part}/bill.parquet`);
      }
      const source = await files.open(folder);
      expect(source).toMatchObject({ currency: "EUR", rows: 3 });
      const { rows } = await source.query({
        window: FEBRUARY,
        granularity: "MONTHLY",
        metric: "UnblendedCost",
        groupBy: [{ by: "linkedAccount" }],
      });
      expect(rows.map(({ keys }) => keys[0])).toEqual([null, "011111111111", "222222222222"]);
    }
    const { line_item_usage_start_date: ___, ...cur } = athena;
    const part = await files.path(
      "by-day/line_item_usage_start_date=2026-02-03%2023%3A00%3A00/resource_tags_user_app=web",
    );
    await mkdir(part, { recursive: true });
    await copyFile(await files.write(csv([cur])), `${part}/bill.csv`);
    const source = await files.open(await files.path("by-day"));
    expect(source.window).toEqual({ start: "2026-02-03", end: "2026-02-04" });
    expect(await source.tagKeys(FEBRUARY)).toEqual(["app"]);
  });

  it("are no amounts", async () => {
    const { BilledCost: _, ...bare } = focus;
    const part = await files.path("amounts/BilledCost=7000");
    await mkdir(part, { recursive: true });
    await copyFile(await files.write(csv([bare])), `${part}/bill.csv`);
    expect(await refusalOf(part)).toMatch(/lacks the column BilledCost/);
  });

  it("of months are names, not numbers: month=01 beside month=10", async () => {
    for (const [write, extension] of [
      [(month: string) => parquetWith({ ...focus, ResourceId: month }, "BilledCost", {}), "parquet"],
      [(month: string) => files.write(csv([{ ...focus, ResourceId: month }])), "csv"],
    ] as const) {
      for (const month of ["01", "10", "Feb"]) {
        const part = await files.path(`months-${extension}/year=2026/month=${month}`);
        await mkdir(part, { recursive: true });
        await copyFile(await write(month), `${part}/bill.${extension}`);
      }
      expect(await totalOf(await files.path(`months-${extension}`))).toBe(3n * DOLLAR);
    }
  });
});

describe("a Parquet file with columns of maps and structs", () => {
  it("is read beside others of the same names", async () => {
    const path = await parquetOf(
      `SELECT 1.0 AS "BilledCost", 'USD' AS "BillingCurrency", 'Usage' AS "ChargeCategory", 'Amazon S3' AS "ServiceName",
         TIMESTAMP '2026-02-03' AS "ChargePeriodStart", {'BilledCost': 500.0, 'c0': 3} AS "scanned",
         {'App': 'web', 'scanned': 'x'} AS "Tags", MAP {'BilledCost': 500.0} AS "billed"`,
      await nextPath("parquet"),
    );
    expect(await totalOf(path)).toBe(DOLLAR);
    const source = await files.open(path);
    expect(await source.tagKeys(FEBRUARY)).toEqual(["App", "scanned"]);
  });
});
