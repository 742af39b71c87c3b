import { readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundles, buildBundles } from "../testing/build-bundle.ts";
import { invokeBundle } from "../testing/lambda-process.ts";
import type { FunctionUrlAnswer } from "./function-url.ts";
import { CLIENT, edgeKey, HOST, testRequest } from "./testing/index.ts";

const NAME = "/dapanoskop/session";
const SETTINGS = JSON.stringify({
  host: HOST,
  user_pool_id: "eu-central-1_AbCdEfGhI",
  sign_in_host: "bill.auth.eu-central-1.amazoncognito.com",
  client_id: CLIENT,
  allowed_groups: [],
  signing_keys: [
    {
      key_pair_id: "KEDGE",
      kms_key_id: "edge",
      public_key: edgeKey.publicKey.export({ type: "spki", format: "pem" }),
    },
  ],
});

describe("the bundle of the session's handler", () => {
  let built: Bundles;
  const asked: unknown[] = [];
  const ssm = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked.push([request.headers["x-amz-target"], JSON.parse(Buffer.concat(chunks).toString("utf8"))]);
      response.setHeader("content-type", "application/x-amz-json-1.1");
      response.end(JSON.stringify({ Parameter: { Name: NAME, Type: "String", Value: SETTINGS } }));
    });
  });
  beforeAll(async () => {
    built = await buildBundles();
    await new Promise<void>((resolve) => ssm.listen(0, "127.0.0.1", resolve));
  }, 60_000);
  afterAll(() => {
    ssm.close();
    return built.remove();
  });

  const invoke = (environment: Readonly<Record<string, string>>) => {
    const address = ssm.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return invokeBundle<FunctionUrlAnswer>({
      bundle: join(built.folder, "session"),
      event: testRequest({ path: "/auth/refresh" }),
      environment: { AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${port}`, ...environment },
    });
  };

  it("is one file of code, with the clients of KMS and SSM only", async () => {
    expect(await readdir(join(built.folder, "session"))).toEqual(["index.mjs"]);
    // Measured 0.55 MB; what doubles it came in unseen.
    expect((await stat(join(built.folder, "session", "index.mjs"))).size).toBeLessThan(800_000);
    const meta = JSON.parse(await readFile(join(built.folder, "session.meta.json"), "utf8"));
    const [output] = Object.values<{ inputs: object }>(meta.outputs);
    const clients = Object.keys(output?.inputs ?? {})
      .join()
      .match(/@aws-sdk\/client-[a-z0-9-]+/g);
    expect([...new Set(clients)].sort()).toEqual(["@aws-sdk/client-kms", "@aws-sdk/client-ssm"]);
  });

  it("reads its settings from the parameter of its environment", async () => {
    const { result, lines, stderr } = await invoke({ SETTINGS_PARAMETER: NAME });
    expect(asked).toEqual([["AmazonSSM.GetParameter", { Name: NAME }]]);
    // Without settings it would be a 503: that there is no session, it says to the page of this host only.
    expect(result?.statusCode).toBe(401);
    expect(lines).toMatchObject([{ level: "warn", reason: "no-cookie" }]);
    expect(stderr).toBe("");
  });

  it("names the missing variable, and reads no other", async () => {
    const { result, lines } = await invoke({ DAPANOSKOP_SESSION: SETTINGS });
    expect(result?.statusCode).toBe(503);
    expect(lines).toMatchObject([
      {
        level: "error",
        reason: "no-settings",
        message: expect.stringContaining("SETTINGS_PARAMETER is not set"),
      },
    ]);
  });
});
