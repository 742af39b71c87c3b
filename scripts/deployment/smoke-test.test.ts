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

const at = (text: string) => ({ fetch, now: () => new Date(text) });
const failed = async (answer: ScriptedAnswer) =>
  (
    await smokeTest({ page: await site(answer), store: null, isNew: false }, at("2026-03-01T00:00:00Z"))
  ).filter(({ problem }) => problem !== null);

describe("the smoke test of a deployment", () => {
  it("passes where the page opens and its data is refused", async () => {
    expect(await failed(healthy)).toEqual([]);
  });

  it.each<[string, ScriptedAnswer, string, number]>([
    [
      "an error instead of the page",
      (_, response) => void response.writeHead(403).end(),
      "/ answered 403",
      1,
    ],
    [
      "a page that is none of ours",
      (path, response) =>
        path.startsWith("/data")
          ? healthy(path, response)
          : void response.writeHead(200, { "content-type": "text/html" }).end("<title>Welcome</title>"),
      "something else than the page",
      1,
    ],
    [
      "a page without its policy",
      (path, response) =>
        path.startsWith("/data")
          ? healthy(path, response)
          : void response.writeHead(200, { "content-type": "text/html" }).end(HTML),
      "no content security policy",
      1,
    ],
    ["data for everybody", (_, response) => healthy("/", response), "answered 200 without a session", 4],
    [
      "a redirect for data",
      (path, response) =>
        path.startsWith("/data")
          ? void response.writeHead(302, { location: "/" }).end()
          : healthy(path, response),
      "answered 302 without a session",
      4,
    ],
  ])("fails by %s", async (_, answer, sentence, count) => {
    const problems = await failed(answer);
    expect(problems).toHaveLength(count);
    for (const { problem } of problems) expect(problem).toContain(sentence);
  });

  it("fails by a site that cannot be reached, with the cause", async () => {
    const checks = await smokeTest(
      { page: "http://127.0.0.1:9", store: null, isNew: false },
      at("2026-03-01T00:00:00Z"),
    );
    expect(checks.every(({ problem }) => problem !== null && problem.length > 10)).toBe(true);
  });

  it("compares the age of what is published", async () => {
    const store = memoryStore();
    const page = await site(healthy);
    const fresh = async (now: string, isNew = false) =>
      (await smokeTest({ page, store, isNew }, at(now))).find(({ what }) => what.includes("fresh"))?.problem;
    expect(await fresh("2026-03-01T00:00:00Z")).toContain("Nothing is published in ");
    expect(await fresh("2026-03-01T00:00:00Z", true)).toBeNull();
    await publishSummary(store, aSummary({ period: "2026-02" }));
    const { published_at } = JSON.parse(new TextDecoder().decode((await store.get("index.json"))?.body));
    const later = (hours: number) => new Date(Date.parse(published_at) + hours * 3_600_000).toISOString();
    expect(await fresh(later(36.9))).toBeNull();
    expect(await fresh(later(37))).toContain("are 37 hours old. Look at the alarms of the collector.");
    expect(await fresh(later(37), true)).toContain("37 hours old");
  });
});
