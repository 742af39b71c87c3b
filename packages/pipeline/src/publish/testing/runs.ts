import type { Runtime } from "@dapanoskop/core/runtime";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { testRandom, testRuntime } from "@dapanoskop/core/testing";
import {
  type IndexDocument,
  type MonthFile,
  monthFiles,
  readIndex,
  readNamedFile,
  readShared,
  renderDocument,
  SUMMARY_FILE,
  stableKey,
} from "@dapanoskop/dataset";
import { runIdOf } from "@dapanoskop/dataset/store/testing";
import { contentTypeOf } from "@dapanoskop/edge";
import type { PublishRun, SharedFile } from "../publish-run.ts";

export interface RunOptions {
  /** Becomes the random part of the run id. */
  readonly number: number;
  readonly at?: string;
  readonly months?: readonly string[];
  readonly force?: boolean;
  readonly total?: number;
  /** Becomes the hash of the configuration. */
  readonly config?: number;
  readonly files?: readonly MonthFile[];
  readonly shared?: boolean;
}

/** A run whose files contain the run, month and file name. Its parquet depends on the total alone, since bills may repeat. */
export function aRun(options: RunOptions): PublishRun {
  const { at = "2026-03-08T06:00:00Z", months = ["2026-02", "2026-03"], files = monthFiles } = options;
  const { number, total = number, config = 0, force = false, shared = true } = options;
  const runId = runIdOf(number, at);
  return {
    runId,
    at,
    force,
    source: {
      kind: "Cost Explorer",
      provider: "AWS",
      metric: "UnblendedCost",
      tag_key: "App",
      cost_category: null,
    },
    months: months.map((period) => ({
      period,
      isMtd: at.startsWith(period),
      estimated: true,
      hasDays: true,
      config: config.toString(16).padStart(64, "0"),
      totalCost: total,
      files: files.map((name) => ({
        name,
        body: renderDocument({ name, period, total, ...(name === SUMMARY_FILE ? { runId } : {}) }),
        contentType: contentTypeOf(name),
      })),
    })),
    shared: shared ? [trendOf(runId)] : [],
  };
}

/** A trend that names, for every month, the run whose snapshot it was rendered from. */
function trendOf(runId: string): SharedFile {
  return {
    name: "trend.json",
    contentType: "application/json",
    async render({ periods, accepted, index, read }) {
      const before = index?.shared["trend.json"];
      const bytes = before === undefined ? null : await read(before.key);
      const earlier = new Map(bytes === null ? [] : trendMonths(bytes));
      return renderDocument(
        periods.map((period) => [period, accepted.includes(period) ? runId : earlier.get(period)]),
      );
    },
  };
}

const trendMonths = (bytes: Uint8Array): [string, string][] => JSON.parse(new TextDecoder().decode(bytes));

/** A runtime that never waits, with a minute left. Jitter is seeded, so that each seed repeats its own pauses. */
export function seededRuntime(seed = 1): Runtime {
  let state = seed;
  const fraction = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return testRuntime({ random: { ...testRandom(), fraction } });
}

/**
 * Reads everything that the index names, as a reader of the dataset does.
 * @returns a sentence for each file of another run; empty when the snapshot is consistent
 */
export async function tornFiles(store: ArtifactStore): Promise<readonly string[]> {
  const index = await readIndex(store);
  if (index === null) return [];
  const torn: string[] = [];
  for (const [period, { files, run_id }] of Object.entries(index.snapshot)) {
    for (const named of Object.values(files)) await readNamedFile(store, named);
    const summary = files[SUMMARY_FILE];
    if (summary === undefined) continue;
    const text = new TextDecoder().decode(await readNamedFile(store, summary));
    if (!text.includes(run_id)) torn.push(`${period} is not the summary of ${run_id}`);
  }
  const trend = await readShared(store, index, "trend.json");
  if (trend === null) return torn;
  const listed = JSON.stringify(trendMonths(trend));
  const named = JSON.stringify(index.periods.map((period) => [period, index.snapshot[period]?.run_id]));
  return listed === named ? torn : [...torn, `trend.json lists ${listed}, the index names ${named}`];
}

/** Stable keys whose bytes are not those that the index names. */
export async function staleKeys(store: ArtifactStore): Promise<readonly string[]> {
  const index = await readIndex(store);
  const stale: string[] = [];
  for (const [key, named] of index === null ? [] : stableFiles(index)) {
    const expected = await readNamedFile(store, named);
    const actual = (await store.get(key))?.body;
    if (actual === undefined || new TextDecoder().decode(actual) !== new TextDecoder().decode(expected)) {
      stale.push(key);
    }
  }
  return stale;
}

function stableFiles({ snapshot, shared }: IndexDocument) {
  const months = Object.entries(snapshot).flatMap(([period, { files }]) =>
    Object.entries(files).map(([file, named]) => [stableKey(period, file), named] as const),
  );
  return [...months, ...Object.entries(shared)];
}
