import type { Log } from "../lambda/index.ts";
import { type Fetch, Refused, tokenKeys, Unavailable } from "../tokens/index.ts";
import { causesOf } from "./causes.ts";
import { type Cognito, cognito, type Grant } from "./cognito.ts";
import { dataCookies, noDataCookies } from "./data-cookies.ts";
import { type FunctionUrlAnswer, type FunctionUrlRequest, readRequest, requestIdOf } from "./function-url.ts";
import {
  checkAge,
  noRefreshCookie,
  personOf,
  REFRESH_COOKIE,
  type RefreshSession,
  readRefreshCookie,
  refreshCookie,
  SESSION_LIFE,
} from "./refresh-cookie.ts";
import { parseSessionRequest, type SessionRequest } from "./session-request.ts";
import type { SessionSettings } from "./settings.ts";
import type { SignerOf } from "./signer.ts";
import { tokenVerifier, type User, type Verified } from "./verify-tokens.ts";

/** What the session handler is given. */
export interface SessionDependencies {
  readonly settings: () => Promise<SessionSettings>;
  readonly signerOf: SignerOf;
  readonly fetch: Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** The body of a successful answer of `/auth/session` and `/auth/refresh`. */
export interface SessionAnswer {
  readonly access_token: string;
  /** When the page has to refresh at the latest, in seconds since 1970: token and cookies hold until then. */
  readonly expires_at: number;
  readonly user: User;
}

/** The body of every refusal (401) and outage (503). Only the log has the reason. */
export const REFUSAL = JSON.stringify({ error: "refused" });

/**
 * The server side of the page's sign-in, behind a Lambda function URL at `/auth/*`:
 *
 *     POST /auth/session { code, code_verifier, nonce }   200 { access_token, expires_at, user } and the cookies
 *     POST /auth/refresh {}                               the same
 *     POST /auth/logout {}                                204, the cookies removed, the refresh token revoked
 *
 * 401: sign in again. 503: the request could not be decided, and an existing session remains; but a logout removes the
 * cookies also when the refresh token could not be revoked.
 */
export function sessionHandler(
  dependencies: SessionDependencies,
): (event: unknown) => Promise<FunctionUrlAnswer> {
  const { now, log } = dependencies;
  const context: SessionContext = {
    ...dependencies,
    cognito: cognito(dependencies.fetch),
    verify: tokenVerifier(tokenKeys(dependencies.fetch, now), now),
    at: () => Math.floor(now() / 1_000),
  };
  return async (event) => {
    const requestId = requestIdOf(event);
    let action: SessionRequest["action"] | null = null;
    try {
      const request = readRequest(event);
      const settings = await dependencies.settings();
      const wanted = parseSessionRequest(request, settings.host);
      action = wanted.action;
      const answer = await serve(wanted, request, settings, context);
      log.info(SUCCESS_MESSAGES[action], { action, request_id: requestId });
      return answer;
    } catch (failure) {
      logReason(failure, log.with({ action, request_id: requestId }));
      return refuse(failure, action);
    }
  };
}

interface SessionContext extends SessionDependencies {
  readonly cognito: Cognito;
  readonly verify: ReturnType<typeof tokenVerifier>;
  readonly at: () => number;
}

function serve(
  wanted: SessionRequest,
  request: FunctionUrlRequest,
  settings: SessionSettings,
  context: SessionContext,
): Promise<FunctionUrlAnswer> {
  switch (wanted.action) {
    case "open":
      return open(wanted, settings, context);
    case "refresh":
      return refresh(request, settings, context);
    case "close":
      return close(request, settings, context);
  }
}

async function open(
  wanted: Extract<SessionRequest, { action: "open" }>,
  settings: SessionSettings,
  context: SessionContext,
): Promise<FunctionUrlAnswer> {
  // Cognito counts the refresh token's life from about here, too.
  const startedAt = context.at();
  const grant = await context.cognito.exchange(settings, wanted.code, wanted.codeVerifier);
  if (grant.refreshToken === null)
    throw new Refused("grant", "The answer of the token endpoint has no refresh token.");
  const kept = { refreshToken: grant.refreshToken, startedAt, person: null };
  return admit(grant, kept, wanted.nonce, settings, context);
}

async function refresh(
  request: FunctionUrlRequest,
  settings: SessionSettings,
  context: SessionContext,
): Promise<FunctionUrlAnswer> {
  const kept = readRefreshCookie(request.cookie(REFRESH_COOKIE), settings);
  try {
    checkAge(kept, context.at());
  } catch (tooOld) {
    await revokeQuietly(kept.refreshToken, settings, context);
    throw tooOld;
  }
  const grant = await context.cognito.refresh(settings, kept.refreshToken);
  const next = { ...kept, refreshToken: grant.refreshToken ?? kept.refreshToken };
  return admit(grant, next, null, settings, context);
}

/** Verifies Cognito's tokens and opens the session. Tokens that fail the checks are revoked. */
async function admit(
  grant: Grant,
  /** `null`: the tokens say whose session begins. */
  kept: Omit<RefreshSession, "person"> & { readonly person: string | null },
  nonce: string | null,
  settings: SessionSettings,
  context: SessionContext,
): Promise<FunctionUrlAnswer> {
  let verified: Verified;
  try {
    verified = await context.verify(grant, settings, nonce);
    if (kept.person !== null && kept.person !== personOf(verified.sub))
      throw new Refused("person", "The refreshed tokens are not about the person who signed in.");
  } catch (failure) {
    if (failure instanceof Refused) await revokeQuietly(kept.refreshToken, settings, context);
    throw failure;
  }
  const at = context.at();
  const sessionEnd = kept.startedAt + SESSION_LIFE;
  const [data, token] = await Promise.all([
    dataCookies(settings, context.signerOf, { at, sessionEnd }),
    refreshCookie({ ...kept, person: personOf(verified.sub) }, settings, context.signerOf, at),
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
  context: SessionContext,
): Promise<FunctionUrlAnswer> {
  for (const value of request.cookie(REFRESH_COOKIE)) {
    const kept = readQuietly(value, settings);
    if (kept !== null) await context.cognito.revoke(settings, kept.refreshToken);
  }
  return answer(204, "", NO_COOKIES);
}

/** There is no token to revoke in a cookie that this function did not write; the user is signed out nevertheless. */
function readQuietly(value: string, settings: SessionSettings): RefreshSession | null {
  try {
    return readRefreshCookie([value], settings);
  } catch {
    return null;
  }
}

async function revokeQuietly(
  token: string,
  settings: SessionSettings,
  context: SessionContext,
): Promise<void> {
  try {
    await context.cognito.revoke(settings, token);
  } catch {
    // The caller gets the refusal; the token expires within 12 hours.
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

/** A refused refresh also clears the cookies. An outage keeps them, and so does a failed sign-in. */
function refuse(failure: unknown, action: SessionRequest["action"] | null): FunctionUrlAnswer {
  if (failure instanceof Refused) return answer(401, REFUSAL, action === "refresh" ? NO_COOKIES : []);
  return answer(503, REFUSAL, action === "close" ? NO_COOKIES : []);
}

const SUCCESS_MESSAGES: Readonly<Record<SessionRequest["action"], string>> = {
  open: "A session was opened.",
  refresh: "A session was refreshed.",
  close: "A session was closed.",
};

/** Logs the reason of a failure. The log has our own sentences only. */
function logReason(failure: unknown, log: Log): void {
  const causes = causesOf(failure);
  if (failure instanceof Refused) log.warn(failure.message, { reason: failure.reason, causes });
  else if (failure instanceof Unavailable) log.error(failure.message, { reason: failure.reason, causes });
  else
    log.error("The session handler failed with an unexpected error.", {
      reason: "unexpected",
      kind: nameOf(failure),
      causes,
    });
}

function nameOf(failure: unknown): string {
  return failure instanceof Error ? failure.name : typeof failure;
}
