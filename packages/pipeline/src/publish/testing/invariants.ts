import type { ArtifactStore } from "@dapanoskop/core/store";
import { type IndexDocument, indexSchema, parseDocument, readIndex } from "@dapanoskop/dataset";
import type { MemoryStore } from "@dapanoskop/dataset/store";
import { publish } from "../publish.ts";
import type { PublishResult, PublishRun } from "../publish-run.ts";
import { recover } from "../recover.ts";
import { aRun, seededRuntime, staleKeys, tornFiles } from "./runs.ts";

/**
 * Checks the invariants of the protocol after each step of a simulation.
 * Every index that was ever current is checked once, by its content.
 */
export interface InvariantMonitor {
  /** @returns violations since the last check; empty when there is none */
  check(): Promise<readonly string[]>;
  /** Every index that was current at a check, oldest first. */
  readonly indexes: readonly IndexDocument[];
}

export interface CheckedIndex {
  readonly index: IndexDocument;
  readonly torn: readonly string[];
}

export interface MonitorOptions {
  /** Indexes that an earlier simulation of the same model has checked, by content. */
  readonly checked?: Map<string, CheckedIndex>;
  /**
   * Contents, and so etags, may become again what they were. A slow writer can then replace a newer file by an older
   * one; it repairs that itself, or the next recover does, so only the end is checked.
   */
  readonly repeats?: boolean;
}

export function monitorInvariants(
  store: MemoryStore,
  { checked = new Map(), repeats = false }: MonitorOptions = {},
): InvariantMonitor {
  const indexes: IndexDocument[] = [];
  const generations = new Map<string, number>();
  let etag: string | undefined;

  async function checkIndex(): Promise<readonly string[]> {
    const object = store.objects.get("index.json");
    if (object?.etag === etag) return [];
    if (object === undefined) return ["index.json vanished"];
    etag = object.etag;
    const text = new TextDecoder().decode(object.body);
    const { index, torn } = checked.get(text) ?? (await readAndCheck(store, object.body));
    checked.set(text, { index, torn });
    const before = indexes.at(-1) ?? null;
    indexes.push(index);
    return [...torn, ...(before === null ? [] : lostBetween(before, index))];
  }

  function checkGenerations(): readonly string[] {
    const violations: string[] = [];
    for (const [key, { metadata }] of store.objects) {
      if (metadata.generation === undefined) continue;
      const generation = Number(metadata.generation);
      const before = generations.get(key) ?? 0;
      if (generation < before && !repeats)
        violations.push(`${key} went back from generation ${before} to ${generation}`);
      generations.set(key, generation);
    }
    return violations;
  }

  return { indexes, check: async () => [...(await checkIndex()), ...checkGenerations()] };
}

async function readAndCheck(store: MemoryStore, body: Uint8Array): Promise<CheckedIndex> {
  const index = parseDocument(indexSchema, "index.json", body);
  return { index, torn: await tornFiles(store).catch((error: unknown) => [String(error)]) };
}

/** What an index lost of the one before it. */
function lostBetween(before: IndexDocument, after: IndexDocument): readonly string[] {
  const violations: string[] = [];
  if (after.generation !== before.generation + 1) {
    violations.push(`generation ${before.generation} was followed by ${after.generation}`);
  }
  const grown = [...before.history, { generation: after.generation, run_id: after.run_id }].slice(-64);
  if (JSON.stringify(grown) !== JSON.stringify(after.history))
    violations.push("the history did not grow by one");
  for (const [period, { as_of, run_id }] of Object.entries(before.snapshot)) {
    const now = after.snapshot[period];
    if (now === undefined) violations.push(`${period} of ${run_id} was lost`);
    else if (now.as_of < as_of) violations.push(`${period} went back from ${as_of} to ${now.as_of}`);
  }
  return violations;
}

/** Where index, run files and stable keys disagree; empty when the store is consistent. */
export async function inconsistencies(store: ArtifactStore): Promise<readonly string[]> {
  const stale = await staleKeys(store);
  return [...(await tornFiles(store)), ...stale.map((key) => `${key} does not match the index`)];
}

/** Inconsistencies that the next run leaves: it recovers, then publishes a later day over what it found. */
export async function inconsistenciesAfterNextRun(store: ArtifactStore): Promise<readonly string[]> {
  const { warnings } = await recover(store);
  const violations = [...warnings, ...(await inconsistencies(store))];
  const before = (await readIndex(store))?.periods ?? [];
  const next = aRun({ number: 0xfff, at: "2026-05-01T06:00:00Z", months: ["2026-03", "2026-04"] });
  const { generation, promoted } = await publish(store, next, seededRuntime());
  if (generation === null || !promoted) violations.push("the next run did not publish");
  const after = (await readIndex(store))?.periods ?? [];
  const lost = before.filter((period) => !after.includes(period));
  return [...violations, ...lost.map((period) => `${period} was lost`), ...(await inconsistencies(store))];
}

/** Statements of a run's result that contradict the indexes that were current during the simulation. */
export function falseStatements(
  run: PublishRun,
  { generation, months }: PublishResult,
  indexes: readonly IndexDocument[],
): readonly string[] {
  const last = indexes.at(-1);
  const own = indexes.find((index) => index.run_id === run.runId);
  const violations: string[] = [];
  if ((own?.generation ?? null) !== generation) violations.push(`${run.runId} says generation ${generation}`);
  for (const { period, outcome } of months) {
    const published = own?.snapshot[period]?.run_id === run.runId;
    if (published !== (outcome === "published"))
      violations.push(`${run.runId} says ${period} was ${outcome}`);
    const current = last?.snapshot[period];
    if (current === undefined || current.as_of < run.at)
      violations.push(`${period} is older than ${run.runId} at the end`);
  }
  return violations;
}
