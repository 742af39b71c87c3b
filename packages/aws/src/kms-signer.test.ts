import { generateKeyPairSync, sign, verify } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { kmsSigners } from "./kms-signer.ts";
import {
  answers,
  drops,
  isSilent,
  refuses,
  type ScriptedEndpoint,
  type ScriptedStep,
  says,
  scriptedEndpoint,
} from "./testing/scripted-endpoint.ts";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/0f1e2d3c";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** Signs the message as KMS does. */
const signs: ScriptedStep = (response, request) => {
  const message = Buffer.from(String(request.body.Message), "base64");
  const Signature = sign("sha256", message, privateKey).toString("base64");
  answers({ KeyId: KEY, Signature, SigningAlgorithm: "RSASSA_PKCS1_V1_5_SHA_256" })(response, request);
};

let kms: ScriptedEndpoint;
afterEach(() => kms.close());

async function aSigner(...steps: readonly [ScriptedStep, ...ScriptedStep[]]) {
  kms = await scriptedEndpoint(...steps);
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  return kmsSigners({ endpoint: kms.url, region: "eu-central-1", credentials })(KEY);
}

describe("a signer at KMS", () => {
  it("requests RSASSA-PKCS1-v1_5 with SHA-256 of the unchanged message", async () => {
    const message = Buffer.from('{"Statement":[…]}');
    const signature = await (await aSigner(signs)).sign(message);
    expect(verify("sha256", message, publicKey, signature)).toBe(true);
    expect(kms.requests.map(({ operation, body }) => [operation, body])).toEqual([
      [
        "TrentService.Sign",
        {
          KeyId: KEY,
          Message: message.toString("base64"),
          MessageType: "RAW",
          SigningAlgorithm: "RSASSA_PKCS1_V1_5_SHA_256",
        },
      ],
    ]);
  });

  it("sends the request a second time when it was throttled, and when the connection broke", async () => {
    const throttles = refuses("ThrottlingException", "Rate exceeded");
    for (const fault of [throttles, drops]) {
      const signature = await (await aSigner(fault, signs)).sign(Buffer.from("m"));
      expect(verify("sha256", Buffer.from("m"), publicKey, signature)).toBe(true);
      expect(kms.requests).toHaveLength(2);
      await kms.close();
    }
  });

  it("fails at once without the permission, and after the second attempt when both are throttled", async () => {
    const signer = await aSigner(refuses("AccessDeniedException", "not authorized to perform kms:Sign"));
    await expect(signer.sign(Buffer.from("m"))).rejects.toThrow("kms:Sign");
    expect(kms.requests).toHaveLength(1);
    await kms.close();
    const throttled = await aSigner(refuses("ThrottlingException", "Rate exceeded"));
    await expect(throttled.sign(Buffer.from("m"))).rejects.toThrow("Rate exceeded");
    expect(kms.requests).toHaveLength(2);
  });

  it("fails within seconds when KMS does not answer", async () => {
    const begun = performance.now();
    await expect((await aSigner(isSilent)).sign(Buffer.from("m"))).rejects.toThrow();
    expect(performance.now() - begun).toBeLessThan(8_000);
  });

  it("refuses an answer without a signature", async () => {
    await expect((await aSigner(says(200, "{}"))).sign(Buffer.from("m"))).rejects.toThrow(
      "without a signature",
    );
  });

  it("refuses a message that is too long for KMS, without a request", async () => {
    await expect((await aSigner(signs)).sign(Buffer.alloc(4_097))).rejects.toThrow("at most 4096 bytes");
    expect(kms.requests).toEqual([]);
    await (await aSigner(signs)).sign(Buffer.alloc(4_096));
    expect(kms.requests).toHaveLength(1);
  });
});
