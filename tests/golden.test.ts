import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { testRuntime } from "@dapanoskop/core/testing";
import { sha256Hex, verifyPublished } from "@dapanoskop/dataset";
import { memoryStore } from "@dapanoskop/dataset/store";
import { loadParquetCodec } from "@dapanoskop/local/parquet";
import { collect, defaultConfig } from "@dapanoskop/pipeline";
import { describe, expect, it } from "vitest";
import { goldenCases, goldenFiles, goldenFolder } from "../packages/dataset/golden/golden-cases.ts";
import { type GoldenCase, openGoldenBill } from "./support/golden-case.ts";

// Every case of packages/dataset/golden is a bill and the exact bytes that its collections publish: see its README.md.
// UPDATE_GOLDEN=1 writes the published bytes of this build instead of comparing them.

const isUpdating = process.env.UPDATE_GOLDEN === "1";

/** Every file that the store contains after all collections of a case, by key. */
async function publishedBy(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const golden: GoldenCase = JSON.parse(readFileSync(join(folder, "case.json"), "utf8"));
  const store = memoryStore();
  const parquet = await loadParquetCodec();
  for (const { bill, runId, source = golden.source, ...event } of golden.collections) {
    const config = { ...defaultConfig, ...golden.config };
    const { costSource, close } = await openGoldenBill(join(folder, bill), source, event.at, config);
    await collect(event, config, {
      source: costSource,
      store,
      parquet,
      runId,
      runtime: testRuntime(),
    }).finally(close);
  }
  expect((await verifyPublished(store, parquet))?.faults).toEqual([]);
  return new Map([...store.objects].map(([key, { body }]) => [key, body]));
}

/** One line per file, sorted by key, as `sha256sum` writes and checks it. */
async function listingOf(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const lines: string[] = [];
  for (const key of [...files.keys()].sort()) {
    lines.push(`${await sha256Hex(files.get(key) ?? new Uint8Array())}  ${key}\n`);
  }
  return lines.join("");
}

async function update(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  rmSync(join(folder, "published"), { recursive: true, force: true });
  for (const [key, body] of files) {
    const path = join(folder, "published", key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  }
  writeFileSync(join(folder, "published.sha256"), await listingOf(files));
}

describe("a golden case publishes the committed bytes", () => {
  it.each(goldenCases)("%s", async (name) => {
    const folder = join(goldenFolder, name);
    const published = await publishedBy(folder);
    if (isUpdating) await update(folder, published);
    const committed = goldenFiles(name);
    expect(await listingOf(published)).toBe(readFileSync(join(folder, "published.sha256"), "utf8"));
    expect([...published.keys()].sort()).toEqual([...committed.keys()].sort());
    for (const [key, body] of published) {
      const expected = Buffer.from(committed.get(key) ?? []);
      if (key.endsWith(".json")) expect(Buffer.from(body).toString(), key).toBe(expected.toString());
      expect(expected.equals(body), `${key} differs from the committed bytes`).toBe(true);
    }
  });
});
