import { sha256Hex } from "@dapanoskop/core/store";
import { beforeAll, describe, expect, it } from "vitest";
import { goldenFiles } from "../../golden/golden-cases.ts";
import type { IndexDocument } from "../documents/index-document.ts";
import { renderDocument } from "../documents/parse.ts";
import type { Summary } from "../documents/summary.ts";
import { INDEX_KEY, SUMMARY_FILE } from "../keys/file-kinds.ts";
import { stableKey } from "../keys/key.ts";
import { memoryStore } from "../store/index.ts";
import { parquet } from "../testing/parquet.ts";
import { verifyPublished } from "./verify-published.ts";

// One figure of a summary is changed, and every hash is made right again: only the figures themselves show the change.

const files = goldenFiles("cur-legacy");
const month = "2026-03";
const json = (key: string) => JSON.parse(new TextDecoder().decode(files.get(key)));
const summary: Summary = json(stableKey(month, SUMMARY_FILE));

type Path = readonly (string | number)[];

/** The path of every number. */
function numbersIn(value: unknown, above: Path = []): readonly Path[] {
  if (typeof value === "number") return [above];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, below]) => numbersIn(below, [...above, name]));
}

function changed(value: unknown, [name = "", ...rest]: Path): unknown {
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const record = copy as Record<string, unknown>;
  const before = record[name];
  // A percentage has one decimal: it changes by more than its rounding.
  const change = Number.isInteger(before) ? 1 : String(name).endsWith("percentage") ? 0.2 : 0.01;
  record[name] = rest.length > 0 ? changed(before, rest) : Number(before) + change;
  return copy;
}

/** The faults of the golden dataset with another summary of the month. */
async function faultsWith(other: unknown): Promise<readonly string[]> {
  const body = renderDocument(other);
  const index: IndexDocument = json(INDEX_KEY);
  const named = index.snapshot[month]?.files[SUMMARY_FILE];
  if (named === undefined) throw new Error("The golden index names the summary.");
  named.sha256 = await sha256Hex(body);
  named.bytes = body.length;
  const store = memoryStore();
  for (const [key, content] of files) await store.overwrite(key, { body: content, contentType: "" });
  for (const key of [named.key, stableKey(month, SUMMARY_FILE)])
    await store.overwrite(key, { body, contentType: "" });
  await store.overwrite(INDEX_KEY, { body: renderDocument(index), contentType: "" });
  return (await verifyPublished(store, parquet))?.faults ?? [];
}

/** Figures that nothing else in the dataset determines. */
const independent = [
  /^requests\./,
  /^storage_metrics\.(prev_month_|prior_partial_|complete_days_|hot_tier_percentage|cost_per_tb_usd)/,
];

describe("a figure of a summary", () => {
  let sound: readonly string[];
  beforeAll(async () => {
    sound = await faultsWith(summary);
  });

  it("is published without a fault", () => {
    expect(sound).toEqual([]);
  });

  it("is found by its sums when it is changed, each of them", async () => {
    const paths = numbersIn(summary);
    expect(paths.length).toBeGreaterThan(80);
    const undetected: string[] = [];
    for (const path of paths) {
      const faults = await faultsWith(changed(summary, path));
      if (faults.length === 0) undetected.push(path.join("."));
    }
    expect(undetected.filter((path) => !independent.some((pattern) => pattern.test(path)))).toEqual([]);
    // The list of exceptions has no pattern too many.
    expect(independent.filter((pattern) => !undetected.some((path) => pattern.test(path)))).toEqual([]);
  });

  it("of a storage tier's complete days is found where the tiers do not add up to the storage cost of these days", async () => {
    const { storage_metrics } = summary;
    const [tier, ...others] = storage_metrics.tiers;
    const tiers = [{ ...tier, complete_days_cost_usd: (tier?.cost_usd ?? 0) - 1 }, ...others];
    expect(await faultsWith({ ...summary, storage_metrics: { ...storage_metrics, tiers } })).toEqual([
      expect.stringContaining("the storage tiers' costs of the complete days"),
    ]);
  });
});
