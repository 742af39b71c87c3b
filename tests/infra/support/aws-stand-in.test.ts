import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AwsStandIn, startAwsStandIn } from "./aws-stand-in.ts";
import { findTools, toolsMissing } from "./tools.ts";

const tools = findTools();
const missing = toolsMissing(tools, ["moto"]);

describe.skipIf(missing !== null)(`an AWS account on loopback. ${missing ?? ""}`, () => {
  let aws: AwsStandIn;

  beforeAll(async () => {
    aws = await startAwsStandIn(tools.moto ?? "");
    expect((await ask("s3", "PUT", "/bucket")).status).toBe(200);
  });

  afterAll(() => aws?.stop());

  const ask = (
    service: string,
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers = {},
  ) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/${service}/aws4_request, Signature=any`;
    const given = body === undefined ? {} : { body };
    return fetch(new URL(path, aws.url).href, { method, headers: { authorization, ...headers }, ...given });
  };

  it("carries what it does not answer itself byte for byte, with its headers", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
    const sent = await ask("s3", "PUT", "/bucket/a%20b/%C3%BC.bin", bytes, {
      "content-type": "application/x-any",
      "x-amz-tagging": "Project=a%20b",
    });
    expect(sent.status).toBe(200);
    const back = await ask("s3", "GET", "/bucket/a%20b/%C3%BC.bin");
    expect(back.headers.get("content-type")).toBe("application/x-any");
    expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true);
    const looked = await ask("s3", "HEAD", "/bucket/a%20b/%C3%BC.bin");
    expect(looked.headers.get("content-length")).toBe("70000");
    expect(await (await ask("s3", "GET", "/bucket/a%20b/%C3%BC.bin?tagging")).text()).toContain(
      "<Value>a b</Value>",
    );
  });

  it("keeps a bucket's policy, whose conditions moto would not read, and shuts nobody out by it", async () => {
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
    expect((await ask("s3", "GET", "/bucket?policy")).status).toBe(404);
    expect((await ask("s3", "PUT", "/bucket?policy", "{")).status).toBe(400);
    expect((await ask("s3", "PUT", "/elsewhere?policy", policy)).status).toBe(404);
    expect((await ask("s3", "PUT", "/bucket?policy", policy)).status).toBe(204);
    expect(await (await ask("s3", "GET", "/bucket?policy")).text()).toBe(policy);
    expect((await ask("s3", "PUT", "/bucket/open", "still")).status).toBe(200);
    expect((await ask("s3", "DELETE", "/bucket?policy")).status).toBe(204);
    expect((await ask("s3", "GET", "/bucket?policy")).status).toBe(404);
  });

  it("tells what it has, whichever side keeps it", async () => {
    expect(await aws.contents()).toEqual(["s3 eu-central-1 bucket"]);
    const body = "<CachePolicyConfig><Name>data</Name></CachePolicyConfig>";
    expect((await ask("cloudfront", "POST", "/2020-05-31/cache-policy", body)).status).toBe(201);
    expect(await aws.contents()).toEqual(["cache-policy data", "s3 eu-central-1 bucket"]);
  });

  it("remembers what nobody could answer", async () => {
    expect(aws.unanswered).toEqual([]);
    expect((await ask("cloudfront", "GET", "/2020-05-31/streaming-distribution")).status).toBe(501);
    expect(aws.unanswered).toEqual([
      expect.stringContaining("cloudfront us-east-1 GET /2020-05-31/streaming-distribution: 501"),
    ]);
  });
});
