import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundles, buildBundles } from "../testing/build-bundle.ts";
import { invokeBundle } from "../testing/lambda-process.ts";

describe("the bundle of the collector", () => {
  let built: Bundles;
  let inputs: readonly string[];
  beforeAll(async () => {
    built = await buildBundles();
    const meta = JSON.parse(await readFile(join(built.folder, "collect.meta.json"), "utf8"));
    const [output] = Object.values<{ inputs: object }>(meta.outputs);
    inputs = Object.keys(output?.inputs ?? {});
  }, 60_000);
  afterAll(() => built.remove());

  const file = (name: string) => join(built.folder, "collect", name);

  it("is one file of code and the wasm beside it", async () => {
    expect((await readdir(join(built.folder, "collect"))).sort()).toEqual([
      "index.mjs",
      "parquet_wasm_bg.wasm",
    ]);
    // Measured 1.13 MB; what doubles it came in unseen.
    expect((await stat(file("index.mjs"))).size).toBeLessThan(1_600_000);
  });

  it("has the same bytes wherever it is built", async () => {
    const again = await buildBundles();
    try {
      const [first, second] = await Promise.all(
        [built.folder, again.folder].map((folder) => readFile(join(folder, "collect", "index.mjs"))),
      );
      expect(first?.equals(second ?? new Uint8Array())).toBe(true);
      expect(first?.includes(built.folder)).toBe(false);
      expect(first?.includes(process.cwd())).toBe(false);
    } finally {
      await again.remove();
    }
  });

  it("contains only what a collector uses: no test, no emulator, no page, no credential provider but a Lambda's own", () => {
    const ours = inputs.filter((input) => input.startsWith("packages/"));
    expect(ours.filter((input) => /\/testing\/|\.test\.|\/bench\//.test(input))).toEqual([]);
    expect([...new Set(ours.map((input) => input.split("/")[1]))].sort()).toEqual([
      "aws",
      "core",
      "dataset",
      "edge",
      "functions",
      "pipeline",
    ]);
    const clients = inputs.filter((input) => /@aws-sdk\/client-/.test(input));
    const names = clients.map((input) => /client-[a-z0-9-]+/.exec(input)?.[0]);
    expect([...new Set(names)].sort()).toEqual(["client-cost-explorer", "client-s3"]);
    const signIns = inputs.filter((input) =>
      /^node_modules.*(nested-clients|credential-provider-(sso|ini|process|web-identity|login))/.test(input),
    );
    expect(signIns).toEqual([]);
  });

  it("imports nothing that is not part of Node", async () => {
    const code = await readFile(file("index.mjs"), "utf8");
    const imported = [...code.matchAll(/(?:^|[;}\n])import(?:[^"';()]*from)?\s*["']([^"']+)["']/g)].map(
      ([, from]) => from ?? "",
    );
    const { builtinModules } = await import("node:module");
    const isNodes = (from: string) => from.startsWith("node:") || builtinModules.includes(from);
    expect(imported.length).toBeGreaterThan(3);
    expect(imported.filter((from) => !isNodes(from))).toEqual([]);
  });

  it("refuses a wrong setting in a process of its own, with a log line and a metric for the alarm", async () => {
    const { error, lines, stderr } = await invokeBundle({
      bundle: join(built.folder, "collect"),
      event: {},
      environment: {},
    });
    expect(error).toEqual({
      name: "CollectError",
      message: expect.stringContaining("DATA_BUCKET is not set"),
    });
    expect(lines.map(({ level, CollectSuccess }) => [level, CollectSuccess])).toEqual([
      ["error", undefined],
      ["info", 0],
    ]);
    expect(stderr).toBe("");
  });

  it("says in a sentence that it has no credentials, although the other credential providers were left out", async () => {
    const { error } = await invokeBundle({
      bundle: join(built.folder, "collect"),
      event: { at: "2026-03-08T06:00:00Z" },
      environment: { DATA_BUCKET: "bill", AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
    });
    expect(error?.message).toMatch(/no AWS credentials that work/);
  });
});
