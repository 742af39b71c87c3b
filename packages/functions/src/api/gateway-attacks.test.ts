import { gzipSync } from "node:zlib";
import { aPlan } from "@dapanoskop/api/testing";
import { securityHeaders } from "@dapanoskop/edge";
import { describe, expect, it } from "vitest";
import { type AttackRequest, attackedGateway } from "./testing/attacked-gateway.ts";

const list: AttackRequest = { method: "GET", path: "/api/plans" };
const query = (body: string, more: Partial<AttackRequest> = {}): AttackRequest => ({
  method: "POST",
  path: "/api/costs/query",
  body,
  ...more,
});
const base64 = (body: string | Uint8Array) => ({
  body: Buffer.from(body).toString("base64"),
  isBase64Encoded: true,
});
const plan = JSON.stringify(aPlan());

// Each row is a request of somebody who is signed in, and the statuses that answer it.
const requests: readonly (readonly [string, AttackRequest, number])[] = [
  ["the address itself", list, 200],
  ["parts that lead back", { ...list, path: "/api/budgets/../plans" }, 404],
  ["encoded parts that lead back", { ...list, path: "/api/budgets/%2e%2E/plans" }, 404],
  ["a part of one dot", { ...list, path: "/api/./plans" }, 404],
  ["a part of two dots at the end", { ...list, path: "/api/plans/x/.." }, 404],
  ["an encoded letter", { ...list, path: "/api/pl%61ns" }, 404],
  ["an encoded slash", { ...list, path: "/api%2fplans" }, 404],
  ["an encoded slash in an id", { ...list, path: "/api/plans/a%2Fb" }, 404],
  ["a slash that is encoded twice", { ...list, path: "/api%252fplans" }, 404],
  ["a backslash", { ...list, path: "/api\\plans" }, 404],
  ["NUL", { ...list, path: "/api/plans\0" }, 404],
  ["an encoded NUL", { ...list, path: "/api/plans%00" }, 404],
  ["a line end", { ...list, path: "/api/plans\r\nx-a: b" }, 404],
  ["a letter that is not ASCII", { ...list, path: "/api/pläns" }, 404],
  ["a question mark in the path", { ...list, path: "/api/plans?owner=user:zoe" }, 404],
  ["a number sign in the path", { ...list, path: "/api/plans#x" }, 404],
  ["a parameter of the path", { ...list, path: "/api/plans;x=1" }, 404],
  ["no slash at the beginning", { ...list, path: "api/plans" }, 404],
  ["an address of another host", { ...list, path: "https://evil.example/api/plans" }, 404],
  ["a host in the path", { ...list, path: "//evil.example/api/plans" }, 404],
  ["two slashes", { ...list, path: "/api//plans" }, 404],
  ["a slash at the end", { ...list, path: "/api/plans/" }, 404],
  ["capitals", { ...list, path: "/api/Plans" }, 404],
  ["capitals of the base", { ...list, path: "/API/plans" }, 404],
  ["an id that is a name of every object", { ...list, path: "/api/budgets/constructor" }, 404],
  ["another name of every object", { ...list, path: "/api/budgets/__proto__" }, 404],
  ["another method", { ...list, method: "PATCH" }, 405],
  ["a method in small letters", { ...list, method: "patch" }, 405],
  ["a preflight", { ...list, method: "OPTIONS", headers: { origin: "https://evil.example" } }, 405],
  ["a method that fetch refuses", { ...list, method: "TRACE" }, 400],
  ["a method of two words", { ...list, method: "GET /api/plans" }, 400],
  ["a method in a header", { ...list, headers: { "x-http-method-override": "DELETE" } }, 200],
  ["a body of a GET", { ...list, body: "{}" }, 400],
  ["a host in a header", { ...list, headers: { host: "evil.example", "x-forwarded-host": "e" } }, 200],
  ["another path in a header", { ...list, headers: { "x-original-url": "/api/budgets" } }, 200],
  ["a header of two lines", { ...list, headers: { "x-a": "b\r\nset-cookie: c=d" } }, 400],
  ["a header whose name is none", { ...list, headers: { "x a": "b" } }, 400],
  ["a parameter twice", { ...list, query: "owner=user:zoe&owner=user:yan" }, 400],
  ["a parameter twice, once encoded", { ...list, query: "limit=1&l%69mit=2" }, 400],
  ["a parameter with brackets", { ...list, query: "limit[]=1" }, 400],
  ["a parameter in capitals", { ...list, query: "LIMIT=1" }, 400],
  ["a parameter of every object", { ...list, query: "__proto__=1" }, 400],
  ["a limit in another form", { ...list, query: "limit=0x10" }, 400],
  ["a limit that is too large", { ...list, query: "limit=101" }, 400],
  ["a cursor of somebody else's making", { ...list, query: `cursor=${"A".repeat(80)}` }, 400],
  ["an owner that the token does not prove", { ...list, query: "owner=user:yan" }, 403],
  ["an owner of another kind", { ...list, query: "owner=local" }, 400],
  ["a token in the address too", { ...list, query: "access_token=x" }, 400],
  ["a body that is no JSON", query("month=2026-01"), 400],
  ["an empty body", query(""), 400],
  ["a list where every field may be absent", query("[]"), 400],
  ["null", query("null"), 400],
  ["a text", query('"2026-01"'), 400],
  ["a key twice", query('{"month":"2026-01","month":"2026-02"}'), 400],
  ["a key twice, once encoded", query('{"month":"2026-01","\\u006donth":"2026-02"}'), 400],
  ["a prototype", query('{"month":"2026-01","__proto__":{"top":1}}'), 400],
  ["a name of every object", query('{"month":"2026-01","constructor":{}}'), 400],
  ["lists in lists", query(`${"[".repeat(30_000)}${"]".repeat(30_000)}`), 400],
  ["objects in objects", query(`${'{"month":'.repeat(7_000)}`), 400],
  ["a number beyond all", query('{"month":"2026-01","top":1e999}'), 400],
  ["a part of a number", query('{"month":"2026-01","top":1.5}'), 400],
  ["a number of many digits", query(`{"month":"2026-01","top":${"9".repeat(5_000)}}`), 400],
  ["the last month of all", query('{"month":"9999-12"}'), 400],
  ["a byte order mark", query('\ufeff{"month":"2026-01"}'), 400],
  ["a body of 1 MB", query(`{"month":"${"x".repeat(1_000_000)}"}`), 413],
  ["a body that says that it is larger", query("{}", { headers: { "content-length": "999999999" } }), 413],
  ["base64 that is none", query("{}", { isBase64Encoded: true }), 400],
  ["base64 of other bytes", query("", base64(Uint8Array.of(0xff, 0xfe, 0x00))), 400],
  ["gzip that is none", query("{}", { headers: { "content-encoding": "gzip" } }), 400],
  ["two encodings", query("{}", { headers: { "content-encoding": "gzip, gzip" } }), 415],
  ["a form", query("{}", { headers: { "content-type": "application/x-www-form-urlencoded" } }), 415],
  ["no content type", query("{}", { headers: { "content-type": "" } }), 415],
  ["two content types", query("{}", { headers: { "content-type": "application/json, text/plain" } }), 415],
  [
    "a charset of two meanings",
    query("{}", { headers: { "content-type": "application/json;charset=utf-7" } }),
    415,
  ],
  [
    "a plan that unpacks to 200 MB",
    {
      method: "POST",
      path: "/api/plans",
      query: "project=a",
      headers: { "content-encoding": "gzip" },
      ...base64(gzipSync(Buffer.alloc(200_000_000))),
    },
    413,
  ],
  [
    "a plan of a project that leads out",
    { method: "POST", path: "/api/plans", query: "project=..%2fa", body: plan },
    400,
  ],
  [
    "a plan of a deep list",
    { method: "POST", path: "/api/plans", query: "project=a", body: "[".repeat(100_000) },
    422,
  ],
];

describe(`the API behind the gateway, attacked: ${requests.length} requests of somebody who is signed in`, () => {
  it.each(requests)("%s", async (_what, request, status) => {
    const { send, lines } = attackedGateway();
    const answer = await send(request);
    expect([answer.statusCode, answer.body.slice(0, 200)]).toEqual([status, expect.any(String)]);
    // Every answer says what it is, and is no page; none answers another origin.
    expect(answer.headers).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": securityHeaders["x-content-type-options"],
    });
    expect(Object.keys(answer.headers).filter((name) => /^(access-control|set-cookie)/.test(name))).toEqual(
      [],
    );
    if (status >= 400) expect(Object.keys(JSON.parse(answer.body))).toEqual(["error", "message"]);
    expect(lines.join("")).not.toContain("failed by a defect");
  });
});

const NO_TOKEN: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["no header", {}],
  ["an empty header", { authorization: "" }],
  ["a bearer without a token", { authorization: "Bearer " }],
  ["another scheme", { authorization: "Basic em9lOng=" }],
  ["two tokens", { authorization: "Bearer TOKEN, Bearer TOKEN" }],
  ["a token and more", { authorization: "Bearer TOKEN x" }],
  ["the token alone", { authorization: "TOKEN" }],
  ["the token in a cookie", { cookie: "access_token=TOKEN" }],
  ["the token in another header", { "x-amzn-oidc-accesstoken": "TOKEN" }],
  ["the authorizer's word in a header", { "x-amzn-oidc-identity": "zoe", "x-forwarded-user": "zoe" }],
];

describe("the API behind the gateway, without a token where it belongs", () => {
  it.each(NO_TOKEN)("answers nothing to %s", async (_what, headers) => {
    const { send, token } = attackedGateway();
    const own = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replaceAll("TOKEN", token)]),
    );
    for (const [path, method] of [
      ["/api/plans", "GET"],
      ["/api/status", "GET"],
      ["/api/costs/query", "POST"],
      ["/api/budgets/all", "DELETE"],
    ] as const) {
      const answer = await send({ method, path, headers: own, isSignedIn: false });
      expect([path, answer.statusCode, JSON.parse(answer.body).error]).toEqual([
        path,
        401,
        "unauthenticated",
      ]);
    }
  });

  it("believes no identity that an event claims beside the token", async () => {
    const { send } = attackedGateway();
    const authorizer = { jwt: { claims: { sub: "zoe" }, scopes: ["dapanoskop/read", "dapanoskop/write"] } };
    const answer = await send({ ...list, isSignedIn: false, authorizer });
    expect(answer.statusCode).toBe(401);
  });

  it.each([
    [null],
    [[]],
    ["GET /api/plans"],
    [{}],
    [{ rawPath: "/api/plans" }],
    [{ rawPath: 1, headers: {}, requestContext: { http: { method: "GET" } } }],
    [{ rawPath: "/api/plans", headers: { a: 1 }, requestContext: { http: { method: "GET" } } }],
    [{ rawPath: "/api/plans", headers: {}, requestContext: { http: {} } }],
    [{ path: "/api/plans", httpMethod: "GET", headers: {}, requestContext: {} }],
  ])("answers an event that is no request: %j", async (event) => {
    const { handle } = attackedGateway();
    expect(await handle(event, { awsRequestId: "lambda-1" })).toMatchObject({ statusCode: 400 });
  });
});

describe("the log and the answers of the API", () => {
  it("have no secret of a request that fails: no token, body, name or account", async () => {
    const { send, lines, token } = attackedGateway();
    const answers = [
      await send({
        method: "POST",
        path: "/api/costs/query",
        body: '{"month":"2026-01","filter":{"by":"tag","key":"sesame-key","values":["sesame-value"]}}',
      }),
      await send({ method: "POST", path: "/api/budgets", body: '{"name":"sesame-budget","limit":"sesame"}' }),
      await send({ method: "POST", path: "/api/plans", query: "project=sesame", body: '{"sesame":' }),
      await send({ ...list, query: "owner=group:sesame" }),
      await send({
        ...list,
        isSignedIn: false,
        headers: { authorization: `Bearer ${token.slice(0, -9)}sesame.xx` },
      }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([503, 400, 415, 403, 401]);
    const said = [...lines, ...answers.map(({ body, headers }) => body + JSON.stringify(headers))].join("\n");
    for (const secret of ["sesame", token, token.split(".")[1] ?? "", "AKIAEXAMPLEKEY1234", "111122223333"])
      expect(said).not.toContain(secret);
  });
});
