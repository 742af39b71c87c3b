import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { aMail, aRenderedMessage, someTags } from "@dapanoskop/core/sending/testing";
import { testClock, testRandom } from "@dapanoskop/core/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { costExplorerSource } from "../cost-explorer/cost-explorer-source.ts";
import { accountPlace } from "../deployment/index.ts";
import { dynamoDbState } from "../dynamodb-state/index.ts";
import { kmsSigners } from "../kms-signer.ts";
import { priceList } from "../price-list/index.ts";
import { s3Objects } from "../s3-objects/index.ts";
import { s3Store } from "../s3-store/index.ts";
import { secretReader } from "../secrets/index.ts";
import { sesMailer } from "../ses/index.ts";
import { snsNotifier } from "../sns/index.ts";
import { ssmParameter } from "../ssm-parameter.ts";
import { accessTo } from "../testing/open-sender.ts";
import { byApp, withoutAwsSettings } from "../testing/scripted-source.ts";

// Every client of AWS against a server whose answer has no end: the client reads so many bytes, says so, and hangs up.

const MIB = 1 << 20;

/** What a server wrote, and whether its clients hung up. */
interface EndlessServer {
  readonly url: string;
  readonly requests: () => number;
  readonly written: () => number;
  readonly hungUp: Promise<unknown>;
}

const piece = Buffer.alloc(64 << 10, " ");

/** @param announced the `content-length` of the answer; `null`: none, and the answer has no end */
async function endless(announced: number | null, status = 200): Promise<EndlessServer> {
  let [written, requests] = [0, 0];
  let hangUp = (_: unknown) => {};
  const hungUp = new Promise((resolve) => {
    hangUp = resolve;
  });
  const write = async (response: ServerResponse) => {
    response.once("close", hangUp);
    response.writeHead(status, {
      etag: '"e"',
      "content-type": "application/json",
      ...(announced === null ? {} : { "content-length": announced }),
    });
    while (!response.destroyed && written < 400 * MIB) {
      written += piece.length;
      if (!response.write(piece)) await Promise.race([once(response, "drain"), once(response, "close")]);
    }
  };
  const server = createServer((request, response) => {
    requests += 1;
    request.resume();
    if (request.method === "HEAD")
      response.writeHead(200, { etag: '"e"', "content-length": announced ?? 0 }).end();
    else void write(response).catch(() => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  withoutAwsSettings();
  vi.stubEnv("AWS_ENDPOINT_URL", url);
  vi.stubEnv("AWS_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  return { url, requests: () => requests, written: () => written, hungUp };
}

const waitsNever = { clock: testClock(), random: testRandom() };
const bucketOf = (url: string) => {
  const { credentials } = accessTo(url);
  return {
    client: { region: "eu-central-1", credentials, endpoint: url, forcePathStyle: true },
    ...waitsNever,
  };
};
const ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:slack-AbCdEf";
const NAT = { service: "AmazonEC2", usageFamily: "NatGateway-Hours", region: "eu-central-1" };
const part = { path: "a.csv", name: "s3://bill/a.csv", bytes: 1 << 30, version: '"e"' };

/** A client of each service: how it is called, and the bytes that it reads at most, in MiB. */
const clients: readonly [string, number, (url: string) => Promise<unknown>][] = [
  ["Cost Explorer", 32, () => costExplorerSource(waitsNever).query(byApp)],
  ["an object of S3", 128, (url) => s3Store({ bucket: "bill", ...bucketOf(url) }).get("index.json")],
  ["a listing of S3", 128, (url) => s3Store({ bucket: "bill", ...bucketOf(url) }).list("")],
  [
    "a part of an object of S3",
    8,
    (url) =>
      s3Objects({ place: { bucket: "bill", key: "" }, ...bucketOf(url) }).read(part, 4 * MIB, 12 * MIB),
  ],
  [
    "DynamoDB",
    16,
    () => dynamoDbState({ table: "reports", ...waitsNever }).get({ partition: "a", sort: "b" }),
  ],
  ["KMS", 1, () => kmsSigners()("key").sign(piece.subarray(0, 9))],
  ["SSM", 1, () => ssmParameter("/dapanoskop/session").read()],
  ["Secrets Manager", 1, () => secretReader()(ARN)],
  [
    "the price list",
    16,
    (endpoint) => priceList({ endpoint, runtime: waitsNever }).read([NAT], "2026-12-01"),
  ],
  ["STS", 16, () => accountPlace({})],
];

describe("an answer without an end", () => {
  it.each(clients)("of %s is read to %i MiB, once, and is a sentence", async (_, mebibytes, call) => {
    const { url, requests, written, hungUp } = await endless(null);
    const error = await call(url).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toMatch(new RegExp(`longer than ${mebibytes}( MiB|\\d{6} bytes)`));
    await hungUp;
    expect(requests()).toBe(1);
    // What the sockets of both sides hold besides.
    expect(written()).toBeLessThan((mebibytes + 16) * MIB);
  });

  it.each(clients)("of %s is not read at all where it says its length", async (_, mebibytes, call) => {
    const { url, written, hungUp } = await endless(1 << 30);
    await expect(call(url)).rejects.toThrow(new RegExp(`longer than ${mebibytes}( MiB|\\d{6} bytes)`));
    await hungUp;
    expect(written()).toBeLessThan(16 * MIB);
  });

  it.each([200, 400, 503])(
    "with status %i leaves open whether a mail or a message was sent",
    async (status) => {
      const { requests } = await endless(null, status);
      const topic = "arn:aws:sns:eu-central-1:111122223333:costs";
      const mail = await sesMailer({ configurationSet: null }).send(aMail());
      const message = await snsNotifier({ topicArn: topic }).notify(aRenderedMessage(), someTags);
      for (const outcome of [mail, message]) {
        expect(outcome).toMatchObject({
          outcome: "unknown",
          reason: expect.stringContaining("longer than 1 MiB"),
        });
      }
      expect(requests()).toBe(2);
    },
  );

  it("to a write leaves open whether it was done", async () => {
    const { url } = await endless(null);
    const object = { body: new Uint8Array(3), contentType: "application/json" };
    const put = s3Store({ bucket: "bill", ...bucketOf(url) }).putIfAbsent("index.json", object);
    await expect(put).rejects.toMatchObject({ failure: "unknown-outcome" });
  });
});

it("the head of a long object is no long answer", async () => {
  const { url } = await endless(1 << 30);
  const objects = s3Objects({ place: { bucket: "bill", key: "a.csv" }, ...bucketOf(url) });
  expect(await objects.list()).toMatchObject([{ path: "a.csv", bytes: 1 << 30 }]);
});
