import { createHash, type KeyObject, sign } from "node:crypto";
import type { Fetch } from "../../tokens/index.ts";
import type { SessionSettings } from "../settings.ts";
import { anRsaKey, type RsaKey } from "./rsa-keys.ts";

export const NONCE = "n".repeat(22);
export const ISSUER = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Dapanos";
export const CLIENT = "1example23456789";
export const HOST = "d111111abcdef8.cloudfront.net";
const SIGN_IN = "https://bill.auth.eu-central-1.amazoncognito.com";

export type Claims = Readonly<Record<string, unknown>>;

/** One key for all tests of a file: a new one takes a tenth of a second. */
export const poolKey: RsaKey = anRsaKey("pool");
export const edgeKey: RsaKey = anRsaKey("edge");

export function settings(changes: Partial<SessionSettings> = {}): SessionSettings {
  return {
    host: HOST,
    issuers: [ISSUER],
    signInUrl: SIGN_IN,
    clientId: CLIENT,
    allowedGroups: [],
    signingKeys: [edgeKey.signingKey],
    ...changes,
  };
}

export const HEADER = { kid: "key-1", alg: "RS256" };

export function accessClaims(at: number, changes: Claims = {}): Claims {
  return {
    sub: "b4d8-zoe",
    "cognito:groups": ["finance"],
    iss: ISSUER,
    version: 2,
    client_id: CLIENT,
    origin_jti: "o-1",
    token_use: "access",
    scope: "openid email",
    auth_time: at,
    exp: at + 300,
    iat: at,
    jti: "a-1",
    username: "zoe",
    ...changes,
  };
}

export function idClaims(at: number, changes: Claims = {}): Claims {
  return {
    sub: "b4d8-zoe",
    "cognito:groups": ["finance"],
    iss: ISSUER,
    "cognito:username": "zoe",
    nonce: NONCE,
    origin_jti: "o-1",
    aud: CLIENT,
    token_use: "id",
    auth_time: at,
    name: "Zoë Müller",
    exp: at + 300,
    iat: at,
    jti: "i-1",
    email: "zoe@example.org",
    ...changes,
  };
}

export const part = (value: unknown): string => raw(JSON.stringify(value));
export const raw = (text: string | Uint8Array): string => Buffer.from(text).toString("base64url");

/** A token, well signed whatever it says. */
export function token(
  claims: unknown,
  header: unknown = HEADER,
  key: KeyObject = poolKey.privateKey,
): string {
  return signed(`${part(header)}.${part(claims)}`, key);
}

/** Two parts with their signature: for parts that no JSON would become. */
export function signed(parts: string, key: KeyObject = poolKey.privateKey): string {
  return `${parts}.${sign("sha256", Buffer.from(parts), key).toString("base64url")}`;
}

export const atHash = (accessToken: string): string =>
  createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");

export function jwks(...keys: readonly (readonly [kid: string, key: RsaKey])[]): string {
  return JSON.stringify({
    keys: keys.map(([kid, { publicKey }]) => ({
      ...publicKey.export({ format: "jwk" }),
      kid,
      alg: "RS256",
      use: "sig",
    })),
  });
}

/** A pool's answers, by the end of their address; a request that none is written for fails as a dead network does. */
export interface TestPool {
  readonly fetch: Fetch;
  /** What was asked, in order: the path, and the form that was sent. */
  readonly asked: readonly { readonly path: string; readonly form: ReadonlyMap<string, string> }[];
  readonly answers: Map<string, (form: ReadonlyMap<string, string>) => Response | Promise<Response>>;
}

export function testPool(): TestPool {
  const asked: { path: string; form: Map<string, string> }[] = [];
  const answers: TestPool["answers"] = new Map([
    ["/.well-known/jwks.json", () => new Response(jwks(["key-1", poolKey]))],
    ["/oauth2/revoke", () => new Response(null, { status: 200 })],
  ]);
  const fetch: Fetch = async (url, init) => {
    const form = new Map(new URLSearchParams(typeof init.body === "string" ? init.body : ""));
    asked.push({ path: new URL(url).pathname, form });
    for (const [end, answer] of answers) if (url.endsWith(end)) return answer(form);
    throw new TypeError("fetch failed");
  };
  return { fetch, asked, answers };
}

/** The token endpoint's answer. */
export function grant(
  accessToken: string,
  idToken: string,
  refreshToken: string | null = "refresh.token-1",
): Response {
  return Response.json({
    access_token: accessToken,
    id_token: idToken,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    token_type: "Bearer",
    expires_in: 300,
  });
}
