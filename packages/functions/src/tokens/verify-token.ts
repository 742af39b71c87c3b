import { JwtVerifier } from "aws-jwt-verify";
import type { JwksCache } from "aws-jwt-verify/jwk";
import * as v from "valibot";
import { Refused, Unavailable } from "./refused.ts";
import { checkTokenShape, type TokenUse } from "./token-shape.ts";

/** How far a pool's clock may be ahead of ours, in seconds. The expiry has no such tolerance. */
const SKEW = 60;

const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const word = v.pipe(v.string(), v.minLength(1));

/** The claims that every token of a pool has. */
const commonClaims = {
  iss: word,
  sub: word,
  exp: seconds,
  iat: seconds,
  nbf: v.optional(seconds),
  auth_time: v.optional(seconds),
  "cognito:groups": v.optional(v.array(v.string())),
};

/** The claims of an access token. */
export const accessSchema = v.object({
  ...commonClaims,
  token_use: v.literal("access"),
  client_id: word,
  scope: v.optional(v.string(), ""),
});

/** The claims of an ID token. */
export const idSchema = v.object({
  ...commonClaims,
  token_use: v.literal("id"),
  aud: word,
  nonce: v.optional(v.string()),
  at_hash: v.optional(v.string()),
  name: v.fallback(v.optional(v.string()), undefined),
  email: v.fallback(v.optional(v.string()), undefined),
  "cognito:username": v.fallback(v.optional(v.string()), undefined),
});

/** The payload of a token whose signature, issuer and expiry were verified by aws-jwt-verify. @throws Refused, Unavailable */
export type SignatureCheck = (token: string) => Promise<unknown>;

/** @param issuers who may sign; keys are read from `{issuer}/.well-known/jwks.json` */
export function signatureCheck(issuers: readonly string[], jwksCache: JwksCache): SignatureCheck {
  const verifier = JwtVerifier.create(
    // The audience is checked by the caller: access tokens of Cognito have none.
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

/** The claims of a token of one use, checked by its schema. @throws Refused, Unavailable */
export async function verifiedClaims<Output>(
  schema: v.GenericSchema<unknown, Output>,
  token: string,
  use: TokenUse,
  check: SignatureCheck,
): Promise<Output> {
  checkTokenShape(token, use);
  const parsed = v.safeParse(schema, await check(token));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const claim = v.getDotPath(issue)?.split(".")[0] ?? "one";
  throw new Refused("claims", `The ${use} token's claim ${claim} is missing or has the wrong type.`);
}

interface TokenTimes {
  readonly exp: number;
  readonly iat: number;
  readonly nbf?: number | undefined;
  readonly auth_time?: number | undefined;
}

/** @param longestLife between iat and exp, in seconds @throws Refused */
export function checkTimes(
  { exp, iat, nbf, auth_time: authTime }: TokenTimes,
  at: number,
  longestLife: number,
): void {
  if (exp <= at) throw new Refused("expired", "A token has expired.");
  if (iat > at + SKEW) throw new Refused("future", "A token was issued in the future.");
  if (nbf !== undefined && nbf > at + SKEW)
    throw new Refused("future", "A token is valid only in the future.");
  if (authTime !== undefined && authTime > at + SKEW)
    throw new Refused("future", "The time of the sign-in is in the future.");
  if (exp <= iat) throw new Refused("life", "A token ended before it began.");
  if (exp - iat > longestLife)
    throw new Refused("life", `A token is valid for longer than ${longestLife} seconds.`);
}

/** @param allowed one of them is needed; empty: none is @throws Refused */
export function checkGroups(groups: readonly string[] | undefined, allowed: readonly string[]): void {
  if (allowed.length === 0) return;
  const known = new Set(allowed);
  if (groups?.some((group) => known.has(group)) === true) return;
  throw new Refused("groups", "The user is in none of the allowed groups.");
}
