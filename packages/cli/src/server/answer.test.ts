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
      ask({ target: "/workload" }),
      ask({ ifNoneMatch: "*" }),
    ]);
    for (const { headers } of answers) expect(headers).toMatchObject(securityHeaders);
  });
});

describe("a page that was not built", () => {
  it.each(["/", "/?period=2026-02", "/workload?name=%3Cscript%3E", "/cost-center", "/storage", "/report"])(
    "is answered at %s with the command that builds it, as plain text and without figures",
    async (target) => {
      const { status, headers, body } = await ask({ target });
      expect([status, headers["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
      expect(headers).toMatchObject(securityHeaders);
      expect(text(body)).toBe(
        "The page is not built yet. Run npm run build, then start serve again. " +
          "To read the report in the terminal, run dapanoskop show.\n",
      );
    },
  );

  it("does not hide the published files", async () => {
    expect(await ask()).toMatchObject({ status: 200 });
    expect(await ask({ target: "/data/2020-01/summary.json" })).toMatchObject({ status: 404 });
  });

  it("does not answer for files: an asset or an icon is missing", async () => {
    for (const target of ["/assets/a.js", "/favicon.ico", "/index.html"]) {
      expect((await ask({ target })).status, target).toBe(404);
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
    const { status, headers, body } = await answer(
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
  const site = {
    at: (path: string) => (path === "/assets/a.js" ? script : isDrawn(path) ? page : null),
  };
  const askSite = async (target: string) =>
    answer({ method: "GET", target, host: "localhost:4321", ifNoneMatch: null }, await aStore(), site);

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

  it("gets a configuration without a user pool on this machine", async () => {
    const config = await askSite("/config.json");
    expect(text(config.body)).toBe("{}\n");
    expect(config.headers["cache-control"]).toBe("no-store");
  });
});
