import { memoryStore } from "@dapanoskop/dataset/store";
import { isDrawn, securityHeaders } from "@dapanoskop/edge";
import { describe, expect, it } from "vitest";
import { type HttpRequest, respond } from "./respond.ts";

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

const request = async (own: Partial<HttpRequest> = {}) =>
  respond(
    {
      method: "GET",
      target: "/data/2026-03/summary.json",
      host: "127.0.0.1:4321",
      ifNoneMatch: null,
      ...own,
    },
    await aStore(),
  );

describe("published files over HTTP", () => {
  it("are returned unchanged, with their type and an etag", async () => {
    const { status, headers, body } = await request();
    expect(status).toBe(200);
    expect(text(body)).toBe('{"a":1}');
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "cache-control": "private, no-cache",
    });
    expect(headers.etag).toMatch(/^"[^"]+"$/);
  });

  it("may be cached for a year where they never change", async () => {
    const { headers } = await request({ target: `/data/_runs/${run}/2026-03/cost-by-workload.parquet` });
    expect(headers).toMatchObject({
      "content-type": "application/vnd.apache.parquet",
      "cache-control": "private, max-age=31536000, immutable",
    });
  });

  it("are not sent again to a client that has them", async () => {
    const etag = (await request()).headers.etag ?? "";
    for (const ifNoneMatch of [etag, `"other", W/${etag}`, "*"]) {
      expect(await request({ ifNoneMatch })).toMatchObject({ status: 304, body: new Uint8Array() });
    }
    expect((await request({ ifNoneMatch: '"other"' })).status).toBe(200);
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
  ])("are the only files: %j is refused", async (target) => {
    const { status, body } = await request({ target });
    expect([400, 404]).toContain(status);
    expect(text(body)).toMatch(/^[A-Z].*\.\n$/);
  });

  it("are returned only for the host names of this machine", async () => {
    for (const host of [
      "evil.example",
      "127.0.0.1.evil.example:4321",
      "localhost.evil.example",
      "0.0.0.0:4321",
      "",
      null,
    ]) {
      expect((await request({ host })).status).toBe(403);
    }
    for (const host of ["localhost:4321", "127.0.0.1", "[::1]:4321", "LOCALHOST"]) {
      expect((await request({ host })).status).toBe(200);
    }
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])(
    "cannot be changed: %s is refused",
    async (method) => {
      expect(await request({ method })).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
    },
  );

  it("are not cached where they are missing", async () => {
    for (const target of [
      `/data/_runs/${run}/2026-03/summary.json`,
      "/data/2026-02/summary.json",
      "/data/x",
    ]) {
      const { status, headers } = await request({ target });
      expect([target, status, headers["cache-control"]]).toEqual([target, 404, "private, no-cache"]);
    }
  });

  it("have the security headers, in errors and refusals too", async () => {
    const responses = await Promise.all([
      request(),
      request({ method: "POST" }),
      request({ host: "evil.example" }),
      request({ target: "/data/x" }),
      request({ target: "/%" }),
      request({ target: "/" }),
      request({ target: "/workload" }),
      request({ ifNoneMatch: "*" }),
    ]);
    for (const { headers } of responses) expect(headers).toMatchObject(securityHeaders);
  });
});

describe("a page that was not built", () => {
  it.each(["/", "/?period=2026-02", "/workload?name=%3Cscript%3E", "/cost-center", "/storage", "/report"])(
    "is answered at %s with the command that builds it, as plain text and without figures",
    async (target) => {
      const { status, headers, body } = await request({ target });
      expect([status, headers["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
      expect(headers).toMatchObject(securityHeaders);
      expect(text(body)).toBe(
        "The page is not built yet. Run npm run build, then start serve again. " +
          "To read the report in the terminal, run dapanoskop show.\n",
      );
    },
  );

  it("does not hide the published files", async () => {
    expect(await request()).toMatchObject({ status: 200 });
    expect(await request({ target: "/data/2020-01/summary.json" })).toMatchObject({ status: 404 });
  });

  it("does not answer for files: an asset or an icon is missing", async () => {
    for (const target of ["/assets/a.js", "/favicon.ico", "/index.html"]) {
      expect((await request({ target })).status, target).toBe(404);
    }
  });
});

describe("a store that cannot be read", () => {
  it("is reported in one line of plain text, with nothing in it that a browser would take for markup", async () => {
    const store = {
      ...(await aStore()),
      get: async () => {
        throw new Error("<script>alert(1)</script>\n\u202edenied");
      },
    };
    const { status, headers, body } = await respond(
      { method: "GET", target: "/data/index.json", host: "localhost", ifNoneMatch: null },
      store,
    );
    expect([status, headers["content-type"]]).toEqual([500, "text/plain; charset=utf-8"]);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(text(body)).toContain("\\u202edenied");
    expect(text(body).trim()).not.toContain("\n");
  });
});

describe("the page over HTTP", () => {
  const page = {
    body: new TextEncoder().encode("<!doctype html>"),
    contentType: "text/html",
  };
  const script = { body: new TextEncoder().encode("1"), contentType: "text/javascript" };
  const builtPage = {
    at: (path: string) => (path === "/assets/a.js" ? script : isDrawn(path) ? page : null),
  };
  const requestPage = async (target: string) =>
    respond({ method: "GET", target, host: "localhost:4321", ifNoneMatch: null }, await aStore(), builtPage);

  it.each([
    "/",
    "/?period=2026-01",
    "/workload?name=%3Cimg%3E",
    "/cost-center",
    "/storage",
    "/published",
    "/callback",
  ])("is returned for %s, so that a deep link survives a refresh", async (target) => {
    const { status, headers, body } = await requestPage(target);
    expect([status, text(body)]).toEqual([200, "<!doctype html>"]);
    expect(headers).toMatchObject({ ...securityHeaders, "cache-control": "no-cache" });
  });

  it("has files with a hash in their names, which may be cached for a year", async () => {
    const { headers } = await requestPage("/assets/a.js");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  it("is not returned in place of a missing file", async () => {
    for (const target of ["/assets/gone.js", "/data/gone.json", "/data/", "/data", "/favicon.ico"]) {
      expect((await requestPage(target)).status, target).toBe(404);
    }
  });

  it("gets a configuration without a user pool on this machine", async () => {
    const config = await requestPage("/config.json");
    expect(text(config.body)).toBe("{}\n");
    expect(config.headers["cache-control"]).toBe("no-store");
  });
});
