import {
  INDEX_KEY,
  isArtifactKey,
  monthFiles,
  runId,
  stableKey,
  stagedKey,
  stagedSharedKey,
} from "@dapanoskop/dataset";
import { type EdgeFunction, isDrawn } from "@dapanoskop/edge";
import { transform } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edgeFunction, edgeFunctionSource, isRefusal } from "../../tests/support/cloudfront/edge-function.ts";
import hostilePaths from "./hostile-paths.json" with { type: "json" };

const both: readonly EdgeFunction[] = ["page-request", "data-request"];
const run = runId("2026-03-08T06:00:00Z", new Uint8Array(16).fill(7));

/** The address with which a request continues; `null` where it was refused. */
function rewrite(name: EdgeFunction) {
  const call = edgeFunction(name);
  return (uri: string): string | null => {
    const outcome = call({ method: "GET", uri });
    return isRefusal(outcome) ? null : outcome.uri;
  };
}
const page = rewrite("page-request");
const data = rewrite("data-request");

/** Every address that reaches an origin has this form. */
const PLAIN = /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

describe("an address of the page", () => {
  it.each(["/", "/workload", "/cost-center", "/storage", "/published", "/callback", "/no-such-page"])(
    "%s is rendered by the page, so it works after a reload",
    (uri) => {
      expect(page(uri)).toBe("/index.html");
    },
  );

  it.each([
    "/index.html",
    "/icon.svg",
    "/config.json",
    "/favicon.ico",
    "/assets/index-B_3x-q.js",
    "/assets/parquet_wasm_bg-1.wasm",
  ])("%s is a file, and is not changed", (uri) => {
    expect(page(uri)).toBe(uri);
  });

  describe("of a page with a domain of its own", () => {
    const DOMAIN = "costs.example.com";
    const source = edgeFunctionSource("page-request");
    const deployed = source.replace('const DOMAIN_NAME = "";', `const DOMAIN_NAME = "${DOMAIN}";`);
    const call = edgeFunction("page-request", deployed);
    const at = (host: string, uri: string, query = "") =>
      call({ method: "GET", uri, query, headers: { host } });

    it.each([
      ["/", "", ""],
      ["/workload", "name=a%20b&period=2026-01", "?name=a%20b&period=2026-01"],
      ["/callback", "code=1&state=x%3D%26y", "?code=1&state=x%3D%26y"],
      ["/compare", "only", "?only"],
    ])("CloudFront's name leads from %s?%s to the same address of the domain", (uri, query, expected) => {
      const outcome = at("d111111abcdef8.cloudfront.net", uri, query);
      expect(outcome).toMatchObject({
        statusCode: 302,
        headers: {
          location: { value: `https://${DOMAIN}${uri}${expected}` },
          "cache-control": { value: "no-store" },
        },
      });
    });

    it("the domain itself shows the page, and files are answered at both names", () => {
      expect(at(DOMAIN, "/workload")).toMatchObject({ uri: "/index.html" });
      for (const host of [DOMAIN, "d111111abcdef8.cloudfront.net"]) {
        expect(at(host, "/config.json")).toMatchObject({ uri: "/config.json" });
        expect(at(host, "/data")).toMatchObject({ statusCode: 404 });
      }
    });

    it("no address leads to another host", () => {
      fc.assert(
        fc.property(fc.string({ unit: "binary" }), (text) => {
          const outcome = at("evil.example", `/${text}`, text.replace(/[^\x20-\x7e]/g, ""));
          if (!isRefusal(outcome) || outcome.statusCode !== 302) return;
          const location = outcome.headers.location?.value ?? "";
          expect(new URL(location).host).toBe(DOMAIN);
        }),
      );
    });
  });

  it.each(["/api", "/data", "/auth", "/assets"])("%s does not belong to the page", (uri) => {
    expect(page(uri)).toBeNull();
  });

  it("leads to the page exactly where `serve` renders it", () => {
    const address = fc.oneof(
      fc.stringMatching(/^\/[a-z-]{0,12}$/),
      fc.stringMatching(/^\/[a-zA-Z0-9._/%-]{0,12}$/),
      fc.constantFrom("/api", "/data", "/auth", "/assets", "/datas", "/", "//", "/workload/"),
    );
    fc.assert(
      fc.property(
        address,
        (uri) => (page(uri) === "/index.html") === (isDrawn(uri) || uri === "/index.html"),
      ),
    );
  });
});

describe("an address of a published file", () => {
  const files = [...monthFiles, "cost-by-day.parquet"];
  const keys = [
    ...[INDEX_KEY, "trend.json", "daily.json", "previous.json"],
    ...files.flatMap((file) => [stableKey("2026-02", file), stagedKey(run, "2026-02", file)]),
    stagedSharedKey(run, "trend.json", 1),
    stagedSharedKey(run, "daily.json", 999_999_999_999_999),
    stagedSharedKey(run, "previous.json", 12),
  ];

  it.each(keys)("becomes the key %s", (key) => {
    expect(isArtifactKey(key)).toBe(true);
    expect(data(`/data/${key}`)).toBe(`/${key}`);
  });

  it("may be every key that can be published", () => {
    const month = fc
      .tuple(fc.integer({ min: 1970, max: 9999 }), fc.integer({ min: 1, max: 12 }))
      .map(([year, of]) => `${year}-${String(of).padStart(2, "0")}`);
    const bits = fc.uint8Array({ minLength: 16, maxLength: 16 });
    const key = fc
      .tuple(month, bits, fc.constantFrom(...monthFiles), fc.nat())
      .map(([of, random, file, generation]) => {
        const id = runId("2026-03-08T06:00:00Z", random);
        const all = [
          `${of}/${file}`,
          `_runs/${id}/${of}/${file}`,
          `_runs/${id}/trend-${generation + 1}.json`,
        ];
        return all[generation % all.length] ?? "";
      });
    fc.assert(
      fc.property(key, (each) => {
        expect(isArtifactKey(each)).toBe(true);
        expect(data(`/data/${each}`)).toBe(`/${each}`);
      }),
    );
  });

  it.each([
    "/data",
    "/data/",
    "/",
    "/index.json",
    "/database/index.json",
    "/DATA/index.json",
    "/data/2026-02/",
    "/data/.git",
    "/data/a/.b",
    "/%64ata/index.json",
    `/data/${"a".repeat(129)}`,
  ])("%s is refused", (uri) => {
    expect(data(uri)).toBeNull();
  });
});

describe.each(both)("%s", (name) => {
  const call = edgeFunction(name);
  const pass = rewrite(name);
  const before = name === "data-request" ? "/data" : "";

  it.each([...hostilePaths, `/${"a/".repeat(200)}b.json`, `/${"a".repeat(5_000)}.json`])(
    "refuses %j",
    (rest) => {
      expect(pass(before + rest)).toBeNull();
    },
  );

  it("refuses with an empty answer that is not cached", () => {
    for (const uri of ["/../x", "/data/%2e%2e/x", "", "x", "index.html", "http://evil.example/index.html"]) {
      const outcome = call({ method: "GET", uri });
      expect(outcome).toEqual({
        statusCode: name === "data-request" ? 403 : 404,
        statusDescription: name === "data-request" ? "Forbidden" : "Not Found",
        headers: { "cache-control": { value: "no-store" } },
      });
    }
  });

  it("refuses every traversal, plain or encoded, and every character that no file name has", () => {
    const pieces = [..."..|.|%2e|%2E%2e|%2f|%5C|%00|\0|\\|%252e|//|\u0001|%| |é".split("|")];
    const piece = fc.constantFrom(...pieces);
    const name = fc.stringMatching(/^[a-z0-9._-]{0,8}$/);
    const hostile = fc
      .tuple(name, piece, name, fc.constantFrom("/", ""), name)
      .map(([a, bad, b, slash, c]) => `${before}/${a}/${bad}/${b}${slash}${c}`);
    fc.assert(
      fc.property(hostile, (uri) => pass(uri) === null),
      { numRuns: 500 },
    );
    const anything = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.stringMatching(/^[a-zA-Z0-9._/%\\-]{0,40}$/),
    );
    fc.assert(
      fc.property(anything, (rest) => {
        const uri = pass(`${before}/${rest}`);
        expect(uri === null || (PLAIN.test(uri) && !uri.includes(".."))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("needs no time for an address that is made to exhaust the pattern", () => {
    expect(pass(`${before}/${"a-".repeat(60)}%`)).toBeNull();
    expect(pass(`${before}${"/a.".repeat(40)}%`)).toBeNull();
  });

  it("changes nothing but the address", () => {
    const outcome = call({ method: "HEAD", uri: `${before}/index.json` });
    expect(outcome).toMatchObject({ method: "HEAD", uri: "/index.json", querystring: {}, cookies: {} });
  });

  it("has at most 10 KB, and uses only the language of cloudfront-js-2.0", async () => {
    const source = edgeFunctionSource(name);
    expect(Buffer.byteLength(source)).toBeLessThan(10 * 1_024);
    expect(source).not.toMatch(/\b(import|export|require|eval|Function|setTimeout|process)\s*[("'{.]/);
    // ES 5.1 with const, let, arrows and template literals: esbuild would rewrite newer syntax.
    const modern = { "const-and-let": true, arrow: true, "template-literal": true };
    const plain = await transform(source, { target: "es5", supported: modern });
    expect(plain.code).toBe((await transform(source, { target: "esnext" })).code);
  });
});
