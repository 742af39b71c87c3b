import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AwsEmulator, startAwsEmulator } from "./aws-emulator.ts";
import { findTools, toolsMissing } from "./tools.ts";

const tools = findTools();
const missing = toolsMissing(tools, ["moto"]);

describe.skipIf(missing !== null)(`an AWS account on loopback. ${missing ?? ""}`, () => {
  let aws: AwsEmulator;

  beforeAll(async () => {
    aws = await startAwsEmulator(tools.moto ?? "");
    expect((await send("s3", "PUT", "/bucket")).status).toBe(200);
  });
  afterAll(() => aws?.stop());

  const send = (
    service: string,
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | null = null,
    headers = {},
  ) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/${service}/aws4_request, Signature=any`;
    return fetch(new URL(path, aws.url).href, { method, headers: { authorization, ...headers }, body });
  };

  it("forwards requests to moto byte for byte, with their headers", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
    const at = "/bucket/a%20b/%C3%BC.bin";
    const headers = { "content-type": "application/x-any", "x-amz-tagging": "Project=a%20b" };
    expect((await send("s3", "PUT", at, bytes, headers)).status).toBe(200);
    const response = await send("s3", "GET", at);
    expect(response.headers.get("content-type")).toBe("application/x-any");
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await send("s3", "HEAD", at)).headers.get("content-length")).toBe("70000");
    expect(await (await send("s3", "GET", `${at}?tagging`)).text()).toContain("<Value>a b</Value>");
  });

  it("stores the policy of a bucket and does not enforce it", async () => {
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
    });
    expect((await send("s3", "GET", "/bucket?policy")).status).toBe(404);
    expect((await send("s3", "PUT", "/bucket?policy", policy)).status).toBe(204);
    expect(await (await send("s3", "GET", "/bucket?policy")).text()).toBe(policy);
    expect((await send("s3", "PUT", "/bucket/open", "still")).status).toBe(200);
    expect((await send("s3", "DELETE", "/bucket?policy")).status).toBe(204);
    expect((await send("s3", "GET", "/bucket?policy")).status).toBe(404);
  });

  it("lists the contents of moto and of CloudFront", async () => {
    expect(await aws.contents()).toEqual(["s3 eu-central-1 bucket"]);
    const policy = "<CachePolicyConfig><Name>data</Name></CachePolicyConfig>";
    expect((await send("cloudfront", "POST", "/2020-05-31/cache-policy", policy)).status).toBe(201);
    expect(await aws.contents()).toEqual(["cache-policy data", "s3 eu-central-1 bucket"]);
  });

  it("records requests that it does not support", async () => {
    expect(aws.unsupported).toEqual([]);
    expect((await send("cloudfront", "GET", "/2020-05-31/streaming-distribution")).status).toBe(501);
    expect(aws.unsupported).toEqual([
      expect.stringContaining("cloudfront us-east-1 GET /2020-05-31/streaming-distribution: 501"),
    ]);
  });
});
