import { createServer, type ServerResponse } from "node:http";
import { memoryStore } from "@dapanoskop/dataset/store";
import { aSummary, publishSummary } from "@dapanoskop/dataset/testing";
import { securityHeaders } from "@dapanoskop/edge";
import { describe, expect, it, onTestFinished } from "vitest";
import { smokeTest } from "./smoke-test.ts";

const HTML = "<!doctype html><title>Dapanoskop</title>";

type ScriptedAnswer = (path: string, response: ServerResponse) => void;

const healthy: ScriptedAnswer = (path, response) => {
  if (path.startsWith("/data")) return void response.writeHead(403).end("denied");
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...securityHeaders }).end(HTML);
};

async function site(answer: ScriptedAnswer): Promise<string> {
  const server = createServer((request, response) => answer(request.url ?? "", response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

const failed = async (answer: ScriptedAnswer) => {
  const target = { page: await site(answer), store: null, isNew: false };
  return (await smokeTest(target, new Date("2026-03-01T00:00:00Z"))).filter(({ ok }) => !ok);
};

const html =
  (body: string, headers = {}): ScriptedAnswer =>
  (path, response) =>
    path.startsWith("/data")
      ? healthy(path, response)
      : void response.writeHead(200, { "content-type": "text/html", ...headers }).end(body);

/** Answers one path of the data as the page, and refuses the others. */
const open =
  (path: string): ScriptedAnswer =>
  (asked, response) =>
    healthy(asked === path ? "/" : asked, response);

describe("the smoke test of a deployment", () => {
  it("passes where the page opens and its data is refused", async () => {
    expect(await failed(healthy)).toEqual([]);
  });

  it.each<[string, ScriptedAnswer, string, string]>([
    [
      "an error instead of the page",
      (_, response) => void response.writeHead(403).end(),
      "page",
      "/ answers 403.",
    ],
    ["a page that is none of ours", html("<title>Welcome</title>"), "page", "something else than the page"],
    [
      "something that is no page",
      html(HTML, { ...securityHeaders, "content-type": "application/json" }),
      "page",
      "something else than the page",
    ],
    ["a page without its policy", html(HTML), "page", "no content security policy"],
    ["an open index", open("/data/index.json"), "data", "/data/index.json answers 200 without a sign-in"],
    ["an open trend", open("/data/trend.json"), "data", "/data/trend.json answers 200"],
    ["an open month", open("/data/2026-01/summary.json"), "data", "/data/2026-01/summary.json answers 200"],
    ["an open folder", open("/data/"), "data", "/data/ answers 200"],
    [
      "a redirect for data",
      (path, response) =>
        path.startsWith("/data")
          ? void response.writeHead(302, { location: "/" }).end()
          : healthy(path, response),
      "data",
      "answers 302 without a sign-in",
    ],
  ])("fails by %s alone", async (_, answer, what, sentence) => {
    const problems = await failed(answer);
    expect(problems.map((problem) => problem.what)).toEqual([what]);
    expect(problems[0]?.text).toContain(sentence);
  });

  it("fails by a site that cannot be reached, with the cause", async () => {
    const target = { page: "http://127.0.0.1:1", store: null, isNew: false };
    const checks = await smokeTest(target, new Date());
    expect(checks.map(({ ok }) => ok)).toEqual([false, false]);
    for (const { text } of checks) expect(text).toMatch(/does not answer \(.+\)\./);
  });

  it("compares the age of what is published", async () => {
    const store = memoryStore();
    const page = await site(healthy);
    const fresh = async (now: string, isNew = false) =>
      (await smokeTest({ page, store, isNew }, new Date(now))).find(({ what }) => what === "freshness");
    expect(await fresh("2026-03-01T00:00:00Z")).toMatchObject({
      ok: false,
      text: expect.stringContaining("nothing is published in "),
    });
    expect(await fresh("2026-03-01T00:00:00Z", true)).toMatchObject({ ok: true });
    await publishSummary(store, aSummary({ period: "2026-02" }));
    const { published_at } = JSON.parse(new TextDecoder().decode((await store.get("index.json"))?.body));
    const later = (hours: number) => new Date(Date.parse(published_at) + hours * 3_600_000).toISOString();
    expect(await fresh(later(36.9))).toMatchObject({ ok: true });
    for (const isNew of [false, true]) {
      expect(await fresh(later(37), isNew)).toMatchObject({
        ok: false,
        text: expect.stringContaining("are 37 hours old: look at the alarms of the collector"),
      });
    }
    const broken = { ...store, get: async () => Promise.reject(new Error("The bucket refuses.")) };
    const [, , check] = await smokeTest({ page, store: broken, isNew: true }, new Date());
    expect(check).toMatchObject({ ok: false, text: "The bucket refuses." });
  });
});
