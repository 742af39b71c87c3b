import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CognitoUser, type LocalCognito, startCognito, zoe } from "../../../../tests/support/cognito.ts";
import { functionUrl } from "../../../../tests/support/function-url.ts";
import { logTo } from "../lambda/index.ts";
import type { FunctionUrlAnswer } from "./function-url.ts";
import { REFUSAL, type SessionSettings, sessionHandler } from "./index.ts";
import { edgeKey, HOST, jar, localSigners, testRequest } from "./testing/index.ts";

const CALLBACK = `https://${HOST}/callback`;
const guest: CognitoUser = { username: "guest", password: "Correct-staple-8", email: "guest@example.org" };

let cognito: LocalCognito;
beforeAll(async () => {
  cognito = await startCognito({
    callbackUrls: [CALLBACK],
    logoutUrls: [`https://${HOST}/`],
    users: [zoe, guest],
    refreshGrace: 1,
  });
});
afterAll(() => cognito.close());

function aHandler(changes: Partial<SessionSettings> = {}) {
  const lines: string[] = [];
  const settings: SessionSettings = {
    host: HOST,
    issuers: [cognito.issuer],
    signInUrl: cognito.url,
    clientId: cognito.clientId,
    allowedGroups: [],
    signingKeys: [edgeKey.signingKey],
    ...changes,
  };
  const handle = sessionHandler({
    settings: async () => settings,
    signerOf: localSigners(edgeKey),
    fetch,
    now: Date.now,
    log: logTo((line) => lines.push(line)),
  });
  return { handle, reasons: () => lines.map((line): unknown => JSON.parse(line).reason) };
}

/** What a page makes up for one sign-in. */
const beginning = () => ({
  state: randomBytes(16).toString("base64url"),
  nonce: randomBytes(16).toString("base64url"),
  code_verifier: randomBytes(32).toString("base64url"),
});

/** A browser at the sign-in domain: follows redirects, keeps cookies, fills in the form. */
function aBrowser() {
  const cookies = new Map<string, string>();
  const go = async (address: string, form?: Record<string, string>): Promise<Response> => {
    const response = await fetch(address, {
      redirect: "manual",
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
      ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get("location");
    if (location === null || location.startsWith(`https://${HOST}`)) return response;
    return go(new URL(location, cognito.url).href);
  };
  return {
    go,
    authorize: (begun: ReturnType<typeof beginning>) =>
      go(
        `${cognito.url}/oauth2/authorize?${new URLSearchParams({
          response_type: "code",
          client_id: cognito.clientId,
          redirect_uri: CALLBACK,
          scope: "openid email",
          state: begun.state,
          nonce: begun.nonce,
          code_challenge: createHash("sha256").update(begun.code_verifier).digest("base64url"),
          code_challenge_method: "S256",
        })}`,
      ),
    async fill(response: Response, { username, password }: Pick<CognitoUser, "username" | "password">) {
      const [, action = ""] = /action="([^"]+)"/.exec(await response.text()) ?? [];
      return go(`${cognito.url}${action}`, { username, password });
    },
  };
}

/** All the way to the callback's address. */
async function signIn(user: CognitoUser, browser = aBrowser(), begun = beginning()) {
  let response = await browser.authorize(begun);
  if (response.status === 200) response = await browser.fill(response, user);
  const callback = new URL(response.headers.get("location") ?? "https://nowhere.example");
  expect(callback.searchParams.get("state")).toBe(begun.state);
  return { code: callback.searchParams.get("code") ?? "", ...begun };
}

const open = (
  handle: ReturnType<typeof aHandler>["handle"],
  signedIn: Awaited<ReturnType<typeof signIn>>,
) => {
  const { code, code_verifier, nonce } = signedIn;
  return handle(testRequest({ body: JSON.stringify({ code, code_verifier, nonce }) }));
};
const refresh = (handle: ReturnType<typeof aHandler>["handle"], ...answers: readonly FunctionUrlAnswer[]) =>
  handle(testRequest({ path: "/auth/refresh", cookies: jar(...answers) }));

describe("a sign-in at a pool with Cognito's protocol", () => {
  it("opens a session for Zoë Müller, from the form to the cookies", async () => {
    const { handle } = aHandler();
    const answer = await open(handle, await signIn(zoe));
    expect(answer.statusCode).toBe(200);
    const body = JSON.parse(answer.body);
    expect(body.user).toEqual({ name: "Zoë Müller", email: "zoe@example.org" });
    expect(jar(answer).map((pair) => pair.split("=")[0])).toEqual([
      "CloudFront-Policy",
      "CloudFront-Signature",
      "CloudFront-Key-Pair-Id",
      "CloudFront-Hash-Algorithm",
      "__Secure-dapanoskop-refresh",
    ]);
    expect(answer.body).not.toContain("refresh");
  });

  it("returns an access token with Cognito's claims", async () => {
    const { handle } = aHandler();
    const { access_token: token } = JSON.parse((await open(handle, await signIn(zoe))).body);
    expect(Object.keys(decodeProtectedHeader(token)).sort()).toEqual(["alg", "kid"]);
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      iss: cognito.issuer,
      client_id: cognito.clientId,
      token_use: "access",
      username: "zoe",
      "cognito:groups": ["finance"],
      scope: "openid email",
    });
    expect(claims).not.toHaveProperty("aud");
  });

  it("shows the form again for a wrong password, with the same text as for an unknown user", async () => {
    const browser = aBrowser();
    for (const user of [
      { ...zoe, password: "wrong" },
      { username: "nobody", password: "x" },
    ]) {
      const response = await browser.fill(await browser.authorize(beginning()), user);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain("Incorrect username or password.");
    }
  });

  it("refuses a code twice, with another verifier, and for another nonce", async () => {
    const { handle, reasons } = aHandler();
    const used = await signIn(zoe);
    expect((await open(handle, used)).statusCode).toBe(200);
    const wrong = [
      used,
      { ...(await signIn(zoe)), code_verifier: beginning().code_verifier },
      { ...(await signIn(zoe)), nonce: beginning().nonce },
      { ...(await signIn(zoe)), code: "made-up" },
    ];
    for (const one of wrong) {
      expect(await open(handle, one)).toMatchObject({ statusCode: 401, body: REFUSAL, cookies: [] });
    }
    expect(reasons()).toEqual([undefined, "grant", "grant", "nonce", "grant"]);
  });

  it("refuses a user of a shared pool who is in no allowed group", async () => {
    const { handle, reasons } = aHandler({ allowedGroups: ["finance"] });
    expect((await open(handle, await signIn(guest))).statusCode).toBe(401);
    expect(reasons()).toEqual(["groups"]);
    expect((await open(handle, await signIn(zoe))).statusCode).toBe(200);
    expect((await open(aHandler().handle, await signIn(guest))).statusCode).toBe(200);
  });

  it("refreshes with rotation: the old token stays valid for some seconds, for two tabs or a lost answer", async () => {
    const { handle } = aHandler();
    const first = await open(handle, await signIn(zoe));
    const second = await refresh(handle, first);
    expect(second.statusCode).toBe(200);
    expect(JSON.parse(second.body).user.name).toBe("Zoë Müller");
    expect((await refresh(handle, first)).statusCode).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await refresh(handle, first)).toMatchObject({ statusCode: 401, body: REFUSAL });
  });

  it("ends at logout for every copy of the cookie", async () => {
    const { handle } = aHandler();
    const first = await open(handle, await signIn(zoe));
    const closed = await handle(testRequest({ path: "/auth/logout", cookies: jar(first) }));
    expect(closed.statusCode).toBe(204);
    expect(jar(first, closed)).toEqual([]);
    expect((await refresh(handle, first)).statusCode).toBe(401);
  });

  it("requires the password again after the pool's own logout, not before", async () => {
    const browser = aBrowser();
    await signIn(zoe, browser);
    const leave = (to: string) =>
      browser.go(
        `${cognito.url}/logout?${new URLSearchParams({ client_id: cognito.clientId, logout_uri: to })}`,
      );
    expect((await browser.authorize(beginning())).headers.get("location")).toContain("code=");
    expect((await leave("https://evil.example/")).status).toBe(400);
    expect((await leave(`https://${HOST}/`)).headers.get("location")).toBe(`https://${HOST}/`);
    expect(await (await browser.authorize(beginning())).text()).toContain('type="password"');
  });

  it("requires PKCE, and redirects to the page's address only", async () => {
    const ask = (changes: Record<string, string>) =>
      fetch(
        `${cognito.url}/oauth2/authorize?${new URLSearchParams({
          response_type: "code",
          client_id: cognito.clientId,
          redirect_uri: CALLBACK,
          scope: "openid",
          ...changes,
        })}`,
        { redirect: "manual" },
      );
    expect((await ask({})).headers.get("location")).toContain("error=invalid_request");
    expect((await ask({ redirect_uri: `${CALLBACK}/` })).status).toBe(400);
  });

  it("works over HTTP from sign-in to logout", async () => {
    const server = createServer(functionUrl(aHandler().handle)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const at = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
    const post = (path: string, body: unknown, cookie = "") =>
      fetch(`${at}${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-dapanoskop": "1",
          origin: `https://${HOST}`,
          cookie,
        },
        body: JSON.stringify(body),
      });
    const pairs = (response: Response) =>
      response.headers
        .getSetCookie()
        .map((line) => line.split(";")[0])
        .join("; ");
    const { code, code_verifier, nonce } = await signIn(zoe);
    const opened = await post("/auth/session", { code, code_verifier, nonce });
    expect(opened.status).toBe(200);
    const refreshed = await post("/auth/refresh", {}, pairs(opened));
    expect(JSON.parse(await refreshed.text()).user.name).toBe("Zoë Müller");
    expect((await post("/auth/logout", {}, pairs(refreshed))).status).toBe(204);
    expect((await post("/auth/refresh", {}, pairs(refreshed))).status).toBe(401);
    expect((await fetch(`${at}/auth/session`)).status).toBe(401);
    server.close();
  });
});
