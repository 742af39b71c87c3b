import { instantOf } from "@dapanoskop/core/calendar";
import { StoreError } from "@dapanoskop/core/store";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileKinds, monthFiles, requiredMonthFiles } from "./file-kinds.ts";
import {
  type ArtifactKey,
  checkKey,
  formatKey,
  isArtifactKey,
  parseKey,
  stableKey,
  stagedKey,
  stagedSharedKey,
} from "./key.ts";
import { isRunId, runId } from "./run-id.ts";

const names = (scope: string) => fileKinds.flatMap((kind) => (kind.scope === scope ? [kind.name] : []));

const aMonth = fc
  .tuple(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, "0")}`);
const aRunId = fc
  .tuple(
    fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  )
  .map(([at, bits]) => runId(instantOf(at), bits));
const aGeneration = fc.integer({ min: 1, max: 999_999_999_999_999 });

/** Every way in which a key is written, with the parts that it is written from. */
const aKey: fc.Arbitrary<readonly [text: string, parts: ArtifactKey]> = fc.oneof(
  fc
    .constantFrom(...names("dataset"), ...names("all-months"))
    .map((file) => [file, { run: null, month: null, file, generation: null }] as const),
  fc
    .tuple(aMonth, fc.constantFrom(...names("month")))
    .map(([month, file]) => [stableKey(month, file), { run: null, month, file, generation: null }] as const),
  fc
    .tuple(aRunId, aMonth, fc.constantFrom(...names("month")))
    .map(
      ([run, month, file]) => [stagedKey(run, month, file), { run, month, file, generation: null }] as const,
    ),
  fc
    .tuple(aRunId, fc.constantFrom(...names("all-months")), aGeneration)
    .map(
      ([run, file, generation]) =>
        [stagedSharedKey(run, file, generation), { run, month: null, file, generation }] as const,
    ),
);

describe("a key", () => {
  it("parses back to the parts that it was written from", () => {
    void fc.assert(
      fc.property(aKey, ([text, parts]) => {
        expect(parseKey(text)).toEqual(parts);
      }),
    );
  });

  it("parses only if it is written exactly so: a change of any character gives another key or none", () => {
    const change = fc.tuple(
      fc.nat(),
      fc.constantFrom("remove", "insert", "replace"),
      fc.string({ unit: "binary" }),
    );
    void fc.assert(
      fc.property(aKey, change, ([text], [place, how, other]) => {
        const at = place % (text.length + 1);
        const rest = text.slice(how === "insert" ? at : at + 1);
        const changed = `${text.slice(0, at)}${how === "remove" ? "" : other}${rest}`;
        const parsed = parseKey(changed);
        if (parsed !== null) expect(formatKey(parsed)).toBe(changed);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is no other text", () => {
    const pieces = fc.constantFrom(
      "_runs",
      "/",
      "..",
      "2026-03",
      "2026-13",
      "index.json",
      "trend-1.json",
      "\0",
      "%2e",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces).map((all) => all.join("")),
    );
    void fc.assert(
      fc.property(text, (key) => {
        const parsed = parseKey(key);
        if (parsed !== null) expect(formatKey(parsed)).toBe(key);
        expect(isArtifactKey(key)).toBe(parsed !== null);
      }),
    );
  });

  it.each([
    "_runs/20260308T060000Z-00000000000000000000000000000001/trend.json",
    "_runs/20260308T060000Z-00000000000000000000000000000001/index-1.json",
    "_runs/20260308T060000Z-00000000000000000000000000000001/trend-01.json",
    "_runs/20260308T060000Z-00000000000000000000000000000001/2026-03/trend.json",
    "_runs/20260308T060000Z-00000000000000000000000000000001/2026-03/summary-1.json",
    "_runs/20260308T060000Z-00000000000000000000000000000001",
    "_runs/",
    "trend-1.json",
    "2026-03/trend.json",
    "2026-03",
    "summary.json",
    "",
  ])("does not read %j, which consists of known parts in a wrong place", (key) => {
    expect(parseKey(key)).toBeNull();
    expect(() => checkKey(key)).toThrow(StoreError);
    expect(() => checkKey(key)).toThrow("is not the key of a published file");
    expect(() => checkKey("x".repeat(1_000))).toThrow(`"${"x".repeat(80)}" is not the key`);
  });

  it("is as written in the contract", () => {
    const run = runId("2026-03-08T06:00:00Z", new Uint8Array(16).fill(0xab));
    expect(run).toBe("20260308T060000Z-abababababababababababababababab");
    expect(stableKey("2026-03", "summary.json")).toBe("2026-03/summary.json");
    expect(stagedKey(run, "2026-03", "cost-by-workload.parquet")).toBe(
      `_runs/${run}/2026-03/cost-by-workload.parquet`,
    );
    expect(stagedSharedKey(run, "trend.json", 12)).toBe(`_runs/${run}/trend-12.json`);
  });
});

describe("the files of a month", () => {
  it("are these, the summary last", () => {
    expect(monthFiles).toEqual([
      "cost-by-workload.parquet",
      "cost-by-usage-type.parquet",
      "cost-by-usage-type-like-for-like.parquet",
      "cost-by-day.parquet",
      "cost-by-service.parquet",
      "summary.json",
    ]);
    expect(requiredMonthFiles).toEqual([
      "cost-by-workload.parquet",
      "cost-by-usage-type.parquet",
      "summary.json",
    ]);
  });
});

describe("a run id", () => {
  it("needs an instant and 16 random bytes, and takes no more than 16", () => {
    const bits = Uint8Array.from({ length: 20 }, (_, at) => at);
    expect(runId("2026-03-08T06:00:00Z", bits)).toBe("20260308T060000Z-000102030405060708090a0b0c0d0e0f");
    expect(() => runId("2026-03-08T06:00:00Z", new Uint8Array(15))).toThrow("16 random bytes");
    expect(() => runId("2026-03-08", bits)).toThrow(RangeError);
    expect(isRunId("20260308T060000Z-000102030405060708090A0B0C0D0E0F")).toBe(false);
  });
});
