import * as v from "valibot";
import { amount, count, instant, month, schemaVersion, sha256 } from "./schema-parts.ts";

const file = v.object({ key: v.string(), sha256, bytes: count });

/** A published month: where its files stand and under what they were computed. */
const snapshot = v.object({
  run_id: v.string(),
  /** The event's time: a later one replaces this snapshot, an earlier one never does. */
  as_of: instant,
  estimated: v.boolean(),
  /** The month was still running when it was collected: it is read again until it is whole. */
  is_mtd: v.boolean(),
  /** SHA-256 of metric, tag key, cost category, split rules and storage options. */
  config: sha256,
  /** What the month came to in this snapshot; once it is replaced, `restated` remembers it. */
  total_cost_usd: amount,
  files: v.record(v.string(), file),
  /**
   * What this month's total was at earlier collections wherever the next one read another, oldest first, the last
   * `REVISED_LENGTH`: a revision by AWS shows itself here. While the month ran it simply grew; such an entry's `as_of`
   * lies within the month.
   */
  restated: v.array(v.object({ run_id: v.string(), as_of: instant, total_cost_usd: amount })),
});

/** `index.json`: the pointer and manifest. Whoever follows it can never see a mix of two runs. */
export const indexSchema = v.object({
  schema: schemaVersion,
  generation: v.pipe(v.number(), v.integer(), v.minValue(1)),
  run_id: v.string(),
  published_at: instant,
  /** Newest first. */
  periods: v.array(month),
  snapshot: v.record(month, snapshot),
  shared: v.record(v.string(), file),
  /** The last 64 generations, newest last: how a run whose answer was lost learns that it did commit. */
  history: v.array(v.object({ generation: count, run_id: v.string() })),
});

export type IndexDocument = v.InferOutput<typeof indexSchema>;
export type Snapshot = v.InferOutput<typeof snapshot>;
export type SnapshotFile = v.InferOutput<typeof file>;

/** Generations whose run-ids `history` keeps. */
export const HISTORY_LENGTH = 64;

/** Earlier totals that a month remembers: a month of daily readings and half a year of weekly ones. */
export const REVISED_LENGTH = 64;
