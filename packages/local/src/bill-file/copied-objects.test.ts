import { mkdir, readdir, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { ListedObject, ObjectReader } from "@dapanoskop/core/store";
import { describe, expect, it, vi } from "vitest";
import { openBillObjects } from "./bill-file-source.ts";
import { aCharge } from "./testing/charges.ts";
import { billFolder, csv, gzipped } from "./testing/files.ts";
import { legacyRow } from "./testing/spellings.ts";
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
