import type { JwksCache, JwkWithKid } from "aws-jwt-verify/jwk";
import * as v from "valibot";
import { ask, type Fetch } from "./http.ts";
import { Refused, Unavailable } from "./refused.ts";
import { parseStrictJson } from "./strict-json.ts";

/** How long keys are believed without asking again: a key that the pool withdrew is refused after this. */
const FRESH = 60 * 60_000;
/** Between two questions: a stranger who invents key ids cannot make us ask more often. */
const PAUSE = 30_000;
const PAUSE_AFTER_FAILURE = 2_000;
const BOUNDS = { timeoutMs: 3_000, bytes: 65_536 };

const schema = v.object({
  keys: v.pipe(v.array(v.unknown()), v.maxLength(64)),
});

/** Only keys that can be meant: RSA for RS256 signatures, 2,048 bits or more. */
const keySchema = v.object({
  kid: v.pipe(v.string(), v.minLength(1)),
  kty: v.literal("RSA"),
  alg: v.optional(v.literal("RS256"), "RS256"),
  use: v.optional(v.literal("sig"), "sig"),
  n: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{342,1366}$/)),
  e: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{2,8}$/)),
});

interface Known {
  readonly keys: ReadonlyMap<string, JwkWithKid>;
  readonly at: number;
}

/**
 * The public keys of a pool, kept in memory. One question at a time for everybody who waits; an unknown key id leads to
 * a new question at most every 30 seconds; keys once known stay good while the pool does not answer.
 */
export function tokenKeys(fetch: Fetch, now: () => number): JwksCache {
  const places = new Map<string, KeyLocation>();
  const placeOf = (uri: string): KeyLocation => {
    const place = places.get(uri) ?? makePlace(uri, fetch, now);
    places.set(uri, place);
    return place;
  };
  return {
    async getJwk(uri, { header }) {
      if (typeof header.kid !== "string") throw new Refused("token-kid", "A token names no key.");
      return placeOf(uri).key(header.kid);
    },
    // The rest of what the library calls a cache belongs to its synchronous half, which is not used.
    getCachedJwk: unused,
    addJwks: unused,
    getJwks: unused,
  };
}

function unused(): never {
  throw new Unavailable("unused", "Keys are only asked for one by one.");
}

interface KeyLocation {
  key(kid: string): Promise<JwkWithKid>;
}

function makePlace(uri: string, fetch: Fetch, now: () => number): KeyLocation {
  let known: Known | null = null;
  let asking: Promise<void> | null = null;
  let askAgainAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    try {
      known = { keys: await fetchKeys(uri, fetch), at: now() };
      askAgainAt = now() + PAUSE;
    } catch (failure) {
      askAgainAt = now() + PAUSE_AFTER_FAILURE;
      throw failure;
    } finally {
      asking = null;
    }
  }

  return {
    async key(kid) {
      const before = known?.keys.get(kid);
      if (before !== undefined && known !== null && now() - known.at < FRESH) return before;
      if (asking !== null || now() >= askAgainAt) {
        asking ??= refresh();
        try {
          await asking;
        } catch (failure) {
          if (before === undefined) throw failure;
        }
      }
      const key = known?.keys.get(kid);
      if (key !== undefined) return key;
      if (known === null) throw new Unavailable("no-keys", "The pool's keys could not be read a moment ago.");
      throw new Refused("token-kid", "A token names a key that the pool does not know.");
    },
  };
}

async function fetchKeys(uri: string, fetch: Fetch): Promise<ReadonlyMap<string, JwkWithKid>> {
  const { status, text } = await ask(fetch, uri, { headers: { accept: "application/json" } }, BOUNDS);
  if (status !== 200)
    throw new Unavailable("no-keys", `The pool answered ${status} where its keys should be.`);
  const keys = new Map<string, JwkWithKid>();
  for (const candidate of readCandidates(text)) {
    const { success, output } = v.safeParse(keySchema, candidate);
    if (success) keys.set(output.kid, output);
  }
  return keys;
}

function readCandidates(text: string): readonly unknown[] {
  let value: unknown;
  try {
    value = parseStrictJson(text);
  } catch (cause) {
    throw new Unavailable("no-keys", "The pool's keys are no JSON.", { cause });
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output.keys;
  throw new Unavailable("no-keys", "The pool's keys are not listed as they should be.");
}
