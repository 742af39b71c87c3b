import { createHash } from "node:crypto";
import { Refused } from "../tokens/index.ts";
import type { SessionSettings } from "./settings.ts";
import { type SignerOf, signedBy, signWith } from "./signer.ts";

/** A session ends this long after its sign-in, however often it was refreshed; in seconds. */
export const SESSION_LIFE = 12 * 60 * 60;

/**
 * With this prefix browsers accept the cookie over https only. `__Host-` would be stricter, but requires Path=/, and this
 * cookie is for /auth only.
 */
export const REFRESH_COOKIE = "__Secure-dapanoskop-refresh";

const ATTRIBUTES = "Path=/auth; Secure; HttpOnly; SameSite=Strict";

/** The content of the cookie. */
export interface RefreshSession {
  readonly refreshToken: string;
  /** When the person signed in, in seconds since 1970. */
  readonly startedAt: number;
  /** Whose session it is: `personOf` the tokens of the sign-in. */
  readonly person: string;
}

/** Names the person of a token in the cookie, without its `sub`. */
export const personOf = (sub: string): string => createHash("sha256").update(sub).digest("base64url");

/**
 * The `Set-Cookie` of a refresh token. With the token the cookie has the signed person and time of the sign-in, so that a session
 * never becomes another person's, and that the session's
 * 12 hours count from there through every rotation. Cognito ends a rotated token when the first one would have ended, but
 * that alone would not reveal a wrong setting of the app client; and `auth_time` cannot be used: Cognito was seen to renew
 * it when tokens rotate.
 * @throws Unavailable
 */
export async function refreshCookie(
  kept: RefreshSession,
  settings: SessionSettings,
  signerOf: SignerOf,
  at: number,
): Promise<string> {
  const seal = await signWith(settings.signingKeys[0], signerOf, sealed(kept, settings));
  const value = `2.${kept.startedAt}.${kept.person}.${seal.toString("base64url")}.${kept.refreshToken}`;
  return `${REFRESH_COOKIE}=${value}; ${ATTRIBUTES}; Max-Age=${kept.startedAt + SESSION_LIFE - at}`;
}

/** Removes the cookie. */
export const noRefreshCookie = `${REFRESH_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;

const VALUE =
  /^2\.([1-9]\d{0,11})\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{1,1024})\.([A-Za-z0-9._~+/=-]{1,3072})$/;

/**
 * The content of the cookie of our name. A signature of any key of the settings is valid: a key rotation ends no session.
 * @throws Refused when there is none, more than one, or one that this function did not write
 */
export function readRefreshCookie(values: readonly string[], settings: SessionSettings): RefreshSession {
  const [value] = values;
  if (value === undefined) throw new Refused("no-cookie", "There is no session.");
  // Another subdomain can set a second one, and the two cannot be told apart.
  if (values.length > 1) throw new Refused("two-cookies", "There are two sessions at once.");
  const [, startedAt = "", person = "", seal = "", refreshToken = ""] = VALUE.exec(value) ?? [];
  const kept = { refreshToken, startedAt: Number(startedAt), person };
  const signature = Buffer.from(seal, "base64url");
  const message = sealed(kept, settings);
  if (!settings.signingKeys.some((key) => signedBy(key, message, signature))) {
    throw new Refused("seal", "The session's cookie has no valid signature.");
  }
  return kept;
}

/** @throws Refused when the session is over, or begins only later */
export function checkAge({ startedAt }: RefreshSession, at: number): void {
  if (at >= startedAt + SESSION_LIFE) throw new Refused("too-old", "The session's 12 hours are over.");
  if (startedAt > at + 60) throw new Refused("future", "The session begins in the future.");
}

/**
 * What is signed. It names this deployment, this person and this token: the start of a later session cannot be combined with the
 * token of an earlier one, nor a person with another's. It is not JSON, so CloudFront, which trusts the same key, cannot read it as a policy.
 */
function sealed(
  { refreshToken, startedAt, person }: RefreshSession,
  { host, clientId }: SessionSettings,
): Buffer {
  const token = createHash("sha256").update(refreshToken).digest("hex");
  return Buffer.from(`dapanoskop session 2\n${host}\n${clientId}\n${startedAt}\n${person}\n${token}`);
}
