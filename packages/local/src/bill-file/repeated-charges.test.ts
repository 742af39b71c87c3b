import { describe, expect, it } from "vitest";
import { chargeColumns } from "./bill-columns.ts";
import { curName } from "./column-names.ts";
import { openEngine } from "./engine.ts";
import { openFile } from "./file-columns.ts";
import type { FileGroup } from "./file-group.ts";
import { localBill } from "./find-bill-files.ts";
import { repeatedCharges } from "./repeated-charges.ts";
import { scanPath } from "./scan-path.ts";
import { billFolder, csv, type FileRow, gzipped, parquet } from "./testing/files.ts";
import { aFocusRow, aLineItem, focusRowsOf, lineItemsOf } from "./testing/small-bills.ts";

const files = billFolder();
let number = 0;

/** Writes files into a new folder, by name. */
async function folderOf(
  contents: Readonly<Record<string, readonly FileRow[] | Uint8Array>>,
): Promise<string> {
  number += 1;
  const folder = await files.path(`folder-${number}`);
  for (const [name, content] of Object.entries(contents)) {
    await files.writeTo(content instanceof Uint8Array ? content : csv(content), `${folder}/${name}`);
  }
  return folder;
}

async function totalOf(folder: string): Promise<number> {
  const source = await files.open(folder);
  const window = { start: "2025-01-01", end: "2027-01-01" };
  const { rows } = await source.query({
    window,
    granularity: "MONTHLY",
    metric: "UnblendedCost",
    groupBy: [],
  });
  return rows.reduce((total, { cost }) => total + Number(cost.units), 0) / 1e12;
}

const refusalOf = (folder: string) =>
  files.open(folder).then(
    () => "not refused",
    (error: Error) => error.message,
  );

/** As `refusalOf`, for files that are said to be so large that their charges are not marked while they are loaded. */
async function refusalOfLarge(folder: string): Promise<string> {
  const engine = await openEngine({ threads: 1 });
  try {
    const groups: FileGroup[] = [];
    for (const [at, found] of (await localBill(folder).find()).files.entries()) {
      const path = await scanPath(engine.folder, found.location, at);
      const file = await openFile(engine.connection, { ...found, bytes: 1e12 }, path);
      groups.push({ files: [file], columns: chargeColumns(file, "AWS") });
    }
    const repeated = repeatedCharges(engine.connection, groups, engine.seen);
    expect(groups.map((group) => repeated.mark(group))).toEqual(groups.map(() => null));
    return await repeated.check().then(
      () => "not refused",
      (error: Error) => error.message,
    );
  } finally {
    await engine.close();
  }
}

const february = lineItemsOf("2026-02");
const snake = (rows: readonly FileRow[]) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [curName(name), value])));

describe("line items that stand in a bill twice", () => {
  it("are refused where one file is in the folder twice", async () => {
    const folder = await folderOf({ "feb.csv": february, "feb (1).csv": february });
    expect(await refusalOf(folder)).toBe(
      `${folder}/feb (1).csv and ${folder}/feb.csv have the same bytes, and their charges would be counted twice. Keep one of the files.`,
    );
  });

  it("are refused where files contain the month up to a day each", async () => {
    const folder = await folderOf(
      Object.fromEntries([10, 20, 28].map((day) => [`cur-2026-02-${day}.csv`, february.slice(0, day)])),
    );
    expect(await refusalOf(folder)).toBe(
      `${folder}/cur-2026-02-10.csv and ${folder}/cur-2026-02-28.csv both contain line item "item-1" of 2026-02-01T00:00:00Z/2026-02-02T00:00:00Z, and 19 more line items (bill of 2026-02 of payer 111122223333). They would be counted twice. Keep one of the files.`,
    );
  });

  it("are refused where an export of some days is beside one of the month", async () => {
    const folder = await folderOf({
      "one-time/part.csv": february.slice(0, 9),
      "daily/202602/part.csv": february,
    });
    expect(await refusalOf(folder)).toMatch(
      /daily\/202602\/part\.csv and .*one-time\/part\.csv both contain line item/,
    );
  });

  it("are refused in two spellings, and in CSV beside gzip or Parquet", async () => {
    const spelled = await folderOf({ "a/report.csv": february, "b/athena.csv": snake(february) });
    expect(await refusalOf(spelled)).toMatch(
      /a\/report\.csv and .*b\/athena\.csv both contain line item "item-1"/,
    );
    const packed = await folderOf({ "a/report.csv": february, "b/again.csv.gz": gzipped(csv(february)) });
    expect(await refusalOf(packed)).toMatch(/both contain line item/);
    const table = await folderOf({ "a/report.csv": snake(february) });
    await parquet(`${table}/a/report.csv`, `${table}/table.parquet`, {
      bill_billing_period_start_date: "CAST(column AS TIMESTAMP)",
      line_item_usage_start_date: "CAST(column AS TIMESTAMP)",
      line_item_unblended_cost: "CAST(column AS DOUBLE)",
    });
    expect(await refusalOf(table)).toMatch(/both contain line item/);
  });

  it("are refused where one row is in two files", async () => {
    const folder = await folderOf({ "a.csv": february.slice(0, 15), "b.csv": february.slice(14) });
    expect(await refusalOf(folder)).toMatch(/both contain line item "item-15" of [^,]*\(bill of 2026-02/);
  });

  it("are refused within one file where usage and cost are the same as well", async () => {
    const [first = {}] = february;
    const folder = await folderOf({ "a.csv": [...february, first] });
    expect(await refusalOf(folder)).toMatch(/a\.csv contains line item "item-1" of .* twice \(bill/);
    const other = await folderOf({ "a.csv": [...february, { ...first, "lineItem/UnblendedCost": "1" }] });
    expect(await totalOf(other)).toBe(281);
  });

  it("are none where an hourly report repeats an id in every hour, with or without its interval", async () => {
    const rows = february.map((row) => ({ ...row, "identity/LineItemId": "same" }));
    expect(await totalOf(await folderOf({ "a.csv": rows }))).toBe(280);
    const withoutInterval = rows.map((row: FileRow) => ({ ...row, "identity/TimeInterval": "" }));
    expect(await totalOf(await folderOf({ "a.csv": withoutInterval }))).toBe(280);
  });

  it("are none of two payers, and of two billing periods", async () => {
    const other = february.map((row) => ({ ...row, "bill/PayerAccountId": "444455556666" }));
    expect(await totalOf(await folderOf({ "a/feb.csv": february, "b/feb.csv": other }))).toBe(560);
    const [late = {}] = february;
    const march = aLineItem(99, "2026-02-01", {
      ...late,
      "bill/BillingPeriodStartDate": "2026-03-01T00:00:00Z",
    });
    expect(await totalOf(await folderOf({ "feb.csv": february, "mar.csv": [march] }))).toBe(290);
  });

  it("are none of the chunks of one delivery", async () => {
    const delivery = "20260201-20260301/0f0e0d0c-0000-4000-8000-000000000001";
    const folder = await folderOf({
      [`${delivery}/report-1.csv`]: february.slice(0, 14),
      [`${delivery}/report-2.csv`]: february.slice(14),
    });
    expect(await totalOf(folder)).toBe(280);
  });

  it("are found by their cost and time in two reports with ids of their own", async () => {
    const own = february.map((row, at) => ({ ...row, "identity/LineItemId": `other-${at}` }));
    const folder = await folderOf({ "one/a.csv": february, "two/b.csv": own });
    expect(await refusalOf(folder)).toMatch(/one\/a\.csv and .*two\/b\.csv have 28 of 28 charges in common/);
  });
});

describe("credits that agree in every column on one day", () => {
  const credit = (id: string): FileRow =>
    aLineItem(90, "2026-02-03", {
      "identity/LineItemId": id,
      "lineItem/LineItemType": "Credit",
      "lineItem/UnblendedCost": "-30",
    });
  const focusCredit = aFocusRow("2026-02-03", { ChargeCategory: "Credit", BilledCost: "-30" });

  it("count each, with ids of their own and without any", async () => {
    expect(await totalOf(await folderOf({ "a.csv": [...february, credit("c1"), credit("c2")] }))).toBe(220);
    expect(await totalOf(await folderOf({ "a.csv": [...february, credit(""), credit("")] }))).toBe(220);
    expect(
      await totalOf(await folderOf({ "a.csv": [...focusRowsOf("2026-02"), focusCredit, focusCredit] })),
    ).toBe(220);
  });

  it("are refused by name with one id, and in two files: neither is dropped", async () => {
    const sameId = await folderOf({ "a.csv": [...february, credit("c1"), credit("c1")] });
    expect(await refusalOf(sameId)).toMatch(/a\.csv contains line item "c1" of .* twice/);
    const twoFiles = await folderOf({
      "a.csv": [...focusRowsOf("2026-02"), focusCredit],
      "b.csv": [focusCredit, aFocusRow("2026-02-04", { SkuMeter: "EUC1-BoxUsage:t3.micro" })],
    });
    expect(await refusalOf(twoFiles)).toMatch(/have 1 of 2 charges in common/);
  });
});

describe("charges of FOCUS, which have no id", () => {
  const rows = focusRowsOf("2026-02");

  it("may be equal within one file", async () => {
    const equal = [1, 2, 3].map(() => aFocusRow("2026-02-01", { BilledCost: "0.10" }));
    expect(await totalOf(await folderOf({ "a.csv": equal }))).toBe(0.3);
  });

  it("are refused where two files repeat each other", async () => {
    const daily = await folderOf({ "cur-10.csv": rows.slice(0, 10), "cur-28.csv": rows });
    expect(await refusalOf(daily)).toBe(
      `${daily}/cur-10.csv and ${daily}/cur-28.csv have 10 of 10 charges in common: same payer, billing period, start, usage type and cost. They would be counted twice. Keep one of the files; where both are right, put their charges into one file.`,
    );
    const exports = await folderOf({ "daily/a.csv": rows, "once/b.csv": rows.slice(0, 9).reverse() });
    expect(await refusalOf(exports)).toMatch(/have 9 of 9 charges in common/);
    const packed = await folderOf({ "a/a.csv": rows, "b/b.csv.gz": gzipped(csv(rows)) });
    expect(await refusalOf(packed)).toMatch(/have 28 of 28 charges in common/);
    const lower = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value])),
    );
    const spelled = await folderOf({ "a/a.csv": rows, "b/b.csv": lower });
    expect(await refusalOf(spelled)).toMatch(/have 28 of 28 charges in common/);
    const overlapping = await folderOf({ "a.csv": rows.slice(0, 15), "b.csv": rows.slice(12) });
    expect(await refusalOf(overlapping)).toMatch(/have 3 of 15 charges in common/);
  });

  it("are refused where two files have a single one in common", async () => {
    const cut = await folderOf({ "a.csv": rows.slice(0, 15), "b.csv": rows.slice(14) });
    expect(await refusalOf(cut)).toMatch(/a\.csv and .*b\.csv have 1 of 14 charges in common/);
    const alone = await folderOf({ "a.csv": rows, "b.csv": rows.slice(3, 4) });
    expect(await refusalOf(alone)).toMatch(/have 1 of 1 charges in common/);
  });

  it("are counted, and said, where large files have few in common", async () => {
    const many = (file: string, count: number) =>
      Array.from({ length: count }, (_, at) => aFocusRow("2026-02-03", { ResourceId: `${file}-${at}` }));
    const shared = aFocusRow("2026-02-03", { ResourceId: "shared", BilledCost: "5" });
    const folder = await folderOf({
      "a.csv": [...many("a", 150), shared],
      "b.csv": [shared, ...many("b", 200)],
    });
    expect(await totalOf(folder)).toBe(3_510);
    const { notes } = await files.open(folder);
    expect(notes).toContainEqual(
      expect.stringMatching(
        /^1 charge is in .*a\.csv and in .*b\.csv, of 151 in the smaller one, and counts in both/,
      ),
    );
  });

  it("are told apart by their tags, also by those that are not loaded", async () => {
    const folder = await folderOf({});
    for (const environment of ["test", "prod"]) {
      const text = await files.write(csv(rows.map(({ Tags: _, ...row }) => row)));
      const tags = { extra: { Tags: `MAP {'App': 'web', 'Env': '${environment}'}` } };
      await files.writeTo("", `${folder}/${environment}.parquet`);
      await parquet(text, `${folder}/${environment}.parquet`, {}, tags);
    }
    expect((await files.open(folder, { tagKeys: ["App"] })).rows).toBe(56);
  });

  it("are counted where a delivery is cut into files, and of two payers", async () => {
    expect(await totalOf(await folderOf({ "a.csv": rows.slice(0, 14), "b.csv": rows.slice(14) }))).toBe(280);
    const equal = [1, 2, 3].map(() => aFocusRow("2026-02-01", { BilledCost: "0.10" }));
    expect(await totalOf(await folderOf({ "a.csv": equal.slice(0, 1), "b.csv": equal.slice(1) }))).toBe(0.3);
    const other = rows.map((row) => ({ ...row, BillingAccountId: "444455556666" }));
    expect(await totalOf(await folderOf({ "a.csv": rows, "b.csv": other }))).toBe(560);
  });
});

describe("charges of files too large to mark them", () => {
  const rows = focusRowsOf("2026-02");
  const own = february.map((row, at) => ({ ...row, "identity/LineItemId": `other-${at}` }));
  const ofOtherPayer = february.map((row) => ({ ...row, "bill/PayerAccountId": "444455556666" }));
  const equal = [1, 2, 3].map(() => aFocusRow("2026-02-01", { BilledCost: "0.10" }));

  it.each([
    [
      "a line item in two files",
      { "a.csv": february.slice(0, 15), "b.csv": february.slice(14) },
      /"item-15"/,
    ],
    ["a line item twice in a file", { "a.csv": [...february, ...february.slice(0, 1)] }, /twice/],
    ["two reports with ids of their own", { "one/a.csv": february, "two/b.csv": own }, /28 of 28 charges/],
    ["FOCUS in two files", { "a.csv": rows.slice(0, 15), "b.csv": rows.slice(12) }, /3 of 15 charges/],
  ])("are refused: %s", async (_, contents, sentence) => {
    const folder = await folderOf(contents);
    expect(await refusalOfLarge(folder)).toMatch(sentence);
    expect(await refusalOf(folder)).toBe(await refusalOfLarge(folder));
  });

  it.each([
    ["two payers", { "one/a.csv": february, "two/b.csv": ofOtherPayer }],
    ["two months", { "02/a.csv": february, "03/b.csv": lineItemsOf("2026-03", 40) }],
    ["a delivery that is cut between equal charges", { "a.csv": equal.slice(0, 1), "b.csv": equal.slice(1) }],
    ["equal charges of one file", { "a.csv": equal }],
  ])("are counted: %s", async (_, contents) => {
    const folder = await folderOf(contents);
    expect(await refusalOfLarge(folder)).toBe("not refused");
    expect(await refusalOf(folder)).toBe("not refused");
  });
});
