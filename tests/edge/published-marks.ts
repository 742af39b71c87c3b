import { type MemoryStore, memoryStore } from "@dapanoskop/dataset/store";

/** In every published file: nothing that an outsider gets may contain it. */
export const MARK = "THE-BILL-OF-4711-DOLLARS";
export const PAGE = "<!doctype html><title>The page</title>";

const run = `20260308T060000Z-${"a".repeat(32)}`;
const keys = [
  "index.json",
  "trend.json",
  "daily.json",
  "previous.json",
  "2026-02/summary.json",
  "2026-02/cost-by-workload.parquet",
  `_runs/${run}/2026-02/summary.json`,
  `_runs/${run}/trend-4.json`,
];

/** The paths of the published files. */
export const FILES = keys.map((key) => `/data/${key}`);

/** A store whose every file contains the mark. */
export async function markedStore(): Promise<MemoryStore> {
  const store = memoryStore({ place: "memory" });
  for (const key of keys) {
    const body = new TextEncoder().encode(JSON.stringify({ key, mark: MARK }));
    await store.overwrite(key, { body, contentType: "application/json" });
  }
  return store;
}

/** The page's bucket. */
export const pageFile = (path: string): Uint8Array | null =>
  ["/index.html", "/icon.svg", "/assets/index-1.js"].includes(path) ? new TextEncoder().encode(PAGE) : null;
