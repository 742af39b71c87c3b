import { createHash } from "node:crypto";
import type { JwksCache } from "aws-jwt-verify/jwk";
import type * as v from "valibot";
import {
  accessSchema,
  checkGroups,
  checkTimes,
  checkTokenShape,
  idSchema,
  Refused,
  type SignatureCheck,
  signatureCheck,
  verifiedClaims,
} from "../tokens/index.ts";
import type { SessionSettings } from "./settings.ts";

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
  /** The `sub` of both tokens: names the person in the pool for good. */
  readonly sub: string;
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
/**
 * Verifies what the token endpoint answered: signatures, issuer and expiry by aws-jwt-verify, and here what the library
 * does not check. What cannot be verified is refused.
 */
export function tokenVerifier(keys: JwksCache, now: () => number): VerifyTokens {
  const checks = new WeakMap<SessionSettings, SignatureCheck>();
  const checkOf = (settings: SessionSettings): SignatureCheck => {
    const check = checks.get(settings) ?? signatureCheck(settings.issuers, keys);
    checks.set(settings, check);
    return check;
  };

  return async (tokens, settings, nonce) => {
    // The shape of both is checked before any key is read.
    checkTokenShape(tokens.accessToken, "access");
    checkTokenShape(tokens.idToken, "id");
    const check = checkOf(settings);
    const access = await verifiedClaims(accessSchema, tokens.accessToken, "access", check);
    const id = await verifiedClaims(idSchema, tokens.idToken, "id", check);
    const at = Math.floor(now() / 1_000);
    checkTimes(access, at, LONGEST_LIFE);
    checkTimes(id, at, LONGEST_LIFE);
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
    return { expiresAt: Math.min(access.exp, id.exp), user: userOf(id), sub: id.sub };
  };
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
