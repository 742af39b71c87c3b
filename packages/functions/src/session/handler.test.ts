import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { handler } from "./handler.ts";
import { REFUSAL } from "./index.ts";
import { testRequest } from "./testing/index.ts";

describe("the handler as it is deployed", () => {
  it("opens no session before its settings exist", async () => {
    expect(await handler(testRequest())).toMatchObject({ statusCode: 503, body: REFUSAL, cookies: [] });
  });

  it("contains nothing of the tests: no key on a disk, no pool, no bypass", async () => {
    const { metafile } = await build({
      entryPoints: [fileURLToPath(new URL("handler.ts", import.meta.url))],
      bundle: true,
      platform: "node",
      format: "esm",
      write: false,
      metafile: true,
    });
    const inputs = Object.keys(metafile.inputs);
    expect(
      inputs.filter((input) => /testing|\btests\b|oidc-provider|jose|cloudfront-signer/.test(input)),
    ).toEqual([]);
    expect(inputs.some((input) => input.endsWith("session/session-handler.ts"))).toBe(true);
  });
});
