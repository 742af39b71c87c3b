import { type Instant, instantOf } from "@dapanoskop/core/calendar";
import { moneyText } from "@dapanoskop/core/money";
import type { Runtime } from "@dapanoskop/core/runtime";
import {
  type CostQuery,
  CostSourceError,
  type CostSourceFailure,
  type RequestCosts,
} from "@dapanoskop/core/source";
import { StateError, type StateKey, type StateStore } from "@dapanoskop/core/state";
import { sha256Hex } from "@dapanoskop/dataset";
import type { BillAccess } from "../api-context.ts";
import { type CachedQuery, cachedQueryIn, type KeptAnswer } from "./kept-answer.ts";

/** An answer is fresh for so long. AWS itself refreshes a bill up to three times a day. */
const FRESH_HOURS = 12;
/** A source that is down is replaced by an answer of up to so many days ago. */
const KEPT_DAYS = 14;

/** Of one query to the source, in seconds; then another request may ask. */
const LEASE = 25;
/** How long a source that did not answer is not asked again, in seconds. */
const PAUSE = 30;
/** Between two looks at a query that somebody else asks, in milliseconds. */
const POLL = 250;

/** A larger answer is given, but not kept: a record of state has 300,000 bytes. */
const LARGEST_KEPT = 250_000;

export interface CacheDependencies {
  readonly state: StateStore;
  readonly bill: BillAccess;
  readonly runtime: Pick<Runtime, "clock" | "random">;
  /** Permits a query to the source, or throws: it bounds what queries cost. */
  permit(): Promise<void>;
}

export interface CachedAnswer {
  readonly answer: KeptAnswer;
  readonly isCached: boolean;
  /** The source does not answer, and this is its last answer. */
  readonly isStale: boolean;
  readonly ageSeconds: number;
  /** What this request cost. */
  readonly costs: RequestCosts | null;
}

/** Neither the source nor the cache has an answer. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
  readonly failure: CostSourceFailure;

  constructor(failure: CostSourceFailure, options?: ErrorOptions) {
    super(`The bill gave no answer: ${failure}.`, options);
    this.failure = failure;
  }
}

/**
 * The answer to a query: from the cache where it is at most 12 hours old, else from the source. What is asked is the key, never
 * the time. Of parallel requests, also in other processes, one asks the source and the others wait for its answer.
 * @throws NoAnswerError, StateError, and what `permit` throws
 */
export async function cachedCosts(query: CostQuery, dependencies: CacheDependencies): Promise<CachedAnswer> {
  const { state, runtime } = dependencies;
  const key = await cacheKey(query, dependencies.bill.scope);
  // A lease ends by itself, so a turn ends: by an answer, by an error, or by a lease of our own.
  for (;;) {
    const now = runtime.clock.now();
    const record = await state.get(key);
    const known = cachedQueryIn(record, now);
    const { answer, asking_until: askingUntil, failed } = known;
    if (answer !== null && secondsBetween(answer.answered_at, now) < FRESH_HOURS * 3_600) {
      return fromCache(answer, now, false);
    }
    if (failed !== null && secondsBetween(failed.at, now) < PAUSE) {
      if (answer !== null) return fromCache(answer, now, true);
      throw new NoAnswerError(failed.failure as CostSourceFailure);
    }
    if (askingUntil !== null && askingUntil > now) {
      await runtime.clock.sleep(POLL);
      continue;
    }
    const claimed: CachedQuery = { ...known, asking_until: later(now, LEASE) };
    const put = await write(state, key, claimed, record?.version ?? null, now);
    if (put !== null) return ask(query, { key, claimed, version: put }, dependencies);
  }
}

interface CacheLease {
  readonly key: StateKey;
  readonly claimed: CachedQuery;
  readonly version: string;
}

async function ask(
  query: CostQuery,
  { key, claimed, version }: CacheLease,
  { state, bill, runtime, permit }: CacheDependencies,
): Promise<CachedAnswer> {
  // What became of the query is more than the cache: where it cannot be written the lease ends by itself.
  const keep = async (next: CachedQuery): Promise<void> => {
    await write(state, key, next, version, runtime.clock.now()).catch(onlyStateError);
  };
  const release = (failed: CachedQuery["failed"]) => keep({ ...claimed, asking_until: null, failed });
  try {
    await permit();
  } catch (refused) {
    await release(null);
    throw refused;
  }
  let answered: Pick<CachedAnswer, "answer" | "costs">;
  try {
    const source = bill.open();
    const { rows } = await source.query(query);
    const answer: KeptAnswer = {
      answered_at: runtime.clock.now(),
      currency: rows[0]?.cost.currency ?? null,
      rows: rows.map(({ day, keys, cost }) => [day, [...keys], moneyText(cost)]),
    };
    answered = { answer, costs: source.requestCosts ?? null };
  } catch (cause) {
    const failure = cause instanceof CostSourceError ? cause.failure : "unreachable";
    const now = runtime.clock.now();
    await release({ at: now, failure });
    if (claimed.answer !== null && OUTAGES.has(failure)) return fromCache(claimed.answer, now, true);
    throw new NoAnswerError(failure, { cause });
  }
  const isKept = new TextEncoder().encode(JSON.stringify(answered.answer)).length <= LARGEST_KEPT;
  await keep({ schema: 1, answer: isKept ? answered.answer : null, asking_until: null, failed: null });
  return { ...answered, isCached: false, isStale: false, ageSeconds: 0 };
}

function onlyStateError(error: unknown): void {
  if (!(error instanceof StateError)) throw error;
}

/** The source did not answer for a reason that is not the query's. */
const OUTAGES: ReadonlySet<CostSourceFailure> = new Set([
  "unreachable",
  "deadline",
  "credentials",
  "access-denied",
  "not-activated",
  "data-unavailable",
  "protocol",
  "budget",
]);

const fromCache = (answer: KeptAnswer, now: Instant, isStale: boolean): CachedAnswer => ({
  answer,
  isCached: true,
  isStale,
  ageSeconds: Math.max(0, secondsBetween(answer.answered_at, now)),
  costs: null,
});

/** @returns the new version; `null` where another request wrote first */
async function write(
  state: StateStore,
  key: StateKey,
  value: CachedQuery,
  version: string | null,
  now: Instant,
): Promise<string | null> {
  const next = { value, expiresAt: later(now, KEPT_DAYS * 86_400) };
  const put = await (version === null
    ? state.putIfAbsent(key, next)
    : state.putIfVersion(key, next, version));
  return put.outcome === "written" ? put.version : null;
}

/** The partition of the cache: records end by themselves. */
const PARTITION = "cost-cache";

async function cacheKey(query: CostQuery, scope: string): Promise<StateKey> {
  const { window, granularity, metric, groupBy, filter = null } = query;
  const asked = [scope, window.start, window.end, granularity, metric, groupBy, filter];
  return { partition: PARTITION, sort: await sha256Hex(new TextEncoder().encode(JSON.stringify(asked))) };
}

const secondsBetween = (from: Instant, to: Instant): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 1_000);
const later = (now: Instant, seconds: number): Instant =>
  instantOf(new Date(Date.parse(now) + seconds * 1_000));
