import { type MemoryStore, memoryStore } from "@dapanoskop/dataset/store";
import { securityHeaders, strictTransport } from "@dapanoskop/edge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen, type RunningServer } from "../../packages/cli/src/server/listen.ts";
import { newContext, openBrowser } from "../support/browser.ts";
import { type Edge, startEdge } from "../support/edge.ts";
import { rawRequest } from "../support/raw-request.ts";

const staged = `_runs/20260308T060000Z-${"a".repeat(32)}/2026-02/summary.json`;

let store: MemoryStore;
let edge: Edge;
let serving: RunningServer;
let cookie: string;

beforeAll(async () => {
  store = memoryStore({ place: "memory" });
  for (const key of ["index.json", "trend.json", "2026-02/summary.json", staged]) {
    await store.overwrite(key, { body: new TextEncoder().encode("{}"), contentType: "application/json" });
  }
  edge = await startEdge({ store });
  serving = await listen(store, 0);
  cookie = await edge.dataCookies();
});
afterAll(async () => {
  await serving?.close();
  await edge?.close();
});

/** Status and headers of a response, without those of the connection and the time. */
async function responseOf(origin: string, path: string) {
  const { status, headers } = await rawRequest(origin + path, { cookie });
  const { date, connection, "keep-alive": _, "content-length": __, ...rest } = headers;
  return { status, headers: rest };
}

describe("the response headers of `serve` and of the deployed edge", () => {
  it("are the same for all files, except that the edge adds Strict-Transport-Security for two years", async () => {
    const { body } = await rawRequest(`${edge.origin}/`);
    const [script = ""] = /\/assets\/[^"]+\.js/.exec(body) ?? [];
    const paths = ["/", "/workload?name=web", "/callback", "/icon.svg", "/config.json", script];
    const data = ["index.json", "trend.json", "2026-02/summary.json", staged].map((key) => `/data/${key}`);
    for (const path of [...paths, ...data]) {
      const here = await responseOf(serving.url.replace(/\/$/, ""), path);
      const there = await responseOf(edge.origin, path);
      expect([path, here.status, there.status]).toEqual([path, 200, 200]);
      const { "strict-transport-security": strict, ...same } = there.headers;
      expect([path, strict]).toEqual([path, `max-age=${strictTransport.maxAge}; includeSubDomains`]);
      expect([path, same]).toEqual([path, here.headers]);
    }
  });

  it("are as strict for missing files, which are not cached", async () => {
    const paths = [
      "/gone.svg",
      "/data",
      "/data/",
      "/data/2026-01/summary.json",
      `/data/${staged}x`,
      "/assets/gone.js",
      "/..%2fx",
    ];
    for (const path of paths) {
      for (const origin of [serving.url.replace(/\/$/, ""), edge.origin]) {
        const { status, headers } = await responseOf(origin, path);
        expect([path, status >= 400]).toEqual([path, true]);
        expect([path, headers]).toEqual([path, expect.objectContaining(securityHeaders)]);
        expect(["no-store", "private, no-cache"]).toContain(headers["cache-control"]);
      }
    }
  });

  it("are accepted by a browser without warnings", async () => {
    const browser = await openBrowser();
    const context = await newContext(browser);
    const messages: string[] = [];
    const page = await context.newPage();
    page.on("console", (message) => messages.push(message.text()));
    await page.goto(`${serving.url}workload`);
    await page.locator("main").waitFor();
    expect(messages.filter((text) => /polic|header|feature/i.test(text))).toEqual([]);
    await browser.close();
  });
});
