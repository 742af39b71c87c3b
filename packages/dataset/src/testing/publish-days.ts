import type { DailyFigures } from "@dapanoskop/core/daily";
import { sha256Hex } from "@dapanoskop/core/store";
import type { Daily } from "../documents/daily.ts";
import type { IndexDocument } from "../documents/index-document.ts";
import { renderDocument } from "../documents/parse.ts";
import { publishedSource } from "../documents/source.ts";
import { DAILY_FILE, INDEX_KEY } from "../keys/file-kinds.ts";
import { stagedSharedKey } from "../keys/key.ts";
import { type MemoryStore, memoryStore } from "../store/memory-store.ts";

/** A store in which the days are published, and no month: what a report reads. */
export async function storeOfDays(figures: DailyFigures): Promise<MemoryStore> {
  const store = memoryStore();
  await publishDays(store, figures);
  return store;
}

/** Publishes days over those that are published, as the next generation. */
export async function publishDays(store: MemoryStore, figures: DailyFigures): Promise<void> {
  const generation = [...store.objects.keys()].length + 1;
  const key = stagedSharedKey(figures.runId, DAILY_FILE, generation);
  const body = renderDocument(dailyDocument(figures));
  await store.overwrite(key, { body, contentType: "application/json" });
  const index: IndexDocument = {
    schema: 1,
    generation,
    run_id: figures.runId,
    published_at: figures.publishedAt,
    periods: [],
    snapshot: {},
    shared: { [DAILY_FILE]: { key, sha256: await sha256Hex(body), bytes: body.length } },
    history: [{ generation, run_id: figures.runId }],
  };
  await store.overwrite(INDEX_KEY, { body: renderDocument(index), contentType: "application/json" });
}

/** The published form of figures. */
function dailyDocument(figures: DailyFigures): Daily {
  if (figures.source === null) throw new Error("Published days name their source.");
  return {
    schema: 1,
    run_id: figures.runId,
    published_at: figures.publishedAt,
    currency: figures.currency,
    metric: figures.metric,
    source: publishedSource(figures.source),
    complete_through: figures.completeThrough,
    days: [...figures.days],
    total_cost_usd: [...figures.total],
    cost_centers: figures.costCenters.map(({ name, kind, costs }) => ({ name, kind, cost_usd: [...costs] })),
    services: figures.services.map(({ name, costs }) => ({ name, cost_usd: [...costs] })),
    charge_types: figures.chargeTypes.map(({ name, kind, costs }) => ({ name, kind, cost_usd: [...costs] })),
    workloads: figures.workloads.map(({ costCenter, name, kind, costs }) => ({
      cost_center: costCenter,
      name,
      kind,
      cost_usd: [...costs],
    })),
    usage_types: figures.usageTypes.map(({ service, usageType, category, unit, costs, quantities }) => ({
      service,
      usage_type: usageType,
      category,
      unit,
      cost_usd: [...costs],
      usage_quantity: [...quantities],
    })),
    months: figures.history.map(({ month, isRunning, total, usage }) => ({
      period: month,
      run_id: figures.runId,
      is_mtd: isRunning,
      total_cost_usd: total.map((cost) => cost ?? 0),
      usage_cost_usd: [...usage],
    })),
  };
}
