import { parseStrictJson } from "@dapanoskop/core/text";
import type { JwksCache, JwkWithKid } from "aws-jwt-verify/jwk";
import * as v from "valibot";
import { ask, type Fetch } from "./http.ts";
import { Refused, Unavailable } from "./refused.ts";

/** How long keys are used without reading them again: a key that the pool has withdrawn is refused after this. */
const KEYS_LIFE_MS = 60 * 60_000;
/** Between two reads: tokens with made-up key ids cannot cause more of them. */
const PAUSE_MS = 30_000;
const PAUSE_AFTER_FAILURE_MS = 2_000;
const BOUNDS = { timeoutMs: 3_000, bytes: 65_536 };

const schema = v.object({
  keys: v.pipe(v.array(v.unknown()), v.maxLength(64)),
});

/** Only keys that are accepted: RSA for RS256 signatures, 2,048 bits or more. */
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
 * The public keys of a pool, kept in memory. Concurrent callers share one request; an unknown key id causes a new request
 * at most every 30 seconds; keys that were read stay valid while the pool does not answer.
 */
export function tokenKeys(fetch: Fetch, now: () => number): JwksCache {
  const locations = new Map<string, KeyLocation>();
  const locationOf = (uri: string): KeyLocation => {
    const location = locations.get(uri) ?? makeLocation(uri, fetch, now);
    locations.set(uri, location);
    return location;
  };
  return {
    async getJwk(uri, { header }) {
      if (typeof header.kid !== "string") throw new Refused("token-kid", "The token has no key id.");
      return locationOf(uri).key(header.kid);
    },
    // The other methods of the library's cache serve its synchronous verifier, which is not used.
    getCachedJwk: unused,
    addJwks: unused,
    getJwks: unused,
  };
}

function unused(): never {
  throw new Unavailable("unused", "Only single keys can be read.");
}

interface KeyLocation {
  key(kid: string): Promise<JwkWithKid>;
}

function makeLocation(uri: string, fetch: Fetch, now: () => number): KeyLocation {
  let known: Known | null = null;
  let reading: Promise<void> | null = null;
  let readAgainAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    try {
      known = { keys: await fetchKeys(uri, fetch), at: now() };
      readAgainAt = now() + PAUSE_MS;
    } catch (failure) {
      readAgainAt = now() + PAUSE_AFTER_FAILURE_MS;
      throw failure;
    } finally {
      reading = null;
    }
  }

  return {
    async key(kid) {
      const before = known?.keys.get(kid);
      if (before !== undefined && known !== null && now() - known.at < KEYS_LIFE_MS) return before;
      if (reading !== null || now() >= readAgainAt) {
        reading ??= refresh();
        try {
          await reading;
        } catch (failure) {
          if (before === undefined) throw failure;
        }
      }
      const key = known?.keys.get(kid);
      if (key !== undefined) return key;
      if (known === null) throw new Unavailable("no-keys", "The pool's keys could not be read a moment ago.");
      throw new Refused("token-kid", "The pool has no key of the token's key id.");
    },
  };
}

async function fetchKeys(uri: string, fetch: Fetch): Promise<ReadonlyMap<string, JwkWithKid>> {
  const { status, text } = await ask(fetch, uri, { headers: { accept: "application/json" } }, BOUNDS);
  if (status !== 200)
    throw new Unavailable("no-keys", `The pool answered the request for its keys with status ${status}.`);
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
    throw new Unavailable("no-keys", "The pool's keys are not JSON.", { cause });
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output.keys;
  throw new Unavailable("no-keys", "The pool's keys are not a JSON Web Key Set.");
}
