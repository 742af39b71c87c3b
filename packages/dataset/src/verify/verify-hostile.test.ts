import { sha256Hex } from "@dapanoskop/core/store";
import { aBill, CollectionFixture, daily, parquet } from "@dapanoskop/pipeline/testing";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { IndexDocument, SnapshotFile } from "../documents/index-document.ts";
import { renderDocument } from "../documents/parse.ts";
import type { Summary } from "../documents/summary.ts";
import {
  DAILY_FILE,
  DAY_FILE,
  INDEX_KEY,
  SERVICE_FILE,
  SUMMARY_FILE,
  TREND_FILE,
  USAGE_TYPE_FILE,
  WORKLOAD_FILE,
} from "../keys/file-kinds.ts";
import {
  dayColumns,
  type ParquetColumn,
  serviceColumns,
  usageTypeColumns,
  workloadColumns,
} from "../parquet/columns.ts";
import { memoryStore } from "../store/index.ts";
import { verifyPublished } from "./verify-published.ts";

// Somebody who can write to a store can also write the hash of what he wrote. Whatever the files contain, a verification ends,
// with sentences about them.

type MutableStore = ReturnType<typeof memoryStore>;

const MONTH = "2026-03";
let fixture: CollectionFixture;
let tables: readonly string[] = [];

beforeAll(async () => {
  fixture = new CollectionFixture();
  const bill = aBill([
    ...daily("2025-01-01", "2026-03-08", { cost: "0.1000000001" }),
    ...daily("2025-01-01", "2026-03-08", { workload: "__proto__", center: "B", cost: "2.5" }),
  ]);
  await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" });
  const index: IndexDocument = jsonIn(fixture.store, INDEX_KEY);
  tables = Object.keys(index.snapshot[MONTH]?.files ?? {}).filter((file) => file.endsWith(".parquet"));
}, 60_000);

function jsonIn<Document>(store: MutableStore, key: string): Document {
  return JSON.parse(new TextDecoder().decode(store.objects.get(key)?.body));
}

async function put(store: MutableStore, key: string, body: Uint8Array): Promise<SnapshotFile> {
  await store.overwrite(key, { body, contentType: "application/octet-stream" });
  return { key, sha256: await sha256Hex(body), bytes: body.length };
}

/** The faults of a store in which one file is changed, and every hash of it with it. */
async function faultsOf(file: string, change: (body: Uint8Array) => Uint8Array): Promise<readonly string[]> {
  const store = memoryStore({ objects: new Map(fixture.store.objects) });
  const bodyOf = (key: string) => store.objects.get(key)?.body.slice() ?? new Uint8Array();
  if (file === INDEX_KEY) {
    await put(store, INDEX_KEY, change(bodyOf(INDEX_KEY)));
  } else {
    const index: IndexDocument = jsonIn(store, INDEX_KEY);
    const files = file in index.shared ? index.shared : index.snapshot[MONTH]?.files;
    const named = files?.[file];
    if (files === undefined || named === undefined) throw new Error(`${file} is not published.`);
    files[file] = await put(store, named.key, change(bodyOf(named.key)));
    if (file.endsWith(".parquet")) {
      const own = files[SUMMARY_FILE] ?? named;
      const summary: Summary = jsonIn(store, own.key);
      const listed = summary.files[file];
      if (listed === undefined) throw new Error(`The summary does not list ${file}.`);
      Object.assign(listed, { sha256: files[file].sha256, bytes: files[file].bytes });
      files[SUMMARY_FILE] = await put(store, own.key, renderDocument(summary));
    }
    await put(store, INDEX_KEY, renderDocument(index));
  }
  const verification = await verifyPublished(store, parquet);
  return verification?.faults ?? [];
}

/** Sentences for a person: none is long, none is an error of the program, and no prototype is changed. */
function expectSentences(faults: readonly string[]): void {
  for (const fault of faults) {
    expect(fault.length).toBeLessThanOrEqual(1_000);
    expect(fault).not.toMatch(/TypeError|RangeError|is not a function|Cannot read|unreachable|at .*\.ts:/);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
}

/** The places of a document: `["cost_centers", 0, "name"]`. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([name, one]) =>
      pathsOf(one, [...path, Array.isArray(value) ? Number(name) : name]),
    ),
  ];
}

function withValue(document: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const copy: unknown = Array.isArray(document) ? [...document] : { ...Object(document) };
  Reflect.set(Object(copy), name, withValue(Reflect.get(Object(document), name), rest, value));
  return copy;
}

const values: readonly unknown[] = [
  ...[null, true, "", "x", "\0\u202e", "__proto__", "2026-13", "9999-12-31T23:59:59Z", "x".repeat(100_000)],
  ...[-1, 0.5, 1e308, -1e308, 2 ** 53, 5e-324],
  ...[[], [[]], [null], {}, { length: 2 ** 32 }, Array(10_000).fill(0), Array(10_000).fill({})],
  JSON.parse('{"__proto__":{"ran":true},"constructor":{"prototype":{"ran":true}}}'),
];

describe.each([INDEX_KEY, SUMMARY_FILE, TREND_FILE, DAILY_FILE])("a %s with its own hash", (file) => {
  it("has sentences for any value at any place", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...values), async (at, value) => {
        const faults = await faultsOf(file, (body) => {
          const document: unknown = JSON.parse(new TextDecoder().decode(body));
          const paths = pathsOf(document);
          const path = paths[at % paths.length] ?? [];
          return new TextEncoder().encode(JSON.stringify(withValue(document, path, value)));
        });
        expectSentences(faults);
      }),
      { numRuns: 40, seed: 13 },
    );
  });

  it.each<[string, string]>([
    ["no bytes", ""],
    ["no JSON", '{"schema":'],
    ["null", "null"],
    ["a list", "[]"],
    ["lists in lists", "[".repeat(200_000)],
    ["an infinite number", '{"schema":1e999}'],
    ["a byte order mark and no text", "\ufeff"],
  ])("has a sentence for %s", async (_, text) => {
    const faults = await faultsOf(file, () => new TextEncoder().encode(text));
    expect(faults.join("\n")).toContain(file.replace(".json", ""));
    expectSentences(faults);
  });
});

it("has a sentence for a key that no file has", async () => {
  for (const key of ["../../etc/passwd", "x".repeat(100_000), "__proto__", ""]) {
    for (const file of [SUMMARY_FILE, TREND_FILE]) {
      const faults = await faultsOf(INDEX_KEY, (body) => {
        const index: IndexDocument = JSON.parse(new TextDecoder().decode(body));
        const named = (file in index.shared ? index.shared : index.snapshot[MONTH]?.files)?.[file];
        Object.assign(named ?? {}, { key });
        return renderDocument(index);
      });
      expect(faults.join("\n")).toContain(
        `${JSON.stringify(key.slice(0, 80))} is named, and is not the key of a published file.`,
      );
    }
  }
});

it("has a sentence for an amount that is finite and larger than any", async () => {
  for (const amount of ["1e308", "-1e41"]) {
    const faults = await faultsOf(SUMMARY_FILE, (body) =>
      new TextEncoder().encode(
        new TextDecoder().decode(body).replace(/("current_cost_usd": )[-\d.e+]+/, `$1${amount}`),
      ),
    );
    expect(faults.join("\n")).toMatch(/summary.json is not as published: totals.current_cost_usd: /);
  }
});

describe("a table with its own hash", () => {
  it("has sentences for any change of its bytes", async () => {
    const change = fc.record({
      flips: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 6 }),
      /** Most of what matters is in the footer. */
      isAtEnd: fc.boolean(),
      cut: fc.option(fc.nat(), { freq: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(), change, async (at, { flips, isAtEnd, cut }) => {
        const faults = await faultsOf(tables[at % tables.length] ?? "", (body) => {
          for (const [offset, bits] of flips) {
            const within = isAtEnd
              ? body.length - 1 - (offset % Math.min(600, body.length))
              : offset % body.length;
            body[within] = (body[within] ?? 0) ^ bits;
          }
          return cut === null ? body : body.slice(0, cut % body.length);
        });
        expectSentences(faults);
      }),
      { numRuns: 150, seed: 13 },
    );
  });

  it("has a sentence for a finite cost that is larger than any amount", async () => {
    for (const cost of [Number.MAX_VALUE, -1e41]) {
      for (const [file, columns] of [
        [WORKLOAD_FILE, workloadColumns],
        [USAGE_TYPE_FILE, usageTypeColumns],
        [DAY_FILE, dayColumns],
        [SERVICE_FILE, serviceColumns],
      ] as const) {
        const faults = await faultsOf(file, (body) => {
          const table = parquet.decode<readonly ParquetColumn[]>(columns, file, body);
          const { cost_usd: costs } = table.data;
          if (costs?.type === "double") costs.numbers[0] = cost;
          return parquet.encode(table);
        });
        expect(faults.join("\n")).toMatch(
          new RegExp(`${file.replace(".", "\\.")}.*row 0 carries (1\\.79\\d+e\\+308|-1e\\+41) as cost_usd`),
        );
        expectSentences(faults);
      }
    }
  });

  it("has a sentence for what is no table, and for another one of the month", async () => {
    const index: IndexDocument = jsonIn(fixture.store, INDEX_KEY);
    const bodyOf = (file: string) =>
      fixture.store.objects.get(index.snapshot[MONTH]?.files[file]?.key ?? "")?.body ?? new Uint8Array();
    const others = [
      new Uint8Array(),
      new Uint8Array(1_000_000),
      new TextEncoder().encode("PAR1PAR1"),
      Uint8Array.from([...new TextEncoder().encode("PAR1"), 255, 255, 255, 127, 80, 65, 82, 49]),
    ];
    for (const [at, file] of tables.entries()) {
      const next = bodyOf(tables[(at + 1) % tables.length] ?? "");
      for (const other of [...others, next]) {
        const faults = await faultsOf(file, () => other);
        expect([file, faults.length > 0]).toEqual([file, true]);
        expectSentences(faults);
      }
    }
  });
});
