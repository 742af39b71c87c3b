import { gunzipSync } from "node:zlib";
import { securityHeaders } from "@dapanoskop/edge";
import { describe, expect, it } from "vitest";
import { gatewayAnswer } from "./gateway-event.ts";

const LARGEST = 5_500_000;
const text = (length: number, letter = "x") => new Response(letter.repeat(length), { status: 201 });

describe("an answer of the API to the gateway", () => {
  it("is as large as AWS takes it, as JSON text", async () => {
    const largest = await gatewayAnswer(text(LARGEST - 2), null);
    expect([largest.statusCode, largest.body.length, largest.isBase64Encoded]).toEqual([
      201,
      LARGEST - 2,
      false,
    ]);
    const refused = {
      statusCode: 413,
      headers: { ...securityHeaders, "content-type": "application/json", "cache-control": "no-store" },
      body: '{"error":"too_large","message":"The answer is larger than AWS delivers. Accept gzip, or ask for less."}\n',
      isBase64Encoded: false,
    };
    expect(await gatewayAnswer(text(LARGEST - 1), null)).toEqual(refused);
    expect(await gatewayAnswer(text(LARGEST / 2, '"'), null)).toEqual(refused);
  });

  it.each([
    [99_999, "gzip", false],
    [100_000, "gzip", true],
    [100_000, "br, gzip;q=0.5", true],
    [100_000, "gzipped", false],
    [100_000, null, false],
  ])("of %i bytes for a client that takes %s is compressed: %s", async (length, accepted, isZipped) => {
    const { body, isBase64Encoded, headers } = await gatewayAnswer(text(length), accepted);
    expect([isBase64Encoded, headers["content-encoding"] ?? null]).toEqual([
      isZipped,
      isZipped ? "gzip" : null,
    ]);
    const plain = isZipped ? gunzipSync(Buffer.from(body, "base64")).toString() : body;
    expect(plain).toBe("x".repeat(length));
  });
});
