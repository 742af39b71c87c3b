import { describe, expect, it } from "vitest";
import {
  apiRule,
  cacheControlOf,
  contentTypeOf,
  defaultRule,
  deployedHeaders,
  edgeRules,
  edgeTimes,
  isDrawn,
  ruleOf,
  securityHeaders,
} from "./index.ts";

const run = `20260308T060000Z-${"a".repeat(32)}`;

describe("a path at the edge", () => {
  it.each([
    ["/", "page"],
    ["/workload", "page"],
    ["/icon.svg", "page"],
    ["/index.html", "page"],
    ["/data", "page"],
    ["/database.json", "page"],
    ["/config.json", "config"],
    ["/config.json/", "page"],
    ["/assets/index-B3xq.js", "assets"],
    ["/assets/", "assets"],
    ["/data/", "data"],
    ["/data/index.json", "index"],
    ["/data/trend.json", "trend"],
    ["/data/daily.json", "daily"],
    ["/data/previous.json", "data"],
    ["/data/2026-03/summary.json", "data"],
    ["/data/2026-03/index.json", "data"],
    [`/data/_runs/${run}/2026-03/summary.json`, "staged"],
    [`/data/_runs/${run}/trend-4.json`, "staged"],
    ["/auth/session", "session"],
    ["/auth", "page"],
  ])("%s is under the rule %s", (path, name) => {
    expect(ruleOf(path).name).toBe(name);
  });

  it("requires signed cookies for data, and only for data", () => {
    for (const rule of [...edgeRules, defaultRule]) {
      const isData = rule.path.startsWith("/data/");
      expect([rule.path, rule.readers]).toEqual([rule.path, isData ? "signed-in" : "everyone"]);
      expect([rule.path, rule.origin === "data"]).toEqual([rule.path, isData]);
    }
  });

  it("has a function that refuses invalid addresses, except for the paths of the session handler and of the API", () => {
    for (const rule of [...edgeRules, apiRule, defaultRule]) {
      const expected = { page: "page-request", data: "data-request", session: null, api: null }[rule.origin];
      expect([rule.path, rule.request]).toEqual([rule.path, expected]);
      expect([rule.path, rule.methods]).toEqual([rule.path, expected === null ? "all" : "read"]);
    }
  });

  it("has no rule that an earlier rule hides", () => {
    for (const rule of edgeRules) expect(ruleOf(rule.path.replace("*", "x"))).toBe(rule);
  });

  it("of the API, which only some deployments have, is under no other rule, and is not cached", () => {
    expect(ruleOf("/api/plans")).toBe(defaultRule);
    expect(apiRule).toMatchObject({
      path: "/api/*",
      edge: "never",
      browser: "no-store",
      readers: "everyone",
    });
  });

  it("has rules with unique names that are valid in resource names", () => {
    const names = [...edgeRules, apiRule, defaultRule].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+$/);
  });
});

describe("a cache", () => {
  it("at the edge keeps immutable files for a year and pointers for a minute, and nothing else", () => {
    const kept = edgeRules.filter(({ edge }) => edge !== "never").map(({ path, edge }) => [path, edge]);
    expect(kept).toEqual([
      ["/assets/*", "for-good"],
      ["/data/_runs/*", "for-good"],
      ["/data/index.json", "briefly"],
      ["/data/trend.json", "briefly"],
      ["/data/daily.json", "briefly"],
    ]);
    expect(edgeTimes).toEqual({ "for-good": 365 * 86_400, briefly: 60, never: 0 });
    expect(defaultRule.edge).toBe("never");
  });

  it("is private for data", () => {
    expect(cacheControlOf(`_runs/${run}/2026-03/summary.json`)).toBe("private, max-age=31536000, immutable");
    for (const key of ["index.json", "trend.json", "daily.json", "previous.json", "2026-03/summary.json"]) {
      expect(cacheControlOf(key)).toBe("private, no-cache");
    }
  });

  it("of the browser stores files with a hash in the name, but neither config.json nor sessions", () => {
    expect(ruleOf("/assets/a.js").browser).toBe("public, max-age=31536000, immutable");
    expect(ruleOf("/").browser).toBe("no-cache");
    expect(ruleOf("/config.json").browser).toBe("no-store");
    expect(ruleOf("/auth/session").browser).toBe("no-store");
  });
});

describe("an address that the page renders", () => {
  it.each(["/", "/workload", "/cost-center", "/callback", "/nowhere"])("is %s", (path) => {
    expect(isDrawn(path)).toBe(true);
  });

  it.each([
    "",
    "/api",
    "/data",
    "/auth",
    "/assets",
    "/workload/",
    "/a/b",
    "/icon.svg",
    "/Workload",
    "//",
    "/%2f",
    "/..",
    "/a\n",
  ])("is not %j", (path) => {
    expect(isDrawn(path)).toBe(false);
  });
});

describe("headers", () => {
  it("allow nothing inline, nothing from other origins, and no frame", () => {
    const policy = new Map(
      (securityHeaders["content-security-policy"] ?? "").split("; ").map((directive) => {
        const [name = "", ...sources] = directive.split(" ");
        return [name, sources] as const;
      }),
    );
    expect(policy.get("default-src")).toEqual(["'none'"]);
    expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
    expect(policy.get("script-src")).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    const others = [...policy].filter(([name]) => name !== "script-src").flatMap(([, sources]) => sources);
    expect(new Set(others)).toEqual(new Set(["'none'", "'self'"]));
  });

  it("of the deployment are those of serve, and HTTPS for two years", () => {
    const { "strict-transport-security": strict, ...same } = deployedHeaders;
    expect(same).toEqual(securityHeaders);
    expect(strict).toBe("max-age=63072000; includeSubDomains");
  });
});

describe("a media type", () => {
  it.each([
    ["index.html", "text/html; charset=utf-8"],
    ["a.b.js", "text/javascript; charset=utf-8"],
    ["summary.json", "application/json"],
    ["2026-03/cost-by-workload.parquet", "application/vnd.apache.parquet"],
    ["reader.wasm", "application/wasm"],
    ["html", "application/octet-stream"],
    ["page.php", "application/octet-stream"],
  ])("of %s is %s", (name, type) => {
    expect(contentTypeOf(name)).toBe(type);
  });
});
