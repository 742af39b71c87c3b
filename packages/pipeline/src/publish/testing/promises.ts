import type { ArtifactStore } from "@dapanoskop/core/store";
import { type IndexDocument, indexSchema, parseDocument, readIndex } from "@dapanoskop/dataset";
import type { MemoryStore } from "@dapanoskop/dataset/store";
import { publish } from "../publish.ts";
import type { PublishResult, PublishRun } from "../publish-run.ts";
import { recover } from "../recover.ts";
import { aRun, seededRuntime, staleKeys, tornFiles } from "./runs.ts";

/**
 * Watches a store from step to step, and says when a promise of the protocol is broken.
 * Every index that ever stood is checked once, by its content.
 */
export interface Watch {
  /** @returns what is broken since the last look; empty when nothing is */
  look(): Promise<readonly string[]>;
  /** Every index that stood at a look, oldest first. */
  readonly indexes: readonly IndexDocument[];
}

export interface SeenIndex {
  readonly index: IndexDocument;
  readonly torn: readonly string[];
}

export interface WatchOptions {
  /** Indexes that were checked in an earlier life of the same play. */
  readonly seen?: Map<string, SeenIndex>;
  /**
   * Contents, and so etags, may become again what they were. A slow writer can then slip an older file over a newer
   * one; it mends that itself, or the next recover does, so only the end is looked at.
   */
  readonly repeats?: boolean;
}

export function watch(
  store: MemoryStore,
  { seen: known = new Map(), repeats = false }: WatchOptions = {},
): Watch {
  const indexes: IndexDocument[] = [];
  const shown = new Map<string, number>();
  let etag: string | undefined;

  async function lookAtIndex(): Promise<readonly string[]> {
    const object = store.objects.get("index.json");
    if (object?.etag === etag) return [];
    if (object === undefined) return ["index.json vanished"];
    etag = object.etag;
    const text = new TextDecoder().decode(object.body);
    const { index, torn } = known.get(text) ?? (await seeIndex(store, object.body));
    known.set(text, { index, torn });
    const before = indexes.at(-1) ?? null;
    indexes.push(index);
    return [...torn, ...(before === null ? [] : brokenOnward(before, index))];
  }

  function lookAtGenerations(): readonly string[] {
    const broken: string[] = [];
    for (const [key, { metadata }] of store.objects) {
      if (metadata.generation === undefined) continue;
      const generation = Number(metadata.generation);
      const before = shown.get(key) ?? 0;
      if (generation < before && !repeats)
        broken.push(`${key} went back from generation ${before} to ${generation}`);
      shown.set(key, generation);
    }
    return broken;
  }

  return { indexes, look: async () => [...(await lookAtIndex()), ...lookAtGenerations()] };
}

async function seeIndex(store: MemoryStore, body: Uint8Array): Promise<SeenIndex> {
  const index = parseDocument(indexSchema, "index.json", body);
  return { index, torn: await tornFiles(store).catch((error: unknown) => [String(error)]) };
}

/** What one index must keep of the one before it. */
function brokenOnward(before: IndexDocument, after: IndexDocument): readonly string[] {
  const broken: string[] = [];
  if (after.generation !== before.generation + 1) {
    broken.push(`generation ${before.generation} was followed by ${after.generation}`);
  }
  const grown = [...before.history, { generation: after.generation, run_id: after.run_id }].slice(-64);
  if (JSON.stringify(grown) !== JSON.stringify(after.history)) broken.push("the history did not grow by one");
  for (const [period, { as_of, run_id }] of Object.entries(before.snapshot)) {
    const now = after.snapshot[period];
    if (now === undefined) broken.push(`${period} of ${run_id} was lost`);
    else if (now.as_of < as_of) broken.push(`${period} went back from ${as_of} to ${now.as_of}`);
  }
  return broken;
}

/** Everything that stands: index, run files and stable keys agree. */
export async function unsettled(store: ArtifactStore): Promise<readonly string[]> {
  const stale = await staleKeys(store);
  return [...(await tornFiles(store)), ...stale.map((key) => `${key} does not show the index`)];
}

/** What the next run does not put right: it mends, and publishes the day after over whatever was left. */
export async function unhealed(store: ArtifactStore): Promise<readonly string[]> {
  const { warnings } = await recover(store);
  const broken = [...warnings, ...(await unsettled(store))];
  const before = (await readIndex(store))?.periods ?? [];
  const next = aRun({ number: 0xfff, at: "2026-05-01T06:00:00Z", months: ["2026-03", "2026-04"] });
  const { generation, shown } = await publish(store, next, seededRuntime());
  if (generation === null || !shown) broken.push("the next run did not publish");
  const after = (await readIndex(store))?.periods ?? [];
  const lost = before.filter((period) => !after.includes(period));
  return [...broken, ...lost.map((period) => `${period} was lost`), ...(await unsettled(store))];
}

/** What is untrue of what a run says became of it, against every index that ever stood. */
export function untrue(
  run: PublishRun,
  { generation, months }: PublishResult,
  indexes: readonly IndexDocument[],
): readonly string[] {
  const last = indexes.at(-1);
  const own = indexes.find((index) => index.run_id === run.runId);
  const broken: string[] = [];
  if ((own?.generation ?? null) !== generation) broken.push(`${run.runId} says generation ${generation}`);
  for (const { period, outcome } of months) {
    const published = own?.snapshot[period]?.run_id === run.runId;
    if (published !== (outcome === "published")) broken.push(`${run.runId} says ${period} was ${outcome}`);
    const standing = last?.snapshot[period];
    if (standing === undefined || standing.as_of < run.at)
      broken.push(`${period} is older than ${run.runId} at the end`);
  }
  return broken;
}
