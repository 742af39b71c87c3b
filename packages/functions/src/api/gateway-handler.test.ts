import { gzipSync } from "node:zlib";
import { aPlan } from "@dapanoskop/api/testing";
import { memoryState } from "@dapanoskop/core/state";
import { memoryStore } from "@dapanoskop/dataset/store";
import { memoryPlanFiles } from "@dapanoskop/plans";
import { describe, expect, it } from "vitest";
import { accessClaims, CLIENT, edgeKey, HOST, ISSUER, testPool, token } from "../session/testing/index.ts";
import { type ApiRuntime, gatewayHandler } from "./gateway-handler.ts";

const ENVIRONMENT = {
  DATA_BUCKET: "data",
  PLANS_BUCKET: "plans",
  STATE_TABLE: "state",
  SETTINGS_PARAMETER: "/dapanoskop/session",
};
const POOL = ISSUER.split("/").at(-1) ?? "";
const SETTINGS = JSON.stringify({
  host: HOST,
  user_pool_id: POOL,
  sign_in_host: "bill.auth.eu-central-1.amazoncognito.com",
  client_id: CLIENT,
  allowed_groups: [],
  signing_keys: [
    {
      key_pair_id: "K",
      kms_key_id: "edge",
      public_key: edgeKey.publicKey.export({ type: "spki", format: "pem" }),
    },
  ],
});
const at = () => Math.floor(Date.now() / 1_000);
const SCOPE = "dapanoskop/read dapanoskop/write";
const zoe = () => token(accessClaims(at(), { scope: SCOPE }));
const yan = () => token(accessClaims(at(), { sub: "yan", scope: SCOPE, "cognito:groups": ["finance"] }));

function aGateway(changes: Partial<ApiRuntime> = {}) {
  const lines: string[] = [];
  const state = memoryState();
  const files = memoryPlanFiles();
  const handle = gatewayHandler({
    environment: ENVIRONMENT,
    store: () => memoryStore({ place: "data" }),
    state: () => state,
    files: () => files,
    source: () => {
      throw new Error("AKIAEXAMPLEKEY1234 broke in 111122223333");
    },
    pagePrice: { units: 10_000_000_000n, currency: "USD" },
    settings: () => ({ read: async () => SETTINGS }),
    fetch: testPool().fetch,
    now: () => new Date(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    sleep: async () => {},
    write: (line) => lines.push(line),
    ...changes,
  });
  async function send(
    own: string | null,
    method: string,
    path: string,
    { body, headers = {}, query = "", isBase64Encoded = false }: EventChanges = {},
  ) {
    const answer = await handle(
      {
        version: "2.0",
        rawPath: `/api${path}`,
        rawQueryString: query,
        headers: {
          host: "x.execute-api.eu-central-1.amazonaws.com",
          ...(own !== null && { authorization: `Bearer ${own}` }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        requestContext: { requestId: "gateway-1", http: { method } },
        ...(body !== undefined && { body }),
        isBase64Encoded,
      },
      { awsRequestId: "lambda-1" },
    );
    return {
      ...answer,
      document: answer.isBase64Encoded || answer.body === "" ? null : JSON.parse(answer.body),
    };
  }
  return { send, lines, state, files, handle };
}

interface EventChanges {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly isBase64Encoded?: boolean;
}

const upload = (volumes?: readonly string[]): EventChanges => ({
  body: JSON.stringify(aPlan(volumes === undefined ? {} : { volumes })),
  query: "project=acme/infra",
});

describe("the API behind the gateway", () => {
  it.each(Object.keys(ENVIRONMENT))("does not start without %s", (name) => {
    expect(() => aGateway({ environment: { ...ENVIRONMENT, [name]: "" } })).toThrow(`${name} is not set`);
  });

  it("answers nobody while its settings cannot be read", async () => {
    for (const read of [() => Promise.reject(new Error("no")), async () => "{}"]) {
      const { send } = aGateway({ settings: () => ({ read }) });
      expect(await send(zoe(), "GET", "/plans")).toMatchObject({
        statusCode: 503,
        document: { error: "unavailable" },
      });
    }
  });

  it("asks for a token, and takes a valid one", async () => {
    const { send } = aGateway();
    expect(await send(null, "GET", "/plans")).toMatchObject({
      statusCode: 401,
      headers: { "www-authenticate": "Bearer", "cache-control": "no-store", "x-request-id": "lambda-1" },
      document: { error: "unauthenticated" },
    });
    const created = await send(zoe(), "POST", "/plans", upload());
    expect(created).toMatchObject({ statusCode: 201, headers: { "content-type": "application/json" } });
    expect((await send(zoe(), "GET", "/plans")).document.items).toHaveLength(1);
  });

  it("answers another one's id as an unknown one: the same status, body and work", async () => {
    const { send, state } = aGateway();
    const { document } = await send(zoe(), "POST", "/plans", upload());
    await send(zoe(), "POST", "/budgets", {
      body: JSON.stringify({ id: "all", name: "a", scope: { kind: "everything" }, limit: "1" }),
    });
    const unknown = "0".repeat(32);
    const theirs: string = document.summary.id;
    for (const [method, path, none] of [
      ["GET", `/plans/${theirs}`, `/plans/${unknown}`],
      ["DELETE", `/plans/${theirs}`, `/plans/${unknown}`],
      ["GET", "/budgets/all", "/budgets/none"],
      ["DELETE", "/budgets/all", "/budgets/none"],
      ["GET", "/budgets/all/alerts", "/budgets/none/alerts"],
    ] as const) {
      const reads = spied(state);
      const foreign = await send(yan(), method, path);
      const work = reads.splice(0);
      const missing = await send(yan(), method, none);
      expect([path, foreign.statusCode, foreign.body]).toEqual([path, 404, missing.body]);
      expect(reads.map(({ verb }) => verb)).toEqual(work.map(({ verb }) => verb));
    }
    expect((await send(yan(), "GET", "/plans")).document.items).toEqual([]);
    expect((await send(zoe(), "GET", `/plans/${theirs}`)).statusCode).toBe(200);
  });

  it("lets a person act for a group that the token proves, and for no other", async () => {
    const { send } = aGateway();
    const shared = { ...upload(), query: "project=acme/infra&owner=group:finance" };
    expect((await send(zoe(), "POST", "/plans", shared)).statusCode).toBe(201);
    expect(
      (await send(yan(), "GET", "/plans", { query: "owner=group:finance" })).document.items,
    ).toHaveLength(1);
    for (const owner of ["group:other", "user:b4d8-zoe", "local", "group:Finance", "group:finance%20"]) {
      const refused = await send(yan(), "GET", "/plans", { query: `owner=${owner}` });
      expect([owner, [400, 403].includes(refused.statusCode)]).toEqual([owner, true]);
    }
  });

  it("permits what the scope permits", async () => {
    const { send } = aGateway();
    const reader = token(accessClaims(at(), { scope: "dapanoskop/read" }));
    expect((await send(reader, "GET", "/plans")).statusCode).toBe(200);
    expect(await send(reader, "POST", "/plans", upload())).toMatchObject({
      statusCode: 403,
      document: { error: "forbidden", message: expect.stringContaining("dapanoskop/write") },
    });
  });

  it("takes a compressed plan, and compresses a large answer", async () => {
    const { send } = aGateway();
    const volumes = Array.from({ length: 400 }, (_, index) => `v${index}`);
    const sent = {
      ...upload(volumes),
      body: gzipSync(JSON.stringify(aPlan({ volumes }))).toString("base64"),
    };
    const created = await send(zoe(), "POST", "/plans", {
      ...sent,
      isBase64Encoded: true,
      headers: { "content-encoding": "gzip", "accept-encoding": "gzip" },
    });
    expect(created).toMatchObject({
      statusCode: 201,
      isBase64Encoded: true,
      headers: { "content-encoding": "gzip" },
    });
  });

  it("refuses what is no request of the gateway", async () => {
    const { handle, send } = aGateway();
    for (const event of [null, {}, { rawPath: 1 }, { source: "aws.events" }]) {
      expect((await handle(event, {})).statusCode).toBe(400);
    }
    expect((await send(zoe(), "TRACE", "/plans")).statusCode).toBe(400);
    for (const path of ["//evil.example/plans", "/plans/../../x", "/plans/%00", "/plans/a?b#c", "/nothing"]) {
      expect((await send(zoe(), "GET", path)).statusCode).toBe(404);
    }
    expect(await send(zoe(), "PUT", "/plans", { body: "{}" })).toMatchObject({
      statusCode: 405,
      headers: { allow: "POST, GET" },
    });
  });

  it("writes no token, body, name or key into its log", async () => {
    const { send, lines } = aGateway();
    const secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    const tokens = [zoe(), token(accessClaims(at(), { client_id: "stranger" })), `${zoe()}x`];
    for (const one of tokens) {
      await send(one, "GET", "/plans", { query: "project=secret-project" });
      await send(one, "POST", "/plans", { ...upload(), headers: { "x-github-token": secret } });
      await send(one, "POST", "/scans", {
        body: JSON.stringify({ files: [{ path: "a.tf", text: `# ${secret}` }], token: secret }),
      });
      await send(one, "POST", "/costs/query", { body: JSON.stringify({ month: "2026-01" }) });
    }
    const log = lines.join("\n");
    for (const one of tokens) {
      for (const part of one.split(".")) expect(log).not.toContain(part);
    }
    for (const word of [secret, "secret-project", "acme/infra", "b4d8-zoe", "AKIA", "111122223333"]) {
      expect(log).not.toContain(word);
    }
    const records = lines.map((line) => JSON.parse(line));
    expect(records.some(({ reason }) => reason === "client")).toBe(true);
    expect(records.every(({ request_id: id }) => id === "lambda-1")).toBe(true);
  });
});

interface StateCall {
  readonly verb: string;
}

/** Records the calls of a state store from now on. */
function spied(state: ReturnType<typeof memoryState>): StateCall[] {
  const calls: StateCall[] = [];
  for (const verb of ["get", "list", "putIfAbsent", "putIfVersion", "remove"] as const) {
    const original = state[verb] as (...args: unknown[]) => unknown;
    Object.assign(state, {
      [verb]: (...args: unknown[]) => {
        calls.push({ verb });
        return original(...args);
      },
    });
  }
  return calls;
}
