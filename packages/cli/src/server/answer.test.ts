import { memoryStore } from "@dapanoskop/dataset/store";
import { isDrawn, securityHeaders } from "@dapanoskop/edge";
import { describe, expect, it } from "vitest";
import { answer, type Request } from "./answer.ts";

const run = `20260308T060000Z-${"a".repeat(32)}`;
const text = (body: Uint8Array) => new TextDecoder().decode(body);

async function aStore() {
  const store = memoryStore({ place: "here" });
  const put = (key: string, content: string, contentType: string) =>
    store.overwrite(key, { body: new TextEncoder().encode(content), contentType });
  await put("index.json", "{}", "application/json");
  await put("2026-03/summary.json", '{"a":1}', "application/json");
  await put(`_runs/${run}/2026-03/cost-by-workload.parquet`, "PAR1", "application/vnd.apache.parquet");
  return store;
}

const ask = async (own: Partial<Request> = {}) =>
  answer(
    {
      method: "GET",
      target: "/data/2026-03/summary.json",
      host: "127.0.0.1:4321",
      ifNoneMatch: null,
      ...own,
    },
    await aStore(),
    () => "2026-03-08T06:00:00Z",
  );

describe("published files over HTTP", () => {
  it("come as they are, with their type and an etag", async () => {
    const { status, headers, body } = await ask();
    expect(status).toBe(200);
    expect(text(body)).toBe('{"a":1}');
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "cache-control": "private, no-cache",
    });
    expect(headers.etag).toMatch(/^"[^"]+"$/);
  });

  it("are kept by the browser for good where they never change", async () => {
    const { headers } = await ask({ target: `/data/_runs/${run}/2026-03/cost-by-workload.parquet` });
    expect(headers).toMatchObject({
      "content-type": "application/vnd.apache.parquet",
      "cache-control": "private, max-age=31536000, immutable",
    });
  });

  it("are not sent again to whom has them", async () => {
    const etag = (await ask()).headers.etag ?? "";
    for (const ifNoneMatch of [etag, `"other", W/${etag}`, "*"]) {
      expect(await ask({ ifNoneMatch })).toMatchObject({ status: 304, body: new Uint8Array() });
    }
    expect((await ask({ ifNoneMatch: '"other"' })).status).toBe(200);
  });

  it.each([
    "/data/../../etc/passwd",
    "/data/2026-03/../index.json",
    "/data/..%2f..%2fetc/passwd",
    "/data/%2e%2e/index.json",
    "/data/%2E%2E%2Fetc",
    "/data/index.json%00",
    "/data/..\\index.json",
    "/data/index.json\0",
    "/data//index.json",
    "/data/",
    "/data/_index/1.json",
    "/data/2026-03",
    "/data/2026-03/summary.json/",
    "/data/__proto__",
    "/data/2026-03/other.json",
    "/data/.git/config",
    "//evil.example/data/index.json",
    "http://evil.example/data/index.json",
    "*",
    "",
  ])("are all there is: %j is refused", async (target) => {
    const { status, body } = await ask({ target });
    expect([400, 404]).toContain(status);
    expect(text(body)).toMatch(/^[A-Z].*\.\n$/);
  });

  it("are given to this machine's own names only, whatever a name elsewhere points to", async () => {
    for (const host of [
      "evil.example",
      "127.0.0.1.evil.example:4321",
      "localhost.evil.example",
      "0.0.0.0:4321",
      "",
      null,
    ]) {
      expect((await ask({ host })).status).toBe(403);
    }
    for (const host of ["localhost:4321", "127.0.0.1", "[::1]:4321", "LOCALHOST"]) {
      expect((await ask({ host })).status).toBe(200);
    }
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])(
    "are only read: %s is refused",
    async (method) => {
      expect(await ask({ method })).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
    },
  );

  it("are never kept where they are missing, however long they are where they stand", async () => {
    for (const target of [
      `/data/_runs/${run}/2026-03/summary.json`,
      "/data/2026-02/summary.json",
      "/data/x",
    ]) {
      const { status, headers } = await ask({ target });
      expect([target, status, headers["cache-control"]]).toEqual([target, 404, "private, no-cache"]);
    }
  });

  it("carry the strict headers, errors and refusals too", async () => {
    const answers = await Promise.all([
      ask(),
      ask({ method: "POST" }),
      ask({ host: "evil.example" }),
      ask({ target: "/data/x" }),
      ask({ target: "/%" }),
      ask({ target: "/" }),
      ask({ target: "/report.css" }),
      ask({ ifNoneMatch: "*" }),
    ]);
    for (const { headers } of answers) expect(headers).toMatchObject(securityHeaders);
  });
});

describe("the report over HTTP", () => {
  it("says what to do where nothing is published", async () => {
    const request = { method: "GET", target: "/", host: "localhost", ifNoneMatch: null };
    const { status, body } = await answer(
      request,
      memoryStore({ place: "<here>" }),
      () => "2026-03-08T06:00:00Z",
    );
    expect(status).toBe(200);
    expect(text(body)).toContain("Nothing is published in &lt;here&gt; yet. Run: dapanoskop collect.");
  });

  it("tells a damaged index as a sentence, and loses nothing", async () => {
    const { status, body } = await ask({ target: "/" });
    expect(status).toBe(500);
    expect(text(body)).toContain("index.json is not as published");
  });

  it("takes a month from the address, and nothing else", async () => {
    for (const period of ["x", "2026-13", "<script>", "%00", "2026-03%0d%0aSet-Cookie:a=b"]) {
      const { status, body } = await ask({ target: `/?period=${period}` });
      expect(status).toBe(404);
      expect(text(body)).not.toContain("<script>");
    }
  });
});

describe("the page over HTTP", () => {
  const page = {
    body: new TextEncoder().encode("<!doctype html>"),
    contentType: "text/html",
  };
  const script = { body: new TextEncoder().encode("1"), contentType: "text/javascript" };
  const site = {
    at: (path: string) => (path === "/assets/a.js" ? script : isDrawn(path) ? page : null),
  };
  const askSite = async (target: string) =>
    answer(
      { method: "GET", target, host: "localhost:4321", ifNoneMatch: null },
      await aStore(),
      () => "2026-03-08T06:00:00Z",
      site,
    );

  it.each([
    "/",
    "/?period=2026-01",
    "/workload?name=%3Cimg%3E",
    "/cost-center",
    "/storage",
    "/published",
    "/callback",
  ])("answers %s with the page, so that a deep link survives a refresh", async (target) => {
    const { status, headers, body } = await askSite(target);
    expect([status, text(body)]).toEqual([200, "<!doctype html>"]);
    expect(headers).toMatchObject({ ...securityHeaders, "cache-control": "no-cache" });
  });

  it("lets the browser keep what is named by its content", async () => {
    const { headers } = await askSite("/assets/a.js");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  it("never answers with the page where a file was asked for", async () => {
    for (const target of ["/assets/gone.js", "/data/gone.json", "/data/", "/data", "/favicon.ico"]) {
      expect((await askSite(target)).status, target).toBe(404);
    }
  });

  it("is told of no user pool on this machine, and leaves the plain report at an address of its own", async () => {
    const config = await askSite("/config.json");
    expect(text(config.body)).toBe("{}\n");
    expect(config.headers["cache-control"]).toBe("no-store");
    expect(text((await askSite("/report")).body)).not.toBe("<!doctype html>");
  });
});
