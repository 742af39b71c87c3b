import { sha256Hex } from "@dapanoskop/core/store";
import type { IndexDocument } from "../documents/index-document.ts";
import { renderDocument } from "../documents/parse.ts";
import type { Summary } from "../documents/summary.ts";
import { INDEX_KEY, SUMMARY_FILE } from "../keys/file-kinds.ts";
import { stagedKey } from "../keys/key.ts";
import { readIndex } from "../read/stored-index.ts";
import type { MemoryStore } from "../store/memory-store.ts";

/** Publishes a month whose summary alone is read, beside what the store has. */
export async function publishSummary(store: MemoryStore, summary: Summary): Promise<void> {
  const { period, run_id, collected_at, is_mtd, estimated, totals } = summary;
  const key = stagedKey(run_id, period, SUMMARY_FILE);
  const body = renderDocument(summary);
  await store.overwrite(key, { body, contentType: "application/json" });
  const before = await readIndex(store);
  const generation = (before?.generation ?? 0) + 1;
  const index: IndexDocument = {
    shared: {},
    ...before,
    schema: 1,
    generation,
    run_id,
    published_at: collected_at,
    periods: [...new Set([period, ...(before?.periods ?? [])])].sort().reverse(),
    snapshot: {
      ...before?.snapshot,
      [period]: {
        run_id,
        as_of: collected_at,
        estimated,
        is_mtd,
        config: "0".repeat(64),
        total_cost_usd: totals.current_cost_usd,
        files: { [SUMMARY_FILE]: { key, sha256: await sha256Hex(body), bytes: body.length } },
        restated: [],
      },
    },
    history: [...(before?.history ?? []), { generation, run_id }],
  };
  await store.overwrite(INDEX_KEY, { body: renderDocument(index), contentType: "application/json" });
}
