import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiHandler } from "@dapanoskop/api";
import type { Instant, Month } from "@dapanoskop/core/calendar";
import { noDeadline } from "@dapanoskop/core/runtime";
import { type Bill, billSource } from "@dapanoskop/core/source";
import { memoryState } from "@dapanoskop/core/state";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { testRuntime } from "@dapanoskop/core/testing";
import {
  INDEX_KEY,
  type IndexDocument,
  renderDocument,
  runId,
  type Snapshot,
  SUMMARY_FILE,
  type Summary,
  stagedKey,
  stagedSharedKey,
  TREND_FILE,
  type Trend,
} from "@dapanoskop/dataset";
import { memoryStore } from "@dapanoskop/dataset/store";
import { contentTypeOf } from "@dapanoskop/edge";
import { demoCompany } from "@dapanoskop/emulator";
import { folderStore } from "@dapanoskop/local/folder-store";
import { loadParquetCodec } from "@dapanoskop/local/parquet";
import { collect, defaultConfig } from "@dapanoskop/pipeline";
import { memoryPlanFiles, planReader, publishedPrices } from "@dapanoskop/plans";
import { writeDemoState } from "../../packages/cli/src/demo/demo-state.ts";
import { listen } from "../../packages/cli/src/server/listen.ts";
import { localApi } from "../../packages/cli/src/server/local-api.ts";

/** The day on which the demo company is collected: one week into March. */
export const DEMO_DAY: Instant = "2026-03-08T06:00:00Z";

/** The page and a dataset, served like `dapanoskop serve`. */
export interface TestSite {
  /** Without a trailing slash. */
  readonly origin: string;
  /** The store's folder; `null` for a store in memory. */
  readonly folder: string | null;
  close(): Promise<void>;
}

/** The demo company with thirteen months of history, as `npm start` publishes it. */
export const demoSite = (): Promise<TestSite> => billSite(demoCompany({ at: DEMO_DAY }), DEMO_DAY, 13);

/** The same with the company's plans, drift and budgets, and the API that answers them. */
export const demoSiteWithApi = (): Promise<TestSite> =>
  billSite(demoCompany({ at: DEMO_DAY }), DEMO_DAY, 13, async (store) => {
    const storage = emptyStorage();
    await writeDemoState(storage, planReader(publishedPrices(store, loadParquetCodec)), DEMO_DAY);
    return apiOver(store, storage);
  });

/** The API of a dataset without plans, drift and budgets. */
export const emptyApi = async (store: ArtifactStore): Promise<ApiHandler> => apiOver(store, emptyStorage());

const emptyStorage = () => ({ state: memoryState(), files: memoryPlanFiles() });

function apiOver(store: ArtifactStore, storage: ReturnType<typeof emptyStorage>): ApiHandler {
  const err = { write: (text: string) => process.stderr.write(text), isTerminal: false, columns: 80 };
  return localApi({ ...storage, store, bill: null, runtime: testRuntime(), err });
}

/** The ids of a list that a site's API answers: of `/plans?project=shop`, the newest first. */
export async function idsOf({ origin }: TestSite, path: string): Promise<readonly string[]> {
  const answer = await fetch(`${origin}/api${path}`);
  const { items } = (await answer.json()) as { readonly items: readonly { readonly id: string }[] };
  return items.map(({ id }) => id);
}

/** A bill, collected on one day into a temporary folder, and served. */
export async function billSite(
  bill: Bill,
  at: Instant,
  backfill: number,
  apiOf: (store: ArtifactStore) => Promise<ApiHandler | null> = async () => null,
): Promise<TestSite> {
  const parent = await mkdtemp(join(tmpdir(), "dapanoskop-browser-"));
  const folder = join(parent, "data");
  const store = folderStore(folder);
  const { months } = await collect({ at, backfill, force: false }, defaultConfig, {
    source: billSource(bill, { at }),
    store,
    parquet: await loadParquetCodec(),
    runId: runId(at, new Uint8Array(16).fill(7)),
    runtime: testRuntime({ deadline: noDeadline }),
  });
  const unpublished = months.filter(({ outcome }) => outcome !== "published");
  if (unpublished.length > 0) throw new Error(`Not published: ${JSON.stringify(unpublished)}.`);
  const remove = () => rm(parent, { recursive: true, force: true });
  return served(store, folder, remove, await apiOf(store));
}

/** A dataset: the months that its index names, and the summaries that exist. */
export interface Documents {
  readonly at: Instant;
  readonly periods: readonly Month[];
  readonly summaries: readonly Summary[];
  readonly trend: Trend;
}

/** Documents that no collection wrote, served from memory: many months, or missing summaries. */
export async function documentSite({ at, periods, summaries, trend }: Documents): Promise<TestSite> {
  const store = memoryStore({ place: "memory" });
  const run = runId(at, new Uint8Array(16).fill(9));
  const put = (key: string, document: unknown) =>
    store.overwrite(key, { body: renderDocument(document), contentType: contentTypeOf(key) });
  const file = (key: string) => ({ key, sha256: "0".repeat(64), bytes: 1 });
  const snapshot = (period: Month): Snapshot => {
    const month = trend.months.find((each) => each.period === period);
    return {
      run_id: run,
      as_of: at,
      estimated: month?.is_mtd ?? false,
      is_mtd: month?.is_mtd ?? false,
      config: "0".repeat(64),
      total_cost_usd: month?.total_cost_usd ?? 0,
      files: { [SUMMARY_FILE]: file(stagedKey(run, period, SUMMARY_FILE)) },
      restated: [],
    };
  };
  const trendKey = stagedSharedKey(run, TREND_FILE, 1);
  const index: IndexDocument = {
    schema: 1,
    generation: 1,
    run_id: run,
    published_at: at,
    periods: [...periods],
    snapshot: Object.fromEntries(periods.map((period) => [period, snapshot(period)])),
    shared: { [TREND_FILE]: file(trendKey) },
    history: [{ generation: 1, run_id: run }],
  };
  for (const summary of summaries) await put(stagedKey(run, summary.period, SUMMARY_FILE), summary);
  await put(trendKey, trend);
  await put(INDEX_KEY, index);
  return served(store, null, async () => {});
}

/** A site without published months. */
export const emptySite = (): Promise<TestSite> =>
  served(memoryStore({ place: "memory" }), null, async () => {});

async function served(
  store: ArtifactStore,
  folder: string | null,
  remove: () => Promise<void>,
  api: ApiHandler | null = null,
): Promise<TestSite> {
  const serving = await listen(store, 0, api);
  return {
    origin: serving.url.replace(/\/$/, ""),
    folder,
    async close() {
      await serving.close();
      await remove();
    },
  };
}
