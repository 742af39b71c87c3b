import type { Instant } from "@dapanoskop/core/calendar";
import type { StateRecord } from "@dapanoskop/core/state";
import * as v from "valibot";

const row = v.tuple([v.string(), v.array(v.nullable(v.string())), v.string()]);

/** What a source answered. Rows are `[day, keys, cost]`, the cost as exact decimal text. */
const answer = v.object({
  answered_at: v.string(),
  currency: v.nullable(v.string()),
  rows: v.array(row),
});

const schema = v.object({
  schema: v.literal(1),
  /** The last answer; `null`: none yet. */
  answer: v.nullable(answer),
  /** Somebody asks the source until then, and nobody else does; `null`: nobody asks. */
  asking_until: v.nullable(v.string()),
  /** When the source last failed to answer, and how; `null`: it answered. */
  failed: v.nullable(v.object({ at: v.string(), failure: v.string() })),
});

/** The record of one query in the cache. */
export type CachedQuery = v.InferOutput<typeof schema>;
export type KeptAnswer = v.InferOutput<typeof answer>;

const NOTHING: CachedQuery = { schema: 1, answer: null, asking_until: null, failed: null };

/** The content of a record. One past its end, or of another version, has nothing: it may still stand in the table. */
export function cachedQueryIn(record: StateRecord | null, now: Instant): CachedQuery {
  if (record === null || (record.expiresAt !== null && record.expiresAt <= now)) return NOTHING;
  const parsed = v.safeParse(schema, record.value);
  return parsed.success ? parsed.output : NOTHING;
}
