import { mkdir, readdir, readFile, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { addDays } from "@dapanoskop/core/calendar";
import type { CostQuery } from "@dapanoskop/core/source";
import type { ListedObject, ObjectReader } from "@dapanoskop/core/store";
import { describe, expect, it, vi } from "vitest";
import { openBillObjects } from "./bill-file-source.ts";
import { aCharge } from "./testing/charges.ts";
import { billFolder, csv, gzipped, parquet, parquetOf } from "./testing/files.ts";
import { athenaRow, legacyRow } from "./testing/spellings.ts";
import { februaryTotal } from "./testing/total.ts";

const files = billFolder();
const MONTH = "20260201-20260301";
const FEBRUARY = { start: "2026-02-01", end: "2026-03-01" };

interface FakeObjects extends ObjectReader {
  /** The paths that were read, each once. */
  readonly readPaths: ReadonlySet<string>;
  readonly contents: Map<string, Uint8Array>;
}

/** Objects in memory, below `s3://bucket/`. */
function fakeObjects(
  contents: Readonly<Record<string, string | Uint8Array>>,
  {
    place = "s3://bucket/",
    onRead,
  }: { place?: string; onRead?: (contents: Map<string, Uint8Array>) => void } = {},
): FakeObjects {
  const all = new Map(
    Object.entries(contents).map(([path, content]) => [
      path,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    ]),
  );
  const readPaths = new Set<string>();
  const version = (bytes: Uint8Array) =>
    `${bytes.length}-${bytes.reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7)}`;
  const listed = (path: string, bytes: Uint8Array): ListedObject => ({
    path,
    name: place.endsWith("/") ? `${place}${path}` : place,
    bytes: bytes.length,
    version: version(bytes),
  });
  return {
    place,
    readPaths,
    contents: all,
    list: async () =>
      [...all].map(([path, bytes]) => listed(path, bytes)).sort((a, b) => (a.path < b.path ? -1 : 1)),
    async read(object, start, end) {
      readPaths.add(object.path);
      onRead?.(all);
      const bytes = all.get(object.path);
      return bytes === undefined || version(bytes) !== object.version ? null : bytes.slice(start, end);
    },
  };
}

const bill = (cost: string, times = 1) =>
  csv(Array.from({ length: times }, () => ({ ...legacyRow(aCharge()), "lineItem/UnblendedCost": cost })));

async function total(objects: ObjectReader): Promise<number> {
  const source = await openBillObjects(objects, { threads: 1 });
  return februaryTotal(source).finally(source.close);
}

const refusal = (objects: ObjectReader) =>
  total(objects).then(String, (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)));

describe("a bill in objects", () => {
  it("costs what the objects of the newest delivery say, and only they are read", async () => {
    const [old, newest] = [`${MONTH}/old/example-1.csv.gz`, `${MONTH}/new/example-1.csv.gz`];
    const manifest = JSON.stringify({ assemblyId: "new", reportKeys: [`p/${newest}`] });
    const objects = fakeObjects({
      [old]: gzipped(bill("3")),
      [newest]: gzipped(bill("4")),
      [`${MONTH}/example-Manifest.json`]: manifest,
      [`${MONTH}/create-table.sql`]: "CREATE TABLE",
      "cost_and_usage_data_status/status.parquet": "PAR1",
      ".hidden/a.csv": bill("100"),
    });
    expect(await total(objects)).toBe(4);
    expect([...objects.readPaths].sort()).toEqual([`${MONTH}/example-Manifest.json`, newest]);
  });

  it("is read in parts", async () => {
    const objects = fakeObjects({ "bill.csv": bill("0.5", 60_000) });
    expect(objects.contents.get("bill.csv")?.length).toBeGreaterThan(9e6);
    const read = vi.spyOn(objects, "read");
    expect(await total(objects)).toBe(30_000);
    expect(read.mock.calls.map(([, start, end]) => end - start)).toEqual([8 << 20, expect.any(Number)]);
  });

  it("is read of a Parquet file by the columns that its charges need, and costs the same", async () => {
    const rows = Array.from({ length: 400 }, (_, at) => ({
      ...athenaRow(aCharge({ day: addDays("2026-02-01", at % 28) })),
      identity_line_item_id: `item-${at}`,
      line_item_unblended_cost: `0.${at + 1}`,
    }));
    // As in a CUR, most columns are prices and products that no figure needs; some are in front of the costs.
    const wide = (prefix: string) =>
      Array.from({ length: 25 }, (_, at): [string, string] => [
        `product_${prefix}_${at}`,
        `md5(identity_line_item_id || '${prefix}${at}')`,
      ]);
    const nested = {
      resource_tags: "MAP {'user_app': 'web'}",
      pricing:
        "{'a': {'b': md5(identity_line_item_id), 'c': [1, 2]}, 'd': MAP {'e': md5(identity_line_item_id || 'd')}}",
    };
    const text = await files.write(csv(rows));
    const many = await files.path("many.csv.parquet");
    const path = await files.path("wide.parquet");
    await parquet(
      text,
      many,
      {},
      { extra: Object.fromEntries([...wide("a"), ...Object.entries(nested)]), isFirst: true },
    );
    const more = wide("b")
      .map(([name, sql]) => `${sql} AS ${name}`)
      .join(", ");
    // 40 times as many charges, in groups of rows.
    await parquetOf(
      `SELECT * REPLACE (identity_line_item_id || '-' || i AS identity_line_item_id), ${more.replaceAll("identity_line_item_id", "(identity_line_item_id || i)")}
       FROM read_parquet('${many}'), range(40) AS r(i)`,
      path,
    );
    const contents = await readFile(path);
    const objects = fakeObjects({ "year=2026/bill.parquet": contents });
    const read = vi.spyOn(objects, "read");
    const whole = await files.open(path);
    const cost = await februaryTotal(whole);
    expect(cost).toBeGreaterThan(1_000);
    expect(await total(objects)).toBe(cost);
    const bytes = read.mock.calls.reduce((sum, [, start, end]) => sum + end - start, 0);
    expect(contents.length).toBeGreaterThan(4e6);
    expect(bytes).toBeLessThan(contents.length / 4);

    const source = await openBillObjects(objects, { threads: 1 });
    for (const by of [
      "service",
      "usageType",
      "linkedAccount",
      "region",
      "operation",
      "chargeType",
    ] as const) {
      const query: CostQuery = {
        window: FEBRUARY,
        granularity: "DAILY",
        metric: "UnblendedCost",
        groupBy: [{ by }],
      };
      expect((await source.query(query)).rows).toEqual((await whole.query(query)).rows);
    }
    expect(await source.tagKeys(FEBRUARY)).toEqual(await whole.tagKeys(FEBRUARY));
    await source.close();
  });

  it("is copied whole where a Parquet file is damaged or no bill, and refused as a file is", async () => {
    const text = await files.write(
      csv(Array.from({ length: 30_000 }, (_, at) => ({ a: String(at), b: `${at * 7_919}` }))),
    );
    const other = await readFile(
      await parquet(text, await files.path("other.parquet"), { b: "md5(column)" }),
    );
    expect(other.length).toBeGreaterThan(1 << 20);
    expect(await refusal(fakeObjects({ "a.parquet": other }))).toMatch(/are not those of a bill/);
    const damaged = Buffer.from(other);
    damaged.fill(7, other.length - 300, other.length - 8);
    expect(await refusal(fakeObjects({ "a.parquet": damaged }))).toMatch(/is no whole Parquet file/);
    expect(await refusal(fakeObjects({ "a.parquet": other.subarray(0, other.length - 1) }))).toMatch(
      /is no whole Parquet file/,
    );
  });

  it("may be one object of any name", async () => {
    expect(await total(fakeObjects({ february: bill("5") }, { place: "s3://bucket/february" }))).toBe(5);
  });

  it("may have folders named like columns, as in the bucket", async () => {
    const { "lineItem/CurrencyCode": _, ...row } = legacyRow(aCharge());
    expect(await total(fakeObjects({ "line_item_currency_code=USD/a.csv": csv([row]) }))).toBe(1);
  });

  it("is refused by the names of its objects: a missing part, a bad row, an empty object, none at all", async () => {
    const manifest = JSON.stringify({ reportKeys: [`p/${MONTH}/a-1.csv`, `p/${MONTH}/a-2.csv`] });
    expect(
      await refusal(fakeObjects({ [`${MONTH}/a-1.csv`]: bill("1"), [`${MONTH}/a-Manifest.json`]: manifest })),
    ).toMatch(/^s3:\/\/bucket\/20260201-20260301\/a-Manifest\.json names 2 files, and 1 is missing/);
    expect(await refusal(fakeObjects({ "a.csv": bill("much") }))).toMatch(
      /^s3:\/\/bucket\/a\.csv, line 2, column/,
    );
    expect(await refusal(fakeObjects({ "a.csv": "" }))).toMatch(/^s3:\/\/bucket\/a\.csv is empty/);
    expect(await refusal(fakeObjects({ "readme.txt": "x" }))).toBe(
      "There is no bill in s3://bucket/: it has 1 object, and none ends in .csv, .csv.gz or .parquet.",
    );
    expect(await refusal(fakeObjects({ "m-Manifest.json": "{", "a.csv": bill("1") }))).toMatch(
      /^s3:\/\/bucket\/m-Manifest\.json is no whole manifest/,
    );
  });

  it("is refused when it changes while it is read: an object, the list of them", async () => {
    const replaced = fakeObjects(
      { "a.csv": bill("1") },
      { onRead: (contents) => contents.set("a.csv", new TextEncoder().encode(bill("2"))) },
    );
    expect(await refusal(replaced)).toMatch(/a\.csv changed while the bill was read/);
    const grown = fakeObjects(
      { "a.csv": bill("1") },
      { onRead: (contents) => contents.set("b.csv", new TextEncoder().encode(bill("2"))) },
    );
    expect(await refusal(grown)).toMatch(/^s3:\/\/bucket\/ changed while the bill was read/);
  });

  it("is copied once, also where the tag that was loaded has no value and all keys are listed", async () => {
    const tagged = legacyRow(aCharge({ tags: new Map([["App", "web"]]) }));
    const objects = fakeObjects({ "a.csv": csv([tagged]) });
    const read = vi.spyOn(objects, "read");
    const source = await openBillObjects(objects, { threads: 1, tagKeys: ["Absent"] });
    objects.contents.clear();
    expect(await source.tagKeys(FEBRUARY)).toEqual(["App"]);
    expect(read).toHaveBeenCalledOnce();
    await source.close();
  });

  it("leaves no file behind, whether it is read or refused", async () => {
    const folder = await files.path("temporary");
    await mkdir(folder);
    vi.stubEnv("TMPDIR", folder);
    expect(await total(fakeObjects({ "a.csv": bill("1") }))).toBe(1);
    expect(await refusal(fakeObjects({ "a.csv": bill("much") }))).toMatch(/much/);
    const broken = fakeObjects({ "a.csv": bill("1") });
    vi.spyOn(broken, "read").mockRejectedValue(new Error("no network"));
    expect(await refusal(broken)).toBe("no network");
    expect(await readdir(folder)).toEqual([]);
    vi.unstubAllEnvs();
  });

  it("is refused before it is read where the temporary folder has no space: the sentence says how much is left", async () => {
    const objects = fakeObjects({ "a.csv": bill("1") });
    const [listed] = await objects.list();
    if (listed === undefined) throw new Error("none");
    vi.spyOn(objects, "list").mockResolvedValue([{ ...listed, bytes: 1e18 }]);
    const message = await refusal(objects);
    const [, left] =
      /has 1000000000000 MB, and the temporary folder .* has (\d+) MB left/.exec(message) ?? [];
    const { bavail, bsize } = await statfs(tmpdir());
    expect(Number(left) / ((bavail * bsize) / 1e6), message).toBeCloseTo(1, 1);
    expect(objects.readPaths.size).toBe(0);
  });
});
