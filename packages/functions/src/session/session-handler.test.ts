import { createHash, createPublicKey, verify } from "node:crypto";
import { getSignedCookies } from "@aws-sdk/cloudfront-signer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logTo } from "../lambda/index.ts";
import type { FunctionUrlAnswer } from "./function-url.ts";
import { REFUSAL, type SessionSettings, sessionHandler } from "./index.ts";
import {
  accessClaims,
  anRsaKey,
  atHash,
  CLIENT,
  edgeKey,
  grant,
  HOST,
  idClaims,
  jar,
  localSigners,
  OPEN,
  type RequestChanges,
  settings,
  type TestPool,
  testPool,
  testRequest,
  token,
} from "./testing/index.ts";

const HOUR = 3_600;

interface HandlerFixture {
  readonly handle: (event: unknown) => Promise<FunctionUrlAnswer>;
  readonly pool: TestPool;
  readonly lines: string[];
  /** Seconds since 1970. */
  at(): number;
  pass(seconds: number): void;
  use(changes: Partial<SessionSettings>): void;
}

/** A handler with a pool that grants whatever it is asked for, at a clock that the test moves. */
function handlerFixture({ signers = localSigners(edgeKey) } = {}): HandlerFixture {
  let ahead = 0;
  let current = settings();
  let refreshed = 0;
  const now = () => Date.now() + ahead * 1_000;
  const at = () => Math.floor(now() / 1_000);
  const pool = testPool();
  pool.answers.set("/oauth2/token", () => {
    const access = token(accessClaims(at()));
    refreshed += 1;
    return grant(access, token(idClaims(at(), { at_hash: atHash(access) })), `refresh.token-${refreshed}`);
  });
  const lines: string[] = [];
  const handle = sessionHandler({
    settings: async () => current,
    signerOf: signers,
    fetch: pool.fetch,
    now,
    log: logTo((line) => lines.push(line)),
  });
  return {
    handle,
    pool,
    lines,
    at,
    pass: (seconds) => {
      ahead += seconds;
    },
    use: (changes) => {
      current = settings(changes);
    },
  };
}

const refresh = (context: HandlerFixture, ...answers: readonly FunctionUrlAnswer[]) =>
  context.handle(testRequest({ path: "/auth/refresh", cookies: jar(...answers) }));

const reasons = ({ lines }: HandlerFixture) => lines.map((line): unknown => JSON.parse(line).reason);
const cookieOf = ({ cookies }: FunctionUrlAnswer, name: string) =>
  cookies.find((cookie) => cookie.startsWith(`${name}=`)) ?? "";
const policyEnd = (answer: FunctionUrlAnswer): number => {
  const [, value = ""] = /^CloudFront-Policy=([^;]*)/.exec(cookieOf(answer, "CloudFront-Policy")) ?? [];
  const text = value.replace(/[-_~]/g, (found) => ({ "-": "+", _: "=", "~": "/" })[found] ?? found);
  const policy = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  return policy.Statement[0].Condition.DateLessThan["AWS:EpochTime"];
};

describe("opening a session", () => {
  it("answers with the access token, its end and the user, and nothing else", async () => {
    const context = handlerFixture();
    const answer = await context.handle(testRequest());
    expect(answer.statusCode).toBe(200);
    const body = JSON.parse(answer.body);
    expect(Object.keys(body)).toEqual(["access_token", "expires_at", "user"]);
    expect(body.user).toEqual({ name: "Zoë Müller", email: "zoe@example.org" });
    expect(body.expires_at - context.at()).toBeGreaterThan(290);
    expect(body.expires_at - context.at()).toBeLessThanOrEqual(300);
    expect(answer.headers).toMatchObject({ "cache-control": "no-store", "content-type": "application/json" });
  });

  it("exchanges the code with the verifier, for this client and the page's callback", async () => {
    const context = handlerFixture();
    await context.handle(testRequest());
    expect(context.pool.asked[0]).toEqual({
      path: "/oauth2/token",
      form: new Map([
        ["grant_type", "authorization_code"],
        ["client_id", CLIENT],
        ["redirect_uri", `https://${HOST}/callback`],
        ["code", OPEN.code],
        ["code_verifier", OPEN.code_verifier],
      ]),
    });
  });

  it("sets the cookies with exactly the attributes of the protocol", async () => {
    const answer = await handlerFixture().handle(testRequest());
    const shapes = answer.cookies.map((cookie) => cookie.replace(/=[^;]+/, "=…"));
    expect(shapes).toEqual([
      "CloudFront-Policy=…; Path=/data; Secure; HttpOnly; SameSite=Strict",
      "CloudFront-Signature=…; Path=/data; Secure; HttpOnly; SameSite=Strict",
      "CloudFront-Key-Pair-Id=…; Path=/data; Secure; HttpOnly; SameSite=Strict",
      "CloudFront-Hash-Algorithm=…; Path=/data; Secure; HttpOnly; SameSite=Strict",
      "__Secure-dapanoskop-refresh=…; Path=/auth; Secure; HttpOnly; SameSite=Strict; Max-Age=43200",
    ]);
    expect(cookieOf(answer, "CloudFront-Hash-Algorithm")).toMatch(/^CloudFront-Hash-Algorithm=SHA256;/);
  });

  it("signs cookies whose bytes are those of AWS's own signer", async () => {
    const context = handlerFixture();
    const privateKey = edgeKey.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const hosts = fc
      .array(fc.stringMatching(/^[a-z0-9-]{1,20}$/), { minLength: 1, maxLength: 5 })
      .map((labels) => labels.join("."));
    await fc.assert(
      fc.asyncProperty(hosts, async (host) => {
        context.use({ host });
        const answer = await context.handle(testRequest({ headers: { origin: `https://${host}` } }));
        const policy = JSON.stringify({
          Statement: [
            {
              Resource: `https://${host}/*`,
              Condition: { DateLessThan: { "AWS:EpochTime": policyEnd(answer) } },
            },
          ],
        });
        const expected = getSignedCookies({ policy, privateKey, keyPairId: "KEDGE", algorithm: "SHA256" });
        const pairs = jar(answer).filter((pair) => pair.startsWith("CloudFront-"));
        expect(new Set(pairs)).toEqual(
          new Set(Object.entries(expected).map(([name, value]) => `${name}=${value}`)),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("opens the data for fifteen minutes at most", async () => {
    const context = handlerFixture();
    const answer = await context.handle(testRequest());
    expect(policyEnd(answer) - context.at()).toBeLessThanOrEqual(900);
    expect(policyEnd(answer) - context.at()).toBeGreaterThan(890);
  });

  it("accepts a body in base64, as a function URL may send it", async () => {
    const body = Buffer.from(JSON.stringify(OPEN)).toString("base64");
    expect((await handlerFixture().handle(testRequest({ body, isBase64Encoded: true }))).statusCode).toBe(
      200,
    );
  });

  it("refuses a code that Cognito refuses, and leaves an existing session", async () => {
    const context = handlerFixture();
    context.pool.answers.set("/oauth2/token", () =>
      Response.json({ error: "invalid_grant" }, { status: 400 }),
    );
    expect(await context.handle(testRequest())).toMatchObject({
      statusCode: 401,
      body: REFUSAL,
      cookies: [],
    });
  });

  it("revokes the refresh token of a sign-in that is refused afterwards", async () => {
    const context = handlerFixture();
    context.use({ allowedGroups: ["budget-owners"] });
    expect(await context.handle(testRequest())).toMatchObject({ statusCode: 401, body: REFUSAL });
    expect(context.pool.asked.at(-1)?.form).toEqual(
      new Map([
        ["token", "refresh.token-1"],
        ["client_id", CLIENT],
      ]),
    );
  });

  it("ends a token by its own clock, without tolerance", async () => {
    const context = handlerFixture();
    const [access, id] = [token(accessClaims(context.at())), token(idClaims(context.at()))];
    context.pool.answers.set("/oauth2/token", () => grant(access, id));
    context.pass(290);
    expect((await context.handle(testRequest())).statusCode).toBe(200);
    context.pass(10);
    expect((await context.handle(testRequest())).statusCode).toBe(401);
    expect(reasons(context)).toEqual([undefined, "expired"]);
  });

  it("accepts members of one allowed group", async () => {
    const context = handlerFixture();
    context.use({ allowedGroups: ["budget-owners", "finance"] });
    expect((await context.handle(testRequest())).statusCode).toBe(200);
  });

  it("accepts users without groups where none is required", async () => {
    const context = handlerFixture();
    const [access, id] = [accessClaims(context.at()), idClaims(context.at())].map((claims) =>
      token(Object.fromEntries(Object.entries(claims).filter(([name]) => name !== "cognito:groups"))),
    );
    context.pool.answers.set("/oauth2/token", () => grant(access ?? "", id ?? ""));
    expect((await context.handle(testRequest())).statusCode).toBe(200);
  });

  it("names a user without a name by mail address, login or subject, shortened", async () => {
    const context = handlerFixture();
    const nameFor = async (changes: Record<string, unknown>): Promise<unknown> => {
      context.pool.answers.set("/oauth2/token", () =>
        grant(token(accessClaims(context.at())), token(idClaims(context.at(), changes))),
      );
      return JSON.parse((await context.handle(testRequest())).body).user.name;
    };
    expect(await nameFor({ name: undefined })).toBe("zoe@example.org");
    expect(await nameFor({ name: "  ", email: undefined })).toBe("zoe");
    expect(await nameFor({ name: 7, email: null, "cognito:username": undefined })).toBe("b4d8-zoe");
    expect([...String(await nameFor({ name: "👩‍🚀".repeat(100) }))]).toHaveLength(200);
  });
});

describe("refreshing a session", () => {
  it("exchanges the refresh token for a new one and answers as at the sign-in", async () => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    context.pass(240);
    const second = await refresh(context, first);
    expect(second.statusCode).toBe(200);
    expect(context.pool.asked.at(-1)?.form.get("refresh_token")).toBe("refresh.token-1");
    expect(cookieOf(second, "__Secure-dapanoskop-refresh")).toMatch(
      /\.refresh\.token-2; .*Max-Age=429(59|60)$/,
    );
    expect(policyEnd(second)).toBeGreaterThan(policyEnd(first));
  });

  it("keeps the old refresh token where the app client does not rotate", async () => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    context.pool.answers.set("/oauth2/token", () =>
      grant(token(accessClaims(context.at())), token(idClaims(context.at())), null),
    );
    const second = await refresh(context, first);
    expect(cookieOf(second, "__Secure-dapanoskop-refresh")).toContain(".refresh.token-1;");
  });

  it("requires no nonce, which only a sign-in has", async () => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    context.pool.answers.set("/oauth2/token", () =>
      grant(token(accessClaims(context.at())), token(idClaims(context.at(), { nonce: undefined }))),
    );
    expect((await refresh(context, first)).statusCode).toBe(200);
  });

  it("is refused twelve hours after the sign-in, however often it was refreshed and whatever Cognito would grant", async () => {
    const context = handlerFixture();
    const started = context.at();
    let last = await context.handle(testRequest());
    for (let half = 1; half <= 23; half += 1) {
      context.pass(HOUR / 2);
      last = await refresh(context, last);
      expect(last.statusCode).toBe(200);
      expect(policyEnd(last)).toBeLessThanOrEqual(started + 12 * HOUR + 1);
    }
    context.pass(HOUR / 2 - 60);
    last = await refresh(context, last);
    expect(policyEnd(last) - context.at()).toBeLessThanOrEqual(61);
    expect(JSON.parse(last.body).expires_at - context.at()).toBeLessThanOrEqual(61);
    context.pass(62);
    const over = await refresh(context, last);
    expect(over).toMatchObject({ statusCode: 401, body: REFUSAL });
    expect(jar(last, over)).toEqual([]);
    expect(context.pool.asked.at(-1)?.path).toBe("/oauth2/revoke");
  });

  it("refuses another start time, person or token under an existing signature", async () => {
    const context = handlerFixture();
    const [first, later] = [await context.handle(testRequest()), await context.handle(testRequest())];
    const parts = (answer: FunctionUrlAnswer) =>
      /refresh=2\.(\d+)\.([^.]+)\.([^.]+)\.([^;]+)/
        .exec(cookieOf(answer, "__Secure-dapanoskop-refresh"))
        ?.slice(1) ?? [];
    const [start = "", person = "", seal = "", old = ""] = parts(first);
    const [, , laterSeal = "", young = ""] = parts(later);
    const other = createHash("sha256").update("b4d8-guest").digest("base64url");
    const asked = context.pool.asked.length;
    const tries = [
      `2.${Number(start) + 1}.${person}.${seal}.${old}`,
      `2.${start}.${person}.${laterSeal}.${old}`,
      `2.${start}.${person}.${seal}.${young}`,
      `2.${start}.${other}.${seal}.${old}`,
      `2.0${start}.${person}.${seal}.${old}`,
      `2.${start}.${person}.${seal}`,
      `2.${start}.${person}..${old}`,
      `2.${start}.${seal}.${old}`,
      `1.${start}.${seal}.${old}`,
      `1.${start}.${person}.${seal}.${old}`,
      old,
      "",
    ];
    for (const value of tries) {
      const cookies = [`__Secure-dapanoskop-refresh=${value}`];
      expect(await context.handle(testRequest({ path: "/auth/refresh", cookies }))).toMatchObject({
        statusCode: 401,
        body: REFUSAL,
      });
    }
    // None of them got as far as Cognito.
    expect(context.pool.asked).toHaveLength(asked);
  });

  it("ends the session, and revokes its tokens, when the refreshed tokens are about another person", async () => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    context.pool.answers.set("/oauth2/token", () => {
      const access = token(accessClaims(context.at(), { sub: "b4d8-guest" }));
      const id = token(idClaims(context.at(), { sub: "b4d8-guest", at_hash: atHash(access) }));
      return grant(access, id, "refresh.token-9");
    });
    const refused = await refresh(context, first);
    expect(refused).toMatchObject({ statusCode: 401, body: REFUSAL });
    expect(jar(first, refused)).toEqual([]);
    expect(reasons(context)).toContain("person");
    expect(context.pool.asked.at(-1)).toEqual({
      path: "/oauth2/revoke",
      form: new Map([
        ["token", "refresh.token-9"],
        ["client_id", CLIENT],
      ]),
    });
  });

  it("refuses a cookie of another host or client", async () => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    context.use({ clientId: "another" });
    expect((await refresh(context, first)).statusCode).toBe(401);
    expect(reasons(context)).toContain("seal");
  });

  it("is refused without a cookie, and with two of them", async () => {
    const context = handlerFixture();
    const [pair = ""] = jar(await context.handle(testRequest())).filter((one) => one.startsWith("__Secure-"));
    for (const cookies of [[], [pair, pair], ["__Secure-dapanoskop-refresh"], ["=x", "a=b"]]) {
      expect((await context.handle(testRequest({ path: "/auth/refresh", cookies }))).statusCode).toBe(401);
    }
  });

  it("removes the cookies when Cognito refuses, and leaves them when Cognito does not answer", async () => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    context.pool.answers.set("/oauth2/token", () => new Response("busy", { status: 503 }));
    const outage = await refresh(context, first);
    expect(outage).toMatchObject({ statusCode: 503, body: REFUSAL, cookies: [] });
    context.pool.answers.set("/oauth2/token", () =>
      Response.json({ error: "invalid_grant" }, { status: 400 }),
    );
    const refused = await refresh(context, first);
    expect(refused).toMatchObject({ statusCode: 401, body: REFUSAL });
    expect(jar(first, refused)).toEqual([]);
  });

  it.each([
    ["invalid_client", "invalid_client"],
    ["unauthorized_client", "unauthorized_client"],
    ["unsupported_grant_type", "unsupported_grant_type"],
    ["invalid_scope", "invalid_scope"],
    ["<script>", "status 400"],
  ])("logs why Cognito refuses the app client: %s", async (error, said) => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    context.pool.answers.set("/oauth2/token", () => Response.json({ error }, { status: 400 }));
    expect(await refresh(context, first)).toMatchObject({ statusCode: 503, cookies: [] });
    expect(context.lines.join("\n")).toContain(`Cognito refused this app client: ${said}. Check it`);
  });

  it("repeats the request once when an answer was lost, within the grace period of a rotation", async () => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    const grants = context.pool.answers.get("/oauth2/token");
    let lost = false;
    context.pool.answers.set("/oauth2/token", (form) => {
      if (lost) return grants?.(form) ?? new Response();
      lost = true;
      throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) });
    });
    expect((await refresh(context, first)).statusCode).toBe(200);
  });

  it("stays valid through a rotation of the signing key, and is signed with the new key from then on", async () => {
    const newKey = anRsaKey("new");
    const context = handlerFixture({ signers: localSigners(edgeKey, newKey) });
    const first = await context.handle(testRequest());
    context.use({ signingKeys: [edgeKey.signingKey, newKey.signingKey] });
    const trusted = await refresh(context, first);
    expect(cookieOf(trusted, "CloudFront-Key-Pair-Id")).toBe(cookieOf(first, "CloudFront-Key-Pair-Id"));
    context.use({ signingKeys: [newKey.signingKey, edgeKey.signingKey] });
    const second = await refresh(context, first);
    expect(second.statusCode).toBe(200);
    expect(cookieOf(second, "CloudFront-Key-Pair-Id")).toContain("=KNEW;");
    context.use({ signingKeys: [newKey.signingKey] });
    expect((await refresh(context, second)).statusCode).toBe(200);
    expect((await refresh(context, first)).statusCode).toBe(401);
  });
});

describe("closing a session", () => {
  it("revokes the refresh token and removes all cookies", async () => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    const closed = await context.handle(testRequest({ path: "/auth/logout", cookies: jar(first) }));
    expect(closed).toMatchObject({ statusCode: 204, body: "" });
    expect(jar(first, closed)).toEqual([]);
    expect(context.pool.asked.at(-1)).toMatchObject({ path: "/oauth2/revoke" });
    expect(context.pool.asked.at(-1)?.form.get("token")).toBe("refresh.token-1");
  });

  it("needs no session, and sends Cognito nothing that this function did not write", async () => {
    const context = handlerFixture();
    for (const cookies of [[], ["__Secure-dapanoskop-refresh=1.1.x.stolen"]]) {
      expect(
        (await context.handle(testRequest({ path: "/auth/logout", cookies, body: "" }))).statusCode,
      ).toBe(204);
    }
    expect(context.pool.asked).toEqual([]);
  });

  it("answers 503 when the token could not be revoked, and removes the cookies nevertheless", async () => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    context.pool.answers.delete("/oauth2/revoke");
    const closed = await context.handle(testRequest({ path: "/auth/logout", cookies: jar(first) }));
    expect(closed).toMatchObject({ statusCode: 503, body: REFUSAL });
    expect(jar(first, closed)).toEqual([]);
  });
});

describe("what the session handler accepts", () => {
  const long = JSON.stringify({ ...OPEN, code: "c".repeat(4_000) });
  it.each<[string, RequestChanges]>([
    ["another origin", { headers: { origin: "https://evil.example" } }],
    ["no origin", { headers: { origin: undefined } }],
    ["the origin null", { headers: { origin: "null" } }],
    ["two origins", { headers: { origin: `https://${HOST},https://evil.example` } }],
    ["an origin without https", { headers: { origin: `http://${HOST}` } }],
    ["an origin that begins like ours", { headers: { origin: `https://${HOST}.evil.example` } }],
    ["another site", { headers: { "sec-fetch-site": "cross-site" } }],
    ["a neighbour's site", { headers: { "sec-fetch-site": "same-site" } }],
    ["no custom header", { headers: { "x-dapanoskop": undefined } }],
    ["another custom header", { headers: { "x-dapanoskop": "1,1" } }],
    ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["plain text", { headers: { "content-type": "text/plain;charset=UTF-8" } }],
    ["no content type", { headers: { "content-type": undefined } }],
    ["GET", { method: "GET" }],
    ["OPTIONS", { method: "OPTIONS" }],
    ["post in small letters", { method: "post" }],
    ["a query", { query: "code=c-1" }],
    ["another path", { path: "/auth/session/" }],
    ["a path with dots", { path: "/auth/../auth/session" }],
    ["a path of a prototype", { path: "/__proto__" }],
    ["a long body", { body: long }],
    ["no body", { body: "" }],
    ["a body that is no JSON", { body: "code=c-1" }],
    ["a body that is no object", { body: "[]" }],
    ["a body that is null", { body: "null" }],
    ["a body with a key twice", { body: JSON.stringify(OPEN).replace("{", '{"code":"x",') }],
    ["a body with a key more", { body: JSON.stringify({ ...OPEN, client_id: "other" }) }],
    ["a body that is not UTF-8", { body: "wyi=", isBase64Encoded: true }],
    ["a code with a line break", { body: JSON.stringify({ ...OPEN, code: "a\r\nb" }) }],
    ["a code that is a list", { body: JSON.stringify({ ...OPEN, code: ["a"] }) }],
    ["an empty code", { body: JSON.stringify({ ...OPEN, code: "" }) }],
    ["a short verifier", { body: JSON.stringify({ ...OPEN, code_verifier: "v".repeat(42) }) }],
    ["a long verifier", { body: JSON.stringify({ ...OPEN, code_verifier: "v".repeat(129) }) }],
    ["a short nonce", { body: JSON.stringify({ ...OPEN, nonce: "n".repeat(21) }) }],
    ["a body of one byte for a logout", { path: "/auth/logout", body: "x" }],
    ...[
      "[]",
      "[{}]",
      "0",
      "1",
      "-1.5",
      "null",
      "true",
      "false",
      '""',
      '"{}"',
      "[[]]",
      '[{"length":0}]',
    ].flatMap((body): [string, RequestChanges][] =>
      ["session", "refresh", "logout"].map((route) => [
        `${body} for ${route}`,
        { path: `/auth/${route}`, body },
      ]),
    ),
    ["a body for a refresh", { path: "/auth/refresh", body: '{"refresh_token":"x"}' }],
  ])("stays closed for %s", async (_, changes) => {
    const context = handlerFixture();
    expect(await context.handle(testRequest(changes))).toMatchObject({
      statusCode: 401,
      body: REFUSAL,
      cookies: [],
    });
    expect(context.pool.asked).toEqual([]);
  });

  it("refuses every other event, and never throws", async () => {
    const context = handlerFixture();
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (event) => {
        expect(await context.handle(event)).toMatchObject({ statusCode: 401, body: REFUSAL, cookies: [] });
      }),
    );
  });
});

describe("an outage", () => {
  const cases: readonly (readonly [string, (context: HandlerFixture) => void])[] = [
    ["a dead network", ({ pool }) => pool.answers.delete("/oauth2/token")],
    [
      "too many requests",
      ({ pool }) => pool.answers.set("/oauth2/token", () => new Response("", { status: 429 })),
    ],
    [
      "an app client that Cognito does not know",
      ({ pool }) =>
        pool.answers.set("/oauth2/token", () => Response.json({ error: "invalid_client" }, { status: 400 })),
    ],
    [
      "a page where tokens should be",
      ({ pool }) => pool.answers.set("/oauth2/token", () => new Response("<html>", { status: 404 })),
    ],
    [
      "an answer without end",
      ({ pool }) => pool.answers.set("/oauth2/token", () => new Response("x".repeat(40_000))),
    ],
    ["keys that do not come", ({ pool }) => pool.answers.delete("/.well-known/jwks.json")],
    [
      "keys that are a page",
      ({ pool }) => pool.answers.set("/.well-known/jwks.json", () => new Response("<html>")),
    ],
  ];
  it.each(cases)("by %s is a 503 with the constant body", async (_, breakIt) => {
    const context = handlerFixture();
    breakIt(context);
    expect(await context.handle(testRequest())).toMatchObject({
      statusCode: 503,
      body: REFUSAL,
      cookies: [],
    });
    expect(JSON.parse(context.lines[0] ?? "")).toMatchObject({
      level: "error",
      action: "open",
      request_id: "r-1",
    });
  });

  it("of the signing key opens no session, nor does a key that CloudFront does not have", async () => {
    const [broken, other] = [anRsaKey("edge"), anRsaKey("edge")];
    const failing = handlerFixture({
      signers: () => ({
        sign: async () => {
          throw new Error("AccessDeniedException");
        },
      }),
    });
    expect((await failing.handle(testRequest())).statusCode).toBe(503);
    const wrong = handlerFixture({ signers: localSigners(broken, other) });
    expect((await wrong.handle(testRequest())).statusCode).toBe(503);
    expect(reasons(wrong)).toEqual(["signer"]);
  });

  it("of the settings is a 503 as well", async () => {
    const lines: string[] = [];
    const handle = sessionHandler({
      settings: () => Promise.reject(new Error("eu-central-1_Dapanos")),
      signerOf: localSigners(edgeKey),
      fetch: testPool().fetch,
      now: Date.now,
      log: logTo((line) => lines.push(line)),
    });
    expect(await handle(testRequest())).toMatchObject({ statusCode: 503, body: REFUSAL });
    expect(lines.join()).not.toContain("eu-central-1_Dapanos");
  });
});

describe("the log", () => {
  it("never contains a token, a code, a name or an address of a person", async () => {
    const context = handlerFixture();
    const first = await context.handle(testRequest());
    const second = await refresh(context, first);
    await context.handle(testRequest({ path: "/auth/logout", cookies: jar(second) }));
    context.use({ allowedGroups: ["nobody"] });
    await context.handle(testRequest());
    context.pool.answers.set("/oauth2/token", () => grant("secret-token-abc", "secret-token-def"));
    await context.handle(testRequest());
    await context.handle(testRequest({ body: `${JSON.stringify(OPEN)}secret` }));
    expect(context.lines).toHaveLength(6);
    const text = context.lines.join("\n");
    const secrets = ["eyJ", "refresh.token", OPEN.code_verifier, "Zo", "zoe", "secret", "b4d8", 'c-1"'];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});

it("the signed text of a session is not JSON, which CloudFront could read as a policy", async () => {
  const messages: string[] = [];
  const local = localSigners(edgeKey);
  const context = handlerFixture({
    signers: (key) => ({
      sign: async (message) => {
        messages.push(Buffer.from(message).toString("utf8"));
        return local(key).sign(message);
      },
    }),
  });
  const answer = await context.handle(testRequest());
  const [policies, seals] = [true, false].map((isPolicy) =>
    messages.filter((message) => message.startsWith("{") === isPolicy),
  );
  expect([policies?.length, seals?.length]).toEqual([1, 1]);
  expect(() => JSON.parse(seals?.[0] ?? "{}")).toThrow();
  const [, seal = ""] =
    /refresh=2\.\d+\.[^.]+\.([^.]+)\./.exec(cookieOf(answer, "__Secure-dapanoskop-refresh")) ?? [];
  const publicKey = createPublicKey(edgeKey.publicKey.export({ type: "spki", format: "pem" }));
  expect(verify("sha256", Buffer.from(seals?.[0] ?? ""), publicKey, Buffer.from(seal, "base64url"))).toBe(
    true,
  );
});
