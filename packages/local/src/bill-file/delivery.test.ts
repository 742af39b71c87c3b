import { mkdir, symlink } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliveredFiles } from "./delivery.ts";
import { decisiveManifests, type Manifest, parseManifest } from "./manifest.ts";
import { aCharge } from "./testing/charges.ts";
import { billFolder, csv } from "./testing/files.ts";
import { cur2Row, legacyRow } from "./testing/spellings.ts";
import { februaryTotal } from "./testing/total.ts";

const files = billFolder();

const legacy = (path: string, assemblyId: string | null, ...reportKeys: readonly string[]) =>
  manifestIn(path, {
    ...(assemblyId === null ? {} : { assemblyId }),
    account: "111122223333",
    reportName: "example",
    billingPeriod: { start: "20260201T000000.000Z", end: "20260301T000000.000Z" },
    reportKeys,
  });

const dataExport = (path: string, executionId: string, ...dataFiles: readonly string[]) =>
  manifestIn(path, {
    executionId,
    exportArn: "arn:aws:bcm-data-exports:us-east-1:111122223333:export/example",
    columns: [],
    dataFiles: dataFiles.map((key) => `s3://bucket/${key}`),
  });

function manifestIn(path: string, document: object): Manifest {
  const manifest = parseManifest(path, JSON.stringify(document));
  if (manifest === null) throw new TypeError("This is a manifest.");
  return manifest;
}

const read = (paths: readonly string[], manifests: readonly Manifest[]) =>
  deliveredFiles(paths, manifests, (path) => path);

const MONTH = "20260201-20260301";
const OLD = "0f0e0d0c-0000-4000-8000-000000000001";
const NEW = "0f0e0d0c-0000-4000-8000-000000000002";
const DATA = "example/data/BILLING_PERIOD=2026-02";
const METADATA = "example/metadata/BILLING_PERIOD=2026-02";

describe("a manifest", () => {
  it("has the files and the execution of a legacy report or of a Data Export", () => {
    expect(legacy("M.json", OLD, "p/a.csv")).toEqual({
      path: "M.json",
      report: "111122223333/example",
      execution: OLD,
      keys: ["p/a.csv"],
    });
    expect(dataExport("M.json", NEW, "p/a.csv")).toMatchObject({ execution: NEW, keys: ["p/a.csv"] });
  });

  it.each([
    "{}",
    "[]",
    "null",
    "1",
    '{"entries": [{"url": "s3://a"}]}',
    '{"reportKeys": [1]}',
    '{"dataFiles": {}}',
  ])("is no other JSON of that name: %s", (text) => {
    expect(parseManifest("a-Manifest.json", text)).toBeNull();
  });
});

describe("manifests that have to be read", () => {
  it("are not those below another of the same name and billing period", () => {
    const top = [`a/${MONTH}/x-Manifest.json`, `${METADATA}/x-Manifest.json`];
    const below = [`a/${MONTH}/${OLD}/x-Manifest.json`, `${METADATA}/2026-02-10T00:00:00Z-1/x-Manifest.json`];
    const others = [
      `a/${MONTH}/${OLD}/y-Manifest.json`,
      `b/${MONTH}/${OLD}/x-Manifest.json`,
      "x-Manifest.json",
    ];
    const noPeriod = ["c/x-Manifest.json", "c/d/x-Manifest.json"];
    const bill = `a/${MONTH}/${OLD}/x-1.csv`;
    expect(decisiveManifests([...below, ...top, ...others, ...noPeriod, bill])).toEqual([
      ...top,
      ...others,
      ...noPeriod,
    ]);
  });
});

describe("the files of a manifest", () => {
  it("are read, in whatever folder of the bucket the copy begins", () => {
    const key = `p/example/${MONTH}/${NEW}/example-00001.csv.gz`;
    const folders = key.split("/").slice(0, -1);
    for (let from = 0; from <= folders.length; from += 1) {
      const path = key.split("/").slice(from).join("/");
      const above = [...folders.slice(from), "example-Manifest.json"].join("/");
      expect(read([path], [legacy(above, NEW, key)])).toEqual({ paths: [path], notes: [] });
      const copied = `copy/${path}`;
      expect(read([copied], [legacy(`copy/${above}`, NEW, key)]).paths).toEqual([copied]);
    }
  });

  it("are read where they were unpacked", () => {
    expect(read(["example-1.csv"], [legacy("M.json", null, "p/example-1.csv.zip")]).paths).toEqual([
      "example-1.csv",
    ]);
  });

  it("are read of an Athena report, whose manifest lies in another folder", () => {
    const key = "p/example/example/year=2026/month=2/example-00001.snappy.parquet";
    const manifest = legacy(`example/${MONTH}/example-Manifest.json`, NEW, key);
    expect(read([key.slice(2)], [manifest]).paths).toEqual([key.slice(2)]);
  });

  it("must all be there: a sentence counts and names the others", () => {
    const keys = [1, 2, 3].map((number) => `p/example/${MONTH}/example-0000${number}.csv`);
    const manifest = legacy(`${MONTH}/example-Manifest.json`, null, ...keys);
    expect(() => read([`${MONTH}/example-00001.csv`], [manifest])).toThrow(
      `${MONTH}/example-Manifest.json names 3 files, and 2 are missing: "${keys[1]}" and "${keys[2]}". Copy the whole delivery into the folder.`,
    );
    expect(() => read([], [legacy("M.json", null, "p/a.csv")])).toThrow(
      /names 1 file, and 1 is missing: "p\/a\.csv"/,
    );
    const many = Array.from({ length: 9 }, (_, number) => `p/a-${number}.csv`);
    expect(() => read([], [legacy("M.json", null, ...many)])).toThrow(
      'names 9 files, and 9 are missing: "p/a-0.csv", "p/a-1.csv", "p/a-2.csv" and 6 more.',
    );
  });

  it("are named by 200 characters of a key, and by no more", () => {
    for (const [length, shown] of [
      [200, `"${"k".repeat(200)}". Copy`],
      [201, `"${"k".repeat(200)}…". Copy`],
    ] as const) {
      expect(() => read([], [legacy("M.json", null, "k".repeat(length))])).toThrow(shown);
    }
  });

  it("are not those of another month that have the same names", () => {
    const february = legacy(
      `${MONTH}/example-Manifest.json`,
      null,
      `p/${MONTH}/example-1.csv`,
      `p/${MONTH}/example-2.csv`,
    );
    expect(() => read([`${MONTH}/example-1.csv`, "20260101-20260201/example-2.csv"], [february])).toThrow(
      /1 is missing/,
    );
    const exported = dataExport(`${METADATA}/M.json`, NEW, `p/${DATA}/a-1.parquet`);
    expect(() => read([`${DATA.replace("02", "01")}/a-1.parquet`], [exported])).toThrow(/1 is missing/);
  });

  it("may be none: a billing period without charges", () => {
    expect(read(["a.csv"], [legacy("M.json", OLD)])).toEqual({ paths: ["a.csv"], notes: [] });
  });
});

describe("files of an older delivery", () => {
  const note = (count: string, manifest: string) =>
    `${count} not read: ${manifest} names the files of the newest one.`;

  it("are not read beside those that the manifest of the billing period names: a legacy report that keeps versions", () => {
    const of = (assembly: string) => `${MONTH}/${assembly}/example-1.csv.gz`;
    const manifests = [
      legacy(`${MONTH}/example-Manifest.json`, NEW, `p/${of(NEW)}`),
      legacy(`${MONTH}/${OLD}/example-Manifest.json`, OLD, `p/${of(OLD)}`),
      legacy(`${MONTH}/${NEW}/example-Manifest.json`, NEW, `p/${of(NEW)}`),
    ];
    for (const given of [manifests, manifests.slice(0, 1)]) {
      expect(read([of(OLD), of(NEW)], given)).toEqual({
        paths: [of(NEW)],
        notes: [note("1 file of an older delivery is", `${MONTH}/example-Manifest.json`)],
      });
    }
    expect(() => read([of(OLD), of(NEW)], manifests.slice(1))).toThrow(/are of two deliveries of one report/);
    expect(() => read([of(OLD), of(NEW)], [])).toThrow(/look like two deliveries of one report/);
  });

  it.each([
    ["times", (number: number) => `2026-02-${number}T06:00:00.000Z-${NEW}`],
    ["numbers", (number: number) => `execution-${number}`],
    ["ids", (number: number) => `0f0e0d0c-0000-4000-8000-0000000000${number}`],
  ])("are not read of a Data Export that keeps versions in folders named by %s", (_, folder) => {
    const of = (number: number) => `${DATA}/${folder(number)}/example-00001.csv.gz`;
    const all = [10, 20, 28].map(of);
    const newest = dataExport(`${METADATA}/example-Manifest.json`, folder(28), `p/${of(28)}`);
    expect(read(all, [newest])).toEqual({
      paths: [of(28)],
      notes: [note("2 files of older deliveries are", `${METADATA}/example-Manifest.json`)],
    });
    // The folder that is given may be that of the billing period, or a copy without the folders of the bucket.
    const short = all.map((path) => path.slice(DATA.length + 1));
    expect(read(short, [{ ...newest, path: "example-Manifest.json" }]).paths).toEqual([short[2]]);
    expect(() => read(all, [])).toThrow(/look like two deliveries of one report/);
  });

  it("are known by the times of their folders where each has a manifest and none is above them", () => {
    const of = (day: string) => `${DATA}/${day}T060000Z-x/example-00001.csv.gz`;
    const manifests = ["20260210", "20260228", "20260220"].map((day) =>
      dataExport(`${METADATA}/${day}T060000Z-x/example-Manifest.json`, `${day}-x`, `p/${of(day)}`),
    );
    expect(read(["20260210", "20260220", "20260228"].map(of), manifests).paths).toEqual([of("20260228")]);
  });

  it("are parts that the newest one has no more: a copy keeps what the bucket has lost", () => {
    const of = (number: number) => `${DATA}/example-0000${number}.snappy.parquet`;
    const newest = dataExport(`${METADATA}/example-Manifest.json`, NEW, `p/${of(1)}`, `p/${of(2)}`);
    expect(read([1, 2, 3].map(of), [newest]).paths).toEqual([of(1), of(2)]);
    const flat = legacy("example-Manifest.json", null, "p/example-1.csv");
    expect(read(["example-1.csv", "example-2.csv", "other-2.csv"], [flat]).paths).toEqual([
      "example-1.csv",
      "other-2.csv",
    ]);
  });

  it("are not those of another month, another export or another account", () => {
    const of = (account: string, name: string, month: string) =>
      `${account}/${name}/data/BILLING_PERIOD=${month}/${name}-1.csv`;
    const all = ["a", "b"].flatMap((account) =>
      ["one", "two"].flatMap((name) => ["2026-01", "2026-02"].map((month) => of(account, name, month))),
    );
    const manifests = all.map((path) =>
      manifestIn(path.replace("/data/", "/metadata/").replace("1.csv", "Manifest.json"), {
        dataFiles: [path.slice(2)],
      }),
    );
    expect(read(all, manifests)).toEqual({ paths: all, notes: [] });
  });

  it("are known whatever is left of the folders, and whatever the manifest lacks", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        (executions, parts, from, hasId) => {
          const cut = (path: string) => path.split("/").slice(from).join("/");
          const of = (execution: number, part: number) =>
            `p/${DATA}/2026-02-1${execution}T06:00:00Z-x/example-0000${part}.csv.gz`;
          const all = Array.from({ length: executions * parts }, (_, at) =>
            cut(of(at % executions, Math.floor(at / executions))),
          );
          const keys = Array.from({ length: parts }, (_, part) => of(executions - 1, part));
          const path = from < 3 ? cut(`p/${METADATA}/M.json`) : "M.json";
          const manifest = manifestIn(path, { dataFiles: keys, ...(hasId ? { executionId: "x" } : {}) });
          expect(read(all, [manifest]).paths).toEqual(keys.map(cut).sort());
        },
      ),
    );
  });
});

describe("a folder of bills", () => {
  const bill = (cost: string) => csv([{ ...legacyRow(aCharge()), "lineItem/UnblendedCost": cost }]);
  const total = async (path: string) => februaryTotal(await files.open(path));

  it("of a Data Export that keeps versions costs what its newest execution says", async () => {
    const folder = await files.path("versions");
    const keys = ["1", "3", "7"].map(
      (cost) => [cost, `p/${DATA}/2026-02-0${cost}T06-00-00Z/example-00001.csv`] as const,
    );
    for (const [cost, key] of keys) {
      await files.writeTo(
        csv([{ ...cur2Row(aCharge()), line_item_unblended_cost: cost }]),
        `${folder}/${key}`,
      );
    }
    expect(await total(folder).catch(String)).toMatch(/look like two deliveries of one report/);
    const manifest = { executionId: "7", dataFiles: [`s3://bucket/${keys[2]?.[1]}`] };
    await files.writeTo(JSON.stringify(manifest), `${folder}/p/${METADATA}/example-Manifest.json`);
    expect(await total(folder)).toBe(7);
    const { notes } = await files.open(folder);
    expect(notes[0]).toMatch(
      /^2 files of older deliveries are not read: .*example-Manifest\.json names the files/,
    );
  });

  it("is refused where a part is missing, and where the manifest is cut off", async () => {
    const folder = await files.path("partial");
    await files.writeTo(bill("10"), `${folder}/${MONTH}/example-00001.csv`);
    const manifest = {
      reportKeys: [1, 2, 3].map((number) => `p/example/${MONTH}/example-0000${number}.csv`),
    };
    const text = JSON.stringify(manifest);
    await files.writeTo(text, `${folder}/${MONTH}/example-Manifest.json`);
    expect(await total(folder).catch(String)).toMatch(
      /names 3 files, and 2 are missing: .*example-00002\.csv" and /,
    );
    await files.writeTo(text.slice(0, 20), `${folder}/${MONTH}/example-Manifest.json`);
    expect(await total(folder).catch(String)).toMatch(/is no whole manifest .* Copy it again\./);
  });

  it("follows a link to a folder once, and refuses one to a folder that contains it", async () => {
    const folder = await files.path("linked");
    await files.writeTo(bill("4"), `${await files.path("elsewhere")}/deep/bill.csv`);
    await mkdir(folder);
    await symlink(await files.path("elsewhere"), `${folder}/archive`);
    expect(await total(folder)).toBe(4);
    await symlink(folder, `${folder}/self`);
    expect(await total(folder).catch(String)).toMatch(
      /self is a link to a folder that contains it, .*linked\. Remove the link/,
    );
  });

  it("is refused where links lead to a file twice, or nowhere", async () => {
    const folder = await files.path("linked-twice");
    await files.writeTo(bill("4"), `${folder}/real/bill.csv`);
    await symlink(`${folder}/real`, `${folder}/again`);
    expect(await total(folder).catch(String)).toMatch(
      /again\/bill\.csv and .*real\/bill\.csv are two names of one file/,
    );
    const broken = await files.path("linked-nowhere");
    await files.writeTo(bill("4"), `${broken}/bill.csv`);
    await symlink(`${broken}/gone`, `${broken}/2025`);
    expect(await total(broken).catch(String)).toMatch(/There is no file or folder .*2025/);
  });

  it.each([
    [
      "year=2026/month=2/a.csv",
      "year=2026/month=02/b.csv",
      /month=2 and .*month=02 are two spellings of one partition/,
    ],
    ["Month=2/a.csv", "month=2/b.csv", /are two spellings of one partition/],
  ])("with %s and %s is refused", async (one, other, sentence) => {
    const folder = await files.path(`spelled-${one.replaceAll("/", "-")}`);
    await files.writeTo(bill("1"), `${folder}/${one}`);
    await files.writeTo(bill("2"), `${folder}/${other}`);
    const refusal = await total(folder).catch(String);
    expect(refusal).toMatch(
      sentence.source.includes("month=2 and") ? /two spellings of one partition/ : sentence,
    );
  });

  it("with month=01 beside month=10, and with partitions below a month, is added up", async () => {
    const folder = await files.path("partitions");
    for (const [at, part] of ["month=01", "month=10", "month=11/account=1", "month=11/account=2"].entries()) {
      await files.writeTo(bill(String(at + 1)), `${folder}/year=2026/${part}/part-0.csv`);
    }
    expect(await total(folder)).toBe(10);
  });

  it("names a file that is packed in another way, and does not leave it out", async () => {
    const folder = await files.path("packed");
    await files.writeTo(bill("1"), `${folder}/a.csv`);
    await files.writeTo(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0, 0]), `${folder}/b.csv.zst`);
    expect(await total(folder).catch(String)).toMatch(/b\.csv\.zst is packed with zstd/);
  });
});
