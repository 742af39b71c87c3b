import type { Log } from "../lambda/index.ts";
import { causesOf } from "./causes.ts";
import { type Cognito, cognito, type Grant } from "./cognito.ts";
import { dataCookies, noDataCookies } from "./data-cookies.ts";
import { enter, type Wish } from "./door.ts";
import { type FunctionUrlAnswer, type FunctionUrlRequest, readRequest, requestIdOf } from "./function-url.ts";
import type { Fetch } from "./http.ts";
import {
  checkAge,
  type Kept,
  noRefreshCookie,
  REFRESH_COOKIE,
  readRefreshCookie,
  refreshCookie,
  SESSION_LIFE,
} from "./refresh-cookie.ts";
import { Refused, Unavailable } from "./refused.ts";
import type { SessionSettings } from "./settings.ts";
import type { SignerOf } from "./signer.ts";
import { tokenKeys } from "./token-keys.ts";
import { tokenVerifier, type User, type Verified } from "./verify-tokens.ts";

/** What the handler needs from the world. */
export interface SessionDoors {
  readonly settings: () => Promise<SessionSettings>;
  readonly signerOf: SignerOf;
  readonly fetch: Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** The body of what went well, to `/auth/session` and `/auth/refresh` alike. */
export interface SessionAnswer {
  readonly access_token: string;
  /** When the page has to refresh at the latest, in seconds since 1970: token and cookies hold until then. */
  readonly expires_at: number;
  readonly user: User;
}

/** All that a caller ever learns about a refusal (401) or about an outage (503). The reason stands in the log. */
export const REFUSAL = JSON.stringify({ error: "refused" });

/**
 * The other half of the page's sign-in, behind a Lambda function URL at `/auth/*`:
 *
 *     POST /auth/session { code, code_verifier, nonce }   200 { access_token, expires_at, user } and the cookies
 *     POST /auth/refresh {}                               the same
 *     POST /auth/logout {}                                204, the cookies taken away, the refresh token revoked
 *
 * 401: sign in again. 503: it could not be decided now, a session that exists stays; but a logout whose refresh token
 * could not be revoked takes the cookies away.
 */
export function sessionHandler(doors: SessionDoors): (event: unknown) => Promise<FunctionUrlAnswer> {
  const { now, log } = doors;
  const house: House = {
    ...doors,
    cognito: cognito(doors.fetch),
    verify: tokenVerifier(tokenKeys(doors.fetch, now), now),
    at: () => Math.floor(now() / 1_000),
  };
  return async (event) => {
    const requestId = requestIdOf(event);
    let action: Wish["action"] | null = null;
    try {
      const request = readRequest(event);
      const settings = await doors.settings();
      const wish = enter(request, settings.host);
      action = wish.action;
      const answer = await serve(wish, request, settings, house);
      log.info(WENT_WELL[action], { action, request_id: requestId });
      return answer;
    } catch (failure) {
      tell(failure, log.with({ action, request_id: requestId }));
      return refuse(failure, action);
    }
  };
}

interface House extends SessionDoors {
  readonly cognito: Cognito;
  readonly verify: ReturnType<typeof tokenVerifier>;
  readonly at: () => number;
}

function serve(
  wish: Wish,
  request: FunctionUrlRequest,
  settings: SessionSettings,
  house: House,
): Promise<FunctionUrlAnswer> {
  switch (wish.action) {
    case "open":
      return open(wish, settings, house);
    case "refresh":
      return refresh(request, settings, house);
    case "close":
      return close(request, settings, house);
  }
}

async function open(
  wish: Extract<Wish, { action: "open" }>,
  settings: SessionSettings,
  house: House,
): Promise<FunctionUrlAnswer> {
  // Cognito counts the refresh token's life from about here, too.
  const startedAt = house.at();
  const grant = await house.cognito.exchange(settings, wish.code, wish.codeVerifier);
  if (grant.refreshToken === null) throw new Refused("grant", "The token endpoint gave no refresh token.");
  const kept = { refreshToken: grant.refreshToken, startedAt };
  return admit(grant, kept, wish.nonce, settings, house);
}

async function refresh(
  request: FunctionUrlRequest,
  settings: SessionSettings,
  house: House,
): Promise<FunctionUrlAnswer> {
  const kept = readRefreshCookie(request.cookie(REFRESH_COOKIE), settings);
  try {
    checkAge(kept, house.at());
  } catch (tooOld) {
    await revokeQuietly(kept.refreshToken, settings, house);
    throw tooOld;
  }
  const grant = await house.cognito.refresh(settings, kept.refreshToken);
  const next = { ...kept, refreshToken: grant.refreshToken ?? kept.refreshToken };
  return admit(grant, next, null, settings, house);
}

/** Verifies what Cognito gave and hands it on. What does not hold is revoked: nobody is left to use it. */
async function admit(
  grant: Grant,
  kept: Kept,
  nonce: string | null,
  settings: SessionSettings,
  house: House,
): Promise<FunctionUrlAnswer> {
  let verified: Verified;
  try {
    verified = await house.verify(grant, settings, nonce);
  } catch (failure) {
    if (failure instanceof Refused) await revokeQuietly(kept.refreshToken, settings, house);
    throw failure;
  }
  const at = house.at();
  const sessionEnd = kept.startedAt + SESSION_LIFE;
  const [data, token] = await Promise.all([
    dataCookies(settings, house.signerOf, { at, sessionEnd }),
    refreshCookie(kept, settings, house.signerOf, at),
  ]);
  const body: SessionAnswer = {
    access_token: grant.accessToken,
    expires_at: Math.min(verified.expiresAt, sessionEnd),
    user: verified.user,
  };
  return answer(200, JSON.stringify(body), [...data, token]);
}

async function close(
  request: FunctionUrlRequest,
  settings: SessionSettings,
  house: House,
): Promise<FunctionUrlAnswer> {
  for (const value of request.cookie(REFRESH_COOKIE)) {
    const kept = readQuietly(value, settings);
    if (kept !== null) await house.cognito.revoke(settings, kept.refreshToken);
  }
  return answer(204, "", NO_COOKIES);
}

/** A cookie that we did not write is nothing to revoke, and no reason to stay signed in. */
function readQuietly(value: string, settings: SessionSettings): Kept | null {
  try {
    return readRefreshCookie([value], settings);
  } catch {
    return null;
  }
}

async function revokeQuietly(token: string, settings: SessionSettings, house: House): Promise<void> {
  try {
    await house.cognito.revoke(settings, token);
  } catch {
    // The refusal that is under way is what counts; the token ends by itself within 12 hours.
  }
}

const NO_COOKIES = [...noDataCookies, noRefreshCookie];

const HEADERS = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

function answer(statusCode: number, body: string, cookies: readonly string[]): FunctionUrlAnswer {
  return { statusCode, headers: HEADERS, cookies, body };
}

/** A session that is refused ends in the browser, too. An outage takes none away, nor does a sign-in that failed. */
function refuse(failure: unknown, action: Wish["action"] | null): FunctionUrlAnswer {
  if (failure instanceof Refused) return answer(401, REFUSAL, action === "refresh" ? NO_COOKIES : []);
  return answer(503, REFUSAL, action === "close" ? NO_COOKIES : []);
}

const WENT_WELL: Readonly<Record<Wish["action"], string>> = {
  open: "A session was opened.",
  refresh: "A session was refreshed.",
  close: "A session was closed.",
};

/** Why, for the log: our own sentences only. */
function tell(failure: unknown, log: Log): void {
  const causes = causesOf(failure);
  if (failure instanceof Refused) log.warn(failure.message, { reason: failure.reason, causes });
  else if (failure instanceof Unavailable) log.error(failure.message, { reason: failure.reason, causes });
  else
    log.error("Something failed that never should.", { reason: "unexpected", kind: nameOf(failure), causes });
}

function nameOf(failure: unknown): string {
  return failure instanceof Error ? failure.name : typeof failure;
}
