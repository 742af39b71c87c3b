import { parseStrictJson } from "@dapanoskop/core/text";
import * as v from "valibot";
import { type Answer, ask, type Fetch, Refused, Unavailable } from "../tokens/index.ts";
import type { SessionSettings } from "./settings.ts";
import type { TokenPair } from "./verify-tokens.ts";

/** What the token endpoint answered. */
export interface Grant extends TokenPair {
  /** `null` when the old one stays valid (an app client that does not rotate). */
  readonly refreshToken: string | null;
}

/** Cognito's OAuth endpoints, for a client without a secret. */
export interface Cognito {
  /** @throws Refused when the code is used, expired, or not for this verifier; Unavailable */
  exchange(settings: SessionSettings, code: string, codeVerifier: string): Promise<Grant>;
  /** @throws Refused when the token is used, revoked or expired; Unavailable */
  refresh(settings: SessionSettings, refreshToken: string): Promise<Grant>;
  /** Revokes a refresh token and all tokens issued with it. Revoking it again is no failure. @throws Unavailable */
  revoke(settings: SessionSettings, refreshToken: string): Promise<void>;
}

const BOUNDS = { timeoutMs: 4_000, bytes: 32_768 };

const grantSchema = v.object({
  access_token: v.string(),
  id_token: v.string(),
  // Bounded so that it fits into a cookie, and of characters that a cookie may have.
  refresh_token: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9._~+/=-]{1,3072}$/))),
  token_type: v.pipe(v.string(), v.regex(/^bearer$/i)),
});
const errorSchema = v.object({ error: v.string() });

export function cognito(fetch: Fetch): Cognito {
  return {
    async exchange(settings, code, codeVerifier) {
      const answer = await post(fetch, `${settings.signInUrl}/oauth2/token`, {
        grant_type: "authorization_code",
        client_id: settings.clientId,
        redirect_uri: `https://${settings.host}/callback`,
        code,
        code_verifier: codeVerifier,
      });
      return readGrant(answer);
    },
    async refresh(settings, refreshToken) {
      // After a lost answer the request may be repeated: the old token of a rotation stays valid for 10 seconds.
      const answer = await twice(() =>
        post(fetch, `${settings.signInUrl}/oauth2/token`, {
          grant_type: "refresh_token",
          client_id: settings.clientId,
          refresh_token: refreshToken,
        }),
      );
      return readGrant(answer);
    },
    async revoke(settings, refreshToken) {
      const { status } = await twice(() =>
        post(fetch, `${settings.signInUrl}/oauth2/revoke`, {
          token: refreshToken,
          client_id: settings.clientId,
        }),
      );
      if (status !== 200) throw new Unavailable("revoke", `Cognito answered ${status} to a revocation.`);
    },
  };
}

/** @throws Unavailable also when Cognito throttles */
async function post(fetch: Fetch, url: string, form: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await ask(
    fetch,
    url,
    {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams(form).toString(),
    },
    BOUNDS,
  );
  if (answer.status !== 429 && answer.status < 500) return answer;
  throw new Unavailable("cognito", `Cognito answered ${answer.status}.`);
}

async function twice<Result>(attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt();
  } catch (failure) {
    if (failure instanceof Unavailable) return attempt();
    throw failure;
  }
}

function readGrant({ status, text }: Answer): Grant {
  const answer = readJson(text);
  if (status !== 200) throw refusal(status, answer);
  const parsed = v.safeParse(grantSchema, answer);
  if (!parsed.success) throw new Refused("grant", "The answer of the token endpoint lacks a token.");
  const { access_token: accessToken, id_token: idToken, refresh_token: refreshToken } = parsed.output;
  return { accessToken, idToken, refreshToken: refreshToken ?? null };
}

function readJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch {
    return null;
  }
}

/** RFC 6749, 5.2. Only an error about the code or the token is the caller's. */
const SETUP_ERRORS = new Set([
  "invalid_client",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
]);

function refusal(status: number, answer: unknown): Error {
  const parsed = v.safeParse(errorSchema, answer);
  const error = parsed.success ? parsed.output.error : null;
  if (error === "invalid_grant" || error === "invalid_request") {
    return new Refused("grant", `Cognito refused the code or the refresh token: ${error}.`);
  }
  const said = error !== null && SETUP_ERRORS.has(error) ? error : `status ${status}`;
  return new Unavailable(
    "cognito",
    `Cognito refused this app client: ${said}. Check it against the settings.`,
  );
}
