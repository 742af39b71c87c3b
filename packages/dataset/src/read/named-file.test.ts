import { describe, expect, it } from "vitest";
import { goldenFiles } from "../../golden/golden-cases.ts";
import type { IndexDocument } from "../documents/index-document.ts";
import { ArtifactError, renderDocument } from "../documents/parse.ts";
import { namedFile, parseIndex } from "./named-file.ts";

const bytes = goldenFiles("cur-legacy").get("index.json") ?? new Uint8Array();
const index = parseIndex(bytes);
const run = index.snapshot["2026-03"]?.run_id ?? "";
const otherRun = run.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));

/** The index with another key for a file. */
function withKey(month: string | null, file: string, key: string): IndexDocument {
  const changed: IndexDocument = structuredClone(index);
  const files = month === null ? changed.shared : changed.snapshot[month]?.files;
  const named = files?.[file];
  if (named === undefined) throw new Error(`The golden index names ${file}.`);
  named.key = key;
  return changed;
}

describe("a file that an index names", () => {
  it("is found by month and name", () => {
    expect(namedFile(index, "2026-03", "summary.json")?.key).toBe(`_runs/${run}/2026-03/summary.json`);
    expect(namedFile(index, null, "trend.json")?.key).toMatch(/^_runs\/.*\/trend-\d+\.json$/);
    expect(namedFile(index, null, "previous.json")?.key).toMatch(/^_runs\/.*\/previous-\d+\.json$/);
  });

  it.each([
    ["1999-01", "summary.json"],
    ["2026-03", "trend.json"],
    ["2026-03", "toString"],
    ["__proto__", "summary.json"],
    ["constructor", "name"],
    [null, "summary.json"],
    [null, "constructor"],
  ])("is null where the index names none: %s, %s", (month, file) => {
    expect(namedFile(index, month, file)).toBeNull();
  });

  it.each([
    ["2026-03", "summary.json", "../../etc/passwd"],
    ["2026-03", "summary.json", "2026-03/summary.json"],
    ["2026-03", "summary.json", `_runs/${run}/2026-02/summary.json`],
    ["2026-03", "summary.json", `_runs/${run}/2026-03/cost-by-workload.parquet`],
    ["2026-03", "cost-by-workload.parquet", `_runs/${run}/2026-03/cost-by-usage-type.parquet`],
    [null, "trend.json", "trend.json"],
    [null, "trend.json", `_runs/${run}/previous-1.json`],
    [null, "trend.json", `_runs/${run}/2026-03/summary.json`],
    [null, "previous.json", `_runs/${run}/trend-1.json`],
  ])("is refused under the key of another file: %s, %s as %s", (month, file, key) => {
    const changed = withKey(month, file, key);
    expect(() => namedFile(changed, month, file)).toThrow(ArtifactError);
    expect(() => parseIndex(renderDocument(changed))).toThrow(
      `is not the key of a run's file "${file}" of ${month ?? "all months"}`,
    );
  });

  it("repeats the beginning of a key alone: a damaged index may have one of any length", () => {
    const changed = withKey("2026-03", "summary.json", "x".repeat(1_000));
    expect(() => namedFile(changed, "2026-03", "summary.json")).toThrow(`"${"x".repeat(80)}" is not the key`);
  });

  it("is refused under the key of another run than the snapshot's, and allowed there for all months", () => {
    const ofMonth = withKey("2026-03", "summary.json", `_runs/${otherRun}/2026-03/summary.json`);
    expect(() => parseIndex(renderDocument(ofMonth))).toThrow("is not the key of a run's file");
    const shared = withKey(null, "trend.json", `_runs/${otherRun}/trend-1.json`);
    expect(parseIndex(renderDocument(shared)).shared["trend.json"]?.key).toContain(otherRun);
  });
});

describe("an index", () => {
  it.each([999_999_999_999_999, Number.MAX_SAFE_INTEGER, 1e300, 0, -1, 1.5, "7", null])(
    "of the generation %j, which no other follows, is refused",
    (generation) => {
      for (const changed of [
        { ...index, generation },
        { ...index, history: [...index.history, { generation, run_id: run }] },
      ]) {
        expect(() => parseIndex(renderDocument(changed))).toThrow(
          /index.json is not as published: (generation|history.\d+.generation): /,
        );
      }
    },
  );

  it.each([
    ["in another order", [...index.periods].reverse()],
    ["without a month", index.periods.slice(1)],
    ["with a month more", [...index.periods, "2020-01"]],
  ])("is refused with periods %s", (_, periods) => {
    expect(periods.length + index.periods.length).toBeGreaterThan(3);
    expect(() => parseIndex(renderDocument({ ...index, periods }))).toThrow(
      "its periods are not the months that it has snapshots of, newest first",
    );
  });
});
