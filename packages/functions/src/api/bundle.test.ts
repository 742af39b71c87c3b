import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundles, buildBundles } from "../testing/build-bundle.ts";
import { invokeBundle } from "../testing/lambda-process.ts";
import type { GatewayAnswer } from "./gateway-event.ts";

const ENVIRONMENT = {
  DATA_BUCKET: "data",
  PLANS_BUCKET: "plans",
  STATE_TABLE: "state",
  SETTINGS_PARAMETER: "/dapanoskop/session",
};

const event = {
  rawPath: "/api/plans",
  headers: {},
  requestContext: { requestId: "r", http: { method: "GET" } },
};

describe("the bundle of the API's handler", () => {
  let built: Bundles;
  beforeAll(async () => {
    built = await buildBundles();
  }, 60_000);
  afterAll(() => built.remove());

  const invoke = (environment: Readonly<Record<string, string>>) =>
    invokeBundle<GatewayAnswer>({ bundle: join(built.folder, "api"), event, environment });

  it("is one file of code, the parquet reader and the grammar, with the clients of its services only", async () => {
    expect((await readdir(join(built.folder, "api"))).sort()).toEqual([
      "index.mjs",
      "parquet_wasm_bg.wasm",
      "tree-sitter-terraform.wasm",
      "web-tree-sitter.wasm",
    ]);
    // Measured 1.5 MB, of which the price book is a third; a bundle of twice the size would contain something unnoticed.
    expect((await stat(join(built.folder, "api", "index.mjs"))).size).toBeLessThan(2_200_000);
    const meta = JSON.parse(await readFile(join(built.folder, "api.meta.json"), "utf8"));
    const [output] = Object.values<{ inputs: object }>(meta.outputs);
    const inputs = Object.keys(output?.inputs ?? {});
    expect(inputs.filter((input) => /\/testing\/|\.test\./.test(input))).toEqual([]);
    // What a package has for browsers and CommonJS is longer, and calls require.
    expect(inputs.filter((input) => /\/(umd|cjs|dist-cjs)\//.test(input))).toEqual([]);
    const clients = inputs.flatMap((input) => /@aws-sdk\/(client-[a-z0-9-]+)/.exec(input)?.[1] ?? []);
    expect([...new Set(clients)].sort()).toEqual([
      "client-cost-explorer",
      "client-dynamodb",
      "client-s3",
      "client-ssm",
    ]);
  });

  it("does not start without its configuration", async () => {
    const { result, stderr } = await invoke({ ...ENVIRONMENT, SETTINGS_PARAMETER: "" });
    expect(result ?? null).toBeNull();
    expect(stderr).toContain("SETTINGS_PARAMETER is not set");
  });

  it("answers a request without a token", async () => {
    const { result, lines, stderr } = await invoke(ENVIRONMENT);
    expect(result).toMatchObject({ statusCode: 401 });
    expect(lines).toMatchObject([{ level: "warn", operation: "listPlans", reason: "no-token" }]);
    expect(stderr).toBe("");
  });
});
