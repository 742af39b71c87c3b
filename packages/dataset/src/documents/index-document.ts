import * as v from "valibot";
import { LAST_GENERATION } from "../keys/key.ts";
import { amount, count, instant, month, schemaVersion, sha256 } from "./schema-parts.ts";
import { source } from "./source.ts";

/** Numbers that a next generation can follow. */
const generation = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LAST_GENERATION));

/** A century: no list of an index is longer, so that a foreign one cannot keep a reader busy. */
const MOST_MONTHS = 1_200;
const MOST_ENTRIES = 1_000;

const file = v.object({ key: v.string(), sha256, bytes: count });

/** A published month: its files and the configuration that they were computed with. */
const snapshot = v.object({
  run_id: v.string(),
  /** The event's time: a later one replaces this snapshot, an earlier one never does. */
  as_of: instant,
  estimated: v.boolean(),
  /** The month was still running when it was collected: it is collected again until it is closed. */
  is_mtd: v.boolean(),
  /** Whether the snapshot has days. Absent: it was published before months had any. */
  has_days: v.optional(v.boolean()),
  /** SHA-256 of metric, tag key, cost category, split rules and storage options. */
  config: sha256,
  /** The total of the month in this snapshot. When the snapshot is replaced by another total, `restated` lists it. */
  total_cost_usd: amount,
  files: v.record(v.string(), file),
  /**
   * The totals of earlier collections that the next one revised, oldest first, at most `REVISED_LENGTH`. AWS revises
   * closed months; a running month grows every day, and the `as_of` of such an entry is within the month.
   */
  restated: v.pipe(
    v.array(v.object({ run_id: v.string(), as_of: instant, total_cost_usd: amount })),
    v.maxLength(MOST_ENTRIES),
  ),
});

/** `index.json`: the pointer and manifest. A reader that follows it never gets files of two runs. */
export const indexSchema = v.object({
  schema: schemaVersion,
  generation,
  run_id: v.string(),
  published_at: instant,
  /** Of the run that published last. Absent in an index that was published before it named a source. */
  source: v.optional(source),
  /** Newest first. */
  periods: v.pipe(v.array(month), v.maxLength(MOST_MONTHS)),
  snapshot: v.pipe(v.record(month, snapshot), v.maxEntries(MOST_MONTHS)),
  shared: v.record(v.string(), file),
  /** The last 64 generations, newest last: a run whose answer was lost finds here whether it committed. */
  history: v.pipe(v.array(v.object({ generation, run_id: v.string() })), v.maxLength(MOST_ENTRIES)),
});

export type IndexDocument = v.InferOutput<typeof indexSchema>;
export type Snapshot = v.InferOutput<typeof snapshot>;
export type SnapshotFile = v.InferOutput<typeof file>;

/** Generations whose run-ids `history` keeps. */
export const HISTORY_LENGTH = 64;

/** Earlier totals that a month lists: a month of daily collections and half a year of weekly ones. */
export const REVISED_LENGTH = 64;
