import { createHash } from "node:crypto";
import { JwtVerifier } from "aws-jwt-verify";
import type { JwksCache } from "aws-jwt-verify/jwk";
import * as v from "valibot";
import { Refused, Unavailable } from "./refused.ts";
import type { SessionSettings } from "./settings.ts";
import { checkTokenShape, type TokenUse } from "./token-shape.ts";

/** Tokens as Cognito's token endpoint gave them. */
export interface TokenPair {
  readonly accessToken: string;
  readonly idToken: string;
}

/** What two valid tokens say. */
export interface Verified {
  /** When the access token ends, in seconds since 1970. */
  readonly expiresAt: number;
  readonly user: User;
}

/** Who signed in, for the page to show. Names are hostile strings. */
export interface User {
  readonly name: string;
  readonly email: string | null;
}

export type VerifyTokens = (
  tokens: TokenPair,
  settings: SessionSettings,
  /** The nonce that the page began this sign-in with; `null` for a refresh, which has none. */
  nonce: string | null,
) => Promise<Verified>;

/** Between iat and exp, in seconds. Tokens of our app client are valid for 5 minutes; one that is valid for longer than a cookie is not ours. */
const LONGEST_LIFE = 15 * 60;
/** How far a pool's clock may be ahead of ours, in seconds. The expiry has no such tolerance. */
const SKEW = 60;

const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const groups = v.optional(v.array(v.string()));
const word = v.pipe(v.string(), v.minLength(1));
const common = {
  iss: word,
  sub: word,
  exp: seconds,
  iat: seconds,
  nbf: v.optional(seconds),
  auth_time: v.optional(seconds),
  "cognito:groups": groups,
};
const accessSchema = v.object({ ...common, token_use: v.literal("access"), client_id: word });
const idSchema = v.object({
  ...common,
  token_use: v.literal("id"),
  aud: word,
  nonce: v.optional(v.string()),
  at_hash: v.optional(v.string()),
  name: v.fallback(v.optional(v.string()), undefined),
  email: v.fallback(v.optional(v.string()), undefined),
  "cognito:username": v.fallback(v.optional(v.string()), undefined),
});

/**
 * Verifies what the token endpoint answered: signatures, issuer and expiry by aws-jwt-verify, and here what the library
 * does not check. What cannot be verified is refused.
 */
export function tokenVerifier(keys: JwksCache, now: () => number): VerifyTokens {
  const verifiers = new WeakMap<SessionSettings, Verifier>();
  const verifierOf = (settings: SessionSettings): Verifier => {
    const verifier = verifiers.get(settings) ?? makeVerifier(settings, keys);
    verifiers.set(settings, verifier);
    return verifier;
  };

  return async (tokens, settings, nonce) => {
    // The shape of both is checked before any key is read.
    checkTokenShape(tokens.accessToken, "access");
    checkTokenShape(tokens.idToken, "id");
    const verify = verifierOf(settings);
    const access = claims(accessSchema, await verify(tokens.accessToken), "access");
    const id = claims(idSchema, await verify(tokens.idToken), "id");
    const at = Math.floor(now() / 1_000);
    checkTimes(access, at);
    checkTimes(id, at);
    if (access.client_id !== settings.clientId)
      throw new Refused("client", "The access token is for another client.");
    if (id.aud !== settings.clientId) throw new Refused("client", "The ID token is for another client.");
    if (id.iss !== access.iss || id.sub !== access.sub) {
      throw new Refused("pair", "The two tokens are not about the same person.");
    }
    if (nonce !== null && id.nonce !== nonce) throw new Refused("nonce", "The ID token has another nonce.");
    if (id.at_hash !== undefined && id.at_hash !== hashOf(tokens.accessToken)) {
      throw new Refused("at-hash", "The ID token was issued with another access token.");
    }
    checkGroups(access["cognito:groups"], settings.allowedGroups);
    return { expiresAt: Math.min(access.exp, id.exp), user: userOf(id) };
  };
}

type Verifier = (token: string) => Promise<unknown>;

function makeVerifier({ issuers }: SessionSettings, jwksCache: JwksCache): Verifier {
  const verifier = JwtVerifier.create(
    // The audience is checked above: access tokens of Cognito have none.
    issuers.map((issuer) => ({ issuer, audience: null, jwksUri: `${issuer}/.well-known/jwks.json` })),
    { jwksCache },
  );
  return async (token) => {
    try {
      return await verifier.verify(token, {});
    } catch (cause) {
      if (cause instanceof Refused || cause instanceof Unavailable) throw cause;
      throw new Refused("token", "A token is not valid: its signature, its issuer or its time.", { cause });
    }
  };
}

function claims<Output>(schema: v.GenericSchema<unknown, Output>, payload: unknown, use: TokenUse): Output {
  const parsed = v.safeParse(schema, payload);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const claim = v.getDotPath(issue)?.split(".")[0] ?? "one";
  throw new Refused("claims", `The ${use} token's claim ${claim} is missing or has the wrong type.`);
}

interface Times {
  readonly exp: number;
  readonly iat: number;
  readonly nbf?: number | undefined;
  readonly auth_time?: number | undefined;
}

function checkTimes({ exp, iat, nbf, auth_time: authTime }: Times, at: number): void {
  if (exp <= at) throw new Refused("expired", "A token has expired.");
  if (iat > at + SKEW) throw new Refused("future", "A token was issued in the future.");
  if (nbf !== undefined && nbf > at + SKEW)
    throw new Refused("future", "A token is valid only in the future.");
  if (authTime !== undefined && authTime > at + SKEW)
    throw new Refused("future", "The time of the sign-in is in the future.");
  if (exp <= iat) throw new Refused("life", "A token ended before it began.");
  if (exp - iat > LONGEST_LIFE)
    throw new Refused("life", `A token is valid for longer than ${LONGEST_LIFE} seconds.`);
}

function checkGroups(groups: readonly string[] | undefined, allowed: readonly string[]): void {
  if (allowed.length === 0) return;
  const known = new Set(allowed);
  if (groups?.some((group) => known.has(group)) === true) return;
  throw new Refused("groups", "The user is in none of the allowed groups.");
}

/** OpenID Connect Core 3.1.3.6: the left half of the token's SHA-256, in base64url. */
function hashOf(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");
}

const LONGEST_NAME = 200;

function userOf(id: v.InferOutput<typeof idSchema>): User {
  const named = [id.name, id.email, id["cognito:username"], id.sub].find((text) => text?.trim());
  return { name: shortened(named ?? id.sub), email: id.email === undefined ? null : shortened(id.email) };
}

function shortened(text: string): string {
  return [...text.slice(0, 2 * LONGEST_NAME)].slice(0, LONGEST_NAME).join("");
}
