import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { noDeadline } from "@dapanoskop/core/runtime";
import { billSource } from "@dapanoskop/core/source";
import { testRuntime } from "@dapanoskop/core/testing";
import { runId } from "@dapanoskop/dataset";
import { type MemoryStore, memoryStore } from "@dapanoskop/dataset/store";
import { loadParquetCodec } from "@dapanoskop/local/parquet";
import { collect, defaultConfig } from "@dapanoskop/pipeline";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { anRsaKey } from "../../packages/functions/src/session/testing/rsa-keys.ts";
import { smallCompany } from "../support/a-bill.ts";
import { newContext, openBrowser } from "../support/browser.ts";
import { type CognitoUser, zoe } from "../support/cognito.ts";
import { type Edge, startEdge } from "../support/edge.ts";
import { selfSigned } from "../support/self-signed.ts";

// Sign-in with a real browser: the built page, the deployed session handler, and simulations of CloudFront and the user
// pool on loopback, with the checks of the real ones.

const AT = "2026-03-03T06:00:00Z";
const VIEW = "/workload?name=web&period=2026-02";
const REFRESH_COOKIE = "__Secure-dapanoskop-refresh";

const guest: CognitoUser = { username: "guest", password: "Correct-staple-8", email: "guest@example.org" };

let browser: Browser;
let store: MemoryStore;
let edge: Edge;
let context: BrowserContext;
let recorded: Recorded;

beforeAll(async () => {
  browser = await openBrowser();
  store = memoryStore({ place: "memory" });
  await collect({ at: AT, backfill: 4, force: false }, defaultConfig, {
    source: billSource(smallCompany("2025-11-01", "2026-03-03"), { at: AT }),
    store,
    parquet: await loadParquetCodec(),
    runId: runId(AT, new Uint8Array(16).fill(7)),
    runtime: testRuntime({ deadline: noDeadline }),
  });
});
afterAll(() => browser?.close());

beforeEach(async () => {
  edge = await startEdge({ store, users: [zoe, guest], allowedGroups: ["finance"] });
  context = await newContext(browser, { ignoreHTTPSErrors: true });
  recorded = record(context);
});
afterEach(async () => {
  await context.close();
  await edge.close();
});

describe("figures behind a sign-in", () => {
  it("are refused without cookies and with cookies that another key signed; no page is served in their place", async () => {
    const keys = ["index.json", ...store.objects.keys(), "2026-02/nothing.json", "", "%69ndex.json"];
    for (const key of keys) {
      const answer = await context.request.get(`${edge.origin}/data/${key}`);
      expect([key, answer.status(), (await answer.text()).includes("<html")]).toEqual([key, 403, false]);
    }
    const foreign = await startEdge({ store });
    const theirs = await newContext(browser, { ignoreHTTPSErrors: true });
    const page = await theirs.newPage();
    await page.goto(foreign.origin);
    await signIn(page, zoe);
    await page.getByText("Zoë Müller").waitFor();
    const cookies = (await theirs.cookies(`${foreign.origin}/data/index.json`)).map(
      ({ name, value }) => `${name}=${value}`,
    );
    expect(cookies.filter((cookie) => cookie.startsWith("CloudFront-"))).toHaveLength(4);
    const headers = { cookie: cookies.join("; ") };
    expect((await context.request.get(`${edge.origin}/data/index.json`, { headers })).status()).toBe(403);
    expect((await context.request.get(`${foreign.origin}/data/index.json`, { headers })).status()).toBe(200);
    await theirs.close();
    await foreign.close();
  });

  it("open at the address of a shared link, after a wrong password and the right one", async () => {
    const page = await context.newPage();
    await page.goto(edge.origin + VIEW);
    await page.getByRole("button", { name: "Sign in" }).click();
    await fillIn(page, { ...zoe, password: "Wrong-horse-7" });
    await page.getByText("Incorrect username or password.").waitFor();
    expect(edge.answered.filter((line) => line.startsWith("POST /auth/session"))).toEqual([]);
    await fillIn(page, zoe);
    await page.getByRole("heading", { level: 1, name: "web" }).waitFor();
    expect(page.url()).toBe(edge.origin + VIEW);
    await page.getByText("Zoë Müller", { exact: true }).waitFor();
    expect(edge.answered.filter((line) => line.startsWith("POST /auth/session"))).toEqual([
      "POST /auth/session 200",
    ]);
    expectNoProblems();
  });

  it("leave no token, code or secret of the sign-in in storage, address, history or document", async () => {
    const page = await context.newPage();
    const sent = recordSecrets(page);
    await page.goto(edge.origin + VIEW);
    await signIn(page, zoe);
    await page.getByRole("heading", { level: 1, name: "web" }).waitFor();
    const cookies = await context.cookies(`${edge.origin}/auth/refresh`);
    const refresh = cookies.find(({ name }) => name === REFRESH_COOKIE);
    expect(refresh).toMatchObject({ httpOnly: true, secure: true, sameSite: "Strict", path: "/auth" });
    const secrets = [...sent.secrets(), ...edge.issued, refresh?.value.split(".").slice(4).join(".") ?? ""];
    expect(secrets.filter((secret) => secret.length < 20)).toEqual([]);
    expect(secrets.length).toBeGreaterThanOrEqual(6);

    const stored = await storedBy(page);
    expect(stored.script).toBe(""); // document.cookie
    expect(stored.databases).toEqual([]);
    expect(stored.caches).toEqual([]);
    const all = JSON.stringify(stored);
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    expect(all).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
    expect(stored.history.filter((address) => /[?&](code|state)=/.test(address))).toEqual([]);
    expectNoProblems();
  });

  it("are refused to an account outside the allowed groups, with an explanation", async () => {
    const page = await context.newPage();
    await page.goto(edge.origin);
    await signIn(page, guest);
    await page.getByText(/your account has no access to these figures/).waitFor();
    await page.getByRole("button", { name: "Sign in again" }).waitFor();
    expect(edge.reasons).toContain("groups");
    expect(await statusOf(page, "/data/index.json")).toBe(403);
    expectNoProblems();
  });
});

describe("the edge, for a signed-in user,", () => {
  it("serves a file only under its exact name", async () => {
    const page = await openSignedIn();
    expect(await statusOf(page, "/data/index.json")).toBe(200);
    for (const path of [
      "/data/",
      "/data/..%2findex.json",
      "/data/2026-02%2fsummary.json",
      "/data/2026-02%5csummary.json",
      "/data/%69ndex.json",
      "/data/%252e%252e/index.json",
      "/data/index.json%00",
      "/data//index.json",
      "/data/2026-02/",
    ]) {
      expect([path, await statusOf(page, path)]).toEqual([path, 403]);
    }
    expectNoProblems();
  });

  it("lets the browser cache a staged file, but not a refusal of it", async () => {
    const page = await openSignedIn();
    const staged = [...store.objects.keys()].find((key) => key.startsWith("_runs/")) ?? "";
    const cacheControl = `fetch(${JSON.stringify(`/data/${staged}`)}, { cache: "no-store" }).then(({ status, headers }) => [status, headers.get("cache-control")])`;
    expect(await page.evaluate(cacheControl)).toEqual([200, "private, max-age=31536000, immutable"]);
    edge.endDataCookies();
    expect(await page.evaluate(cacheControl)).toEqual([403, "private, no-cache"]);
    expectNoProblems();
  });
});

describe("an answer from the user pool", () => {
  it("with a wrong state is reported and not sent to the handler; signing in again works", async () => {
    const page = await context.newPage();
    await page.goto(edge.origin);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("Username").waitFor();
    await page.goto(`${edge.origin}/callback?code=${"c".repeat(43)}&state=${"s".repeat(43)}`);
    await page.getByText(/does not belong to the sign-in that this tab started/).waitFor();
    expect(page.url()).toBe(`${edge.origin}/callback`);
    expect(edge.answered.filter((line) => line.startsWith("POST /auth/session"))).toEqual([]);
    await page.getByRole("button", { name: "Sign in again" }).click();
    await fillIn(page, zoe);
    await page.getByText("Zoë Müller").waitFor();
    expectNoProblems();
  });

  it("is used once: the same address again is refused, and so is its code with a new state", async () => {
    const page = await context.newPage();
    const sent = recordSecrets(page);
    await page.goto(edge.origin + VIEW);
    await signIn(page, zoe);
    await page.getByRole("heading", { level: 1, name: "web" }).waitFor();
    const [callback = ""] = sent.callbacks;

    await page.goto(callback);
    await page.getByText(/did not start a sign-in, or its answer was already used/).waitFor();
    expect(edge.answered.filter((line) => line.startsWith("POST /auth/session"))).toHaveLength(1);

    const other = await (await anotherContext()).newPage();
    const theirs = recordSecrets(other);
    await other.goto(edge.origin);
    await other.getByRole("button", { name: "Sign in" }).click();
    await other.getByLabel("Username").waitFor();
    const code = new URL(callback).searchParams.get("code") ?? "";
    await other.goto(`${edge.origin}/callback?${new URLSearchParams({ code, state: theirs.state() })}`);
    await other.getByText(/The sign-in was refused/).waitFor();
    expect(edge.reasons).toContain("grant");
    expect(await statusOf(other, "/data/index.json")).toBe(403);
    await other.context().close();
    expectNoProblems();
  });
});

describe("a session", () => {
  it("survives a reload of the page, which shows the user again", async () => {
    const page = await openSignedIn();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "web" }).waitFor();
    await page.getByText("Zoë Müller", { exact: true }).waitFor();
    expect(page.url()).toBe(edge.origin + VIEW);
    expectNoProblems();
  });

  it("is renewed once for two tabs that are refused at the same time", async () => {
    const one = await openSignedIn();
    const two = await context.newPage();
    await two.goto(edge.origin + VIEW);
    await two.getByText("Zoë Müller").waitFor();
    const before = edge.answered.length;
    edge.endDataCookies();
    // The renewal waits until both tabs were refused.
    const refusals = () => edge.answered.filter((line) => /^GET \/data\/_runs.* 403$/.test(line)).length;
    await context.route("**/auth/refresh", async (route) => {
      await vi.waitUntil(() => refusals() > 1, { timeout: 15_000 });
      await route.continue();
    });
    // Two months, so that neither tab finds the other's file in the browser's cache.
    await Promise.all([openMonth(one, "2025-11"), openMonth(two, "2025-12")]);
    for (const page of [one, two]) {
      await page.locator('main[aria-busy="false"]').waitFor();
      expect(await page.getByText("Please sign in again").count()).toBe(0);
    }
    expect(edge.answered.slice(before).filter((line) => line.startsWith("POST"))).toEqual([
      "POST /auth/refresh 200",
    ]);
    expectNoProblems();
  });

  it("ends after twelve hours, with a button to sign in again", async () => {
    const page = await openSignedIn();
    edge.pass(12 * 3_600 + 1);
    await page.reload();
    await page.getByText("Please sign in again").waitFor();
    await page.getByText(/Your session has ended/).waitFor();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(edge.reasons).toContain("too-old");
    expect(await statusOf(page, "/data/index.json")).toBe(403);
    expectNoProblems();
  });

  it("ends in every tab when the user signs out, and the user pool asks for the password again", async () => {
    const one = await openSignedIn();
    const two = await context.newPage();
    await two.goto(edge.origin + VIEW);
    await two.getByText("Zoë Müller").waitFor();
    const savedCookies = await context.cookies(`${edge.origin}/auth/refresh`);

    await one.getByRole("button", { name: "Sign out" }).click();
    for (const page of [one, two]) await page.getByText("Please sign in again").waitFor();
    expect(one.url()).toBe(`${edge.origin}/`);
    expect(two.url()).toBe(edge.origin + VIEW);
    for (const page of [one, two]) {
      expect(await page.getByText("Zoë Müller").count()).toBe(0);
      expect(await statusOf(page, "/data/index.json")).toBe(403);
    }
    expect(await context.cookies([`${edge.origin}/auth/refresh`, `${edge.origin}/data/index.json`])).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ name: REFRESH_COOKIE })]),
    );

    // A kept cookie is useless: its token is revoked.
    await context.addCookies(savedCookies);
    await one.reload();
    await one.getByText("Please sign in again").waitFor();
    expect(edge.answered.at(-1)).not.toBe("POST /auth/refresh 200");
    await one.getByRole("button", { name: "Sign in" }).click();
    await one.getByLabel("Password").waitFor();
    expectNoProblems();
  });

  it("stays when signing out fails, reports that, and ends at the second try", async () => {
    const page = await openSignedIn();
    await context.route("**/auth/logout", (route) => route.abort(), { times: 1 });
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText(/Whether you are signed out is unknown/).waitFor();
    await page.getByRole("heading", { level: 1, name: "web" }).waitFor();
    expect(await statusOf(page, "/data/index.json")).toBe(200);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Please sign in again").waitFor();
    expect(await statusOf(page, "/data/index.json")).toBe(403);
    expect(recorded.errors).toEqual(["Failed to load resource: net::ERR_FAILED"]);
    expect(recorded.elsewhere).toEqual([]);
  });
});

describe("the session routes, for a signed-in user's browser,", () => {
  const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  // The first of each list is what the page sends.
  const parts = {
    method: ["POST", "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"],
    origin: [
      "own",
      null,
      "null",
      "https://evil.example",
      "https://own.evil.example",
      "own:8443",
      "http own",
      "own/",
    ],
    "sec-fetch-site": ["same-origin", "cross-site", "same-site", "none", "Same-Origin", ""],
    "x-dapanoskop": ["1", null, "", "0", "1, 1"],
    "content-type": [
      "application/json",
      null,
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/plain; application/json",
      "application/json, text/plain",
    ],
    query: ["", "?x-dapanoskop=1", "?origin=own"],
  } as const;
  type Shape = { readonly [Part in keyof typeof parts]: string | null };
  const [first, ...others] = Object.keys(parts) as (keyof typeof parts)[];
  const asThePage = Object.fromEntries(
    [first, ...others].map((part) => [part, parts[part ?? "query"][0]]),
  ) as Shape;

  /** Each shape with one part wrong, and each with two. */
  function wrongShapes(): Shape[] {
    const one = Object.entries(parts).flatMap(([part, [, ...wrong]]) =>
      wrong.map((value) => ({ part, value: value as string | null })),
    );
    const two = one.flatMap((a) =>
      one.filter((b) => b.part > a.part).map((b) => ({ ...asThePage, [a.part]: a.value, [b.part]: b.value })),
    );
    return [...one.map(({ part, value }) => ({ ...asThePage, [part]: value })), ...two];
  }

  async function send(path: string, { method, query, ...headers }: Shape) {
    const { host } = new URL(edge.origin);
    const origin = headers.origin?.replace(/^http own$/, `http://${host}`).replace(/^own/, edge.origin);
    const sent = Object.entries({ ...headers, origin, "x-amz-content-sha256": EMPTY });
    return context.request.fetch(`${edge.origin}${path}${query}`, {
      method: method ?? "",
      headers: Object.fromEntries(
        sent.filter((pair): pair is [string, string] => typeof pair[1] === "string"),
      ),
      maxRedirects: 0,
    });
  }

  it("do nothing for any request that another site can make", async () => {
    await openSignedIn();
    const shapes = wrongShapes();
    expect(shapes.length).toBeGreaterThan(300);
    const accepted: unknown[] = [];
    for (const [at, shape] of shapes.entries()) {
      const path = ["/auth/refresh", "/auth/logout", "/auth/session"][at % 3] ?? "";
      const answer = await send(path, shape);
      const isHarmless = answer.status() >= 400 && answer.headers()["set-cookie"] === undefined;
      const isOpen = Object.keys(answer.headers()).some((name) => name.startsWith("access-control-"));
      if (!isHarmless || isOpen) accepted.push([path, shape, answer.status()]);
    }
    expect(accepted).toEqual([]);
    expect((await send("/auth/refresh", asThePage)).status()).toBe(200);
  });

  it("refuse a page of another site, which sends this browser's requests", async () => {
    await openSignedIn();
    const page = await context.newPage();
    const other = createServer(selfSigned(new Date()), (_, response) => response.end("<title>Other</title>"));
    await once(other.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => void other.close());
    // Another name of this machine is another site.
    await page.goto(`https://localhost:${(other.address() as AddressInfo).port}/`);
    const before = edge.answered.length;
    for (const path of ["/auth/logout", "/auth/refresh", "/auth/session"]) {
      const address = JSON.stringify(edge.origin + path);
      await page.evaluate(
        `fetch(${address}, { method: "POST", credentials: "include", mode: "no-cors" }).catch(() => null)`,
      );
      await page.evaluate(
        `fetch(${address}, { method: "POST", credentials: "include", headers: { "x-dapanoskop": "1", "content-type": "application/json" } }).catch(() => null)`,
      );
    }
    const answered = edge.answered.slice(before);
    expect(answered.filter((line) => line.startsWith("POST"))).toEqual([
      "POST /auth/logout 403",
      "POST /auth/refresh 403",
      "POST /auth/session 403",
    ]);
    expect(answered.filter((line) => !/ 403$/.test(line))).toEqual([]);
    expect((await send("/auth/refresh", asThePage)).status()).toBe(200);
  });
});

describe("a rotation of the signing keys", () => {
  it("signs nobody out: the edge trusts the new key first, then the handler signs with it, then the old one goes", async () => {
    const page = await openSignedIn();
    const [old, next] = [edge.key, anRsaKey("next")];
    const refused = edge.reasons.length;
    const keyPairOf = async () =>
      (await context.cookies(`${edge.origin}/data/index.json`)).find(
        ({ name }) => name === "CloudFront-Key-Pair-Id",
      )?.value;
    const renew = async () => {
      edge.endDataCookies();
      await page.reload();
      await page.getByRole("heading", { level: 1, name: "web" }).waitFor();
    };
    edge.rotate({ trusted: [old, next], settings: [old] });
    expect(await statusOf(page, "/data/index.json")).toBe(200);
    edge.rotate({ trusted: [old, next], settings: [next, old] });
    expect([await statusOf(page, "/data/index.json"), await keyPairOf()]).toEqual([200, "KEDGE"]);
    await renew();
    expect([await statusOf(page, "/data/index.json"), await keyPairOf()]).toEqual([200, "KNEXT"]);
    edge.rotate({ trusted: [next], settings: [next] });
    expect(await statusOf(page, "/data/index.json")).toBe(200);
    await renew();
    await page.getByText("Zoë Müller", { exact: true }).waitFor();
    expect(edge.reasons.slice(refused)).toEqual([]);
    expectNoProblems();
  });
});

/** A page of a workload, opened by a signed-in user. */
async function openSignedIn(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(edge.origin + VIEW);
  await signIn(page, zoe);
  await page.getByRole("heading", { level: 1, name: "web" }).waitFor();
  await page.getByText("Zoë Müller").waitFor();
  return page;
}

async function signIn(page: Page, user: CognitoUser): Promise<void> {
  await page.getByRole("button", { name: "Sign in" }).click();
  await fillIn(page, user);
}

async function fillIn(page: Page, { username, password }: CognitoUser): Promise<void> {
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Opens a month by a link of the page, without loading the page again. */
async function openMonth(page: Page, month: string): Promise<void> {
  const figures = page.waitForResponse(
    (each) => each.url().endsWith(`${month}/cost-by-usage-type.parquet`) && each.ok(),
  );
  await page.locator(`a[href*="period=${month}"]`).first().click();
  await figures;
}

const statusOf = (page: Page, path: string) =>
  page.evaluate<number>(`fetch(${JSON.stringify(path)}, { cache: "no-store" }).then(({ status }) => status)`);

async function anotherContext(): Promise<BrowserContext> {
  const another = await newContext(browser, { ignoreHTTPSErrors: true });
  recorded.add(another);
  return another;
}

interface Recorded {
  readonly errors: string[];
  readonly elsewhere: string[];
  add(context: BrowserContext): void;
}

/** Records errors of all pages, and their requests to other origins except for navigation to the user pool. */
function record(first: BrowserContext): Recorded {
  const errors: string[] = [];
  const elsewhere: string[] = [];
  const add = (each: BrowserContext) => {
    each.on("console", (message) => {
      // The browser logs every refused request; these tests expect some.
      const isRefusal = /status of (401|403)/.test(message.text());
      const isOwn = /^https:[^?]*\/(data|auth)\//.test(message.location().url);
      const isPool = message.location().url.startsWith("http://");
      if (message.type() === "error" && !(isRefusal && isOwn) && !isPool) errors.push(message.text());
    });
    each.on("weberror", (error) => errors.push(String(error.error())));
    each.on("request", (request) => {
      const isPage = request.frame().url().startsWith(edge.origin);
      if (!isPage || request.url().startsWith(`${edge.origin}/`)) return;
      if (!request.isNavigationRequest()) elsewhere.push(request.url());
      else if (!request.url().startsWith(`${edge.cognito.url}/`)) elsewhere.push(request.url());
    });
  };
  add(first);
  return { errors, elsewhere, add };
}

function expectNoProblems(): void {
  expect(recorded.errors).toEqual([]);
  expect(recorded.elsewhere).toEqual([]);
}

/** Records what a sign-in sends and must not store. */
function recordSecrets(page: Page) {
  const callbacks: string[] = [];
  const states: string[] = [];
  const sent: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname === "/callback" && url.search !== "") callbacks.push(request.url());
    if (url.pathname === "/oauth2/authorize") states.push(url.searchParams.get("state") ?? "");
    if (url.pathname === "/auth/session") {
      const body: Record<string, string> = request.postDataJSON();
      sent.push(...Object.values(body));
    }
  });
  return {
    callbacks,
    state: () => states.at(-1) ?? "",
    /** Code, verifier, nonce and state. */
    secrets: () => [...states, ...sent],
  };
}

interface Stored {
  readonly script: string;
  readonly databases: readonly unknown[];
  readonly caches: readonly string[];
  readonly [place: string]: unknown;
}

/** Everything that a page can store. */
async function storedBy(page: Page) {
  const inside = await page.evaluate<Stored>(`(async () => ({
    script: document.cookie,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    address: location.href,
    state: history.state,
    name: window.name,
    drawn: document.documentElement.outerHTML,
  }))()`);
  const devtools = await page.context().newCDPSession(page);
  const { entries } = await devtools.send("Page.getNavigationHistory");
  return { ...inside, history: entries.map(({ url, title }) => `${url} ${title}`) };
}
