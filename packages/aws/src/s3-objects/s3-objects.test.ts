import type { ServerResponse } from "node:http";
import { StoreError } from "@dapanoskop/core/store";
import { testClock, testRandom } from "@dapanoskop/core/testing";
import { describe, expect, it } from "vitest";
import {
  answers,
  breaksOff,
  drops,
  refuses,
  type S3Step,
  scriptedS3,
} from "../s3-store/testing/scripted-s3.ts";
import { objectName, parseObjectUrl } from "./object-url.ts";
import { s3Objects } from "./s3-objects.ts";

async function objectsAt(url: string, steps: readonly [S3Step, ...S3Step[]]) {
  const { requests } = await scriptedS3(steps);
  const objects = s3Objects({
    place: parseObjectUrl(url),
    client: { region: "us-east-1", credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" } },
    clock: testClock(),
    random: testRandom(),
  });
  return { objects, requests };
}

async function failureOf(call: Promise<unknown>): Promise<StoreError> {
  const error = await call.catch((thrown: unknown) => thrown);
  if (error instanceof StoreError) return error;
  throw new Error(`Expected a StoreError, not ${String(error)}`);
}

const page = (keys: readonly string[], next: string | null = null): S3Step =>
  answers(
    200,
    { "content-type": "application/xml" },
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><EncodingType>url</EncodingType><IsTruncated>${next !== null}</IsTruncated>${
      next === null ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`
    }${keys.map((key) => `<Contents><Key>${key}</Key><Size>3</Size><ETag>"e"</ETag></Contents>`).join("")}</ListBucketResult>`,
  );

const object = (bytes: number, etag = '"e"'): S3Step =>
  answers(200, { etag, "content-length": String(bytes) });
const part = (body: string, etag = '"e"'): S3Step => answers(206, { etag }, body);
const denied = refuses(403, "AccessDenied", "Access Denied");
const LISTED = { path: "a.csv", name: "s3://bill/exports/a.csv", bytes: 3, version: '"e"' };

describe("the address of objects", () => {
  it.each([
    ["s3://bill", { bucket: "bill", key: "" }],
    ["s3://bill/", { bucket: "bill", key: "" }],
    ["s3://bill/a b/ü/BILLING_PERIOD=2026-02/", { bucket: "bill", key: "a b/ü/BILLING_PERIOD=2026-02/" }],
    ["s3://bill/a.csv", { bucket: "bill", key: "a.csv" }],
  ])("%s", (url, place) => {
    expect(parseObjectUrl(url)).toEqual(place);
  });

  it.each(["s3://", "s3://Bill/x", `s3://bill/${"x".repeat(1025)}`, "s3://bill/\0"])(
    "is refused: %j",
    (url) => {
      expect(() => parseObjectUrl(url)).toThrow(StoreError);
    },
  );

  it("reads as it was given", () => {
    expect(objectName(parseObjectUrl("s3://bill/exports/"))).toBe("s3://bill/exports/");
  });
});

describe("the objects below a prefix", () => {
  it("are listed page by page, sorted, with their sizes and versions, without folders", async () => {
    const { objects, requests } = await objectsAt("s3://bill/exports/", [
      page(["exports/b%2B1+x.csv", "exports/"], "next"),
      page(["exports/a.csv", "exports/folder/"]),
    ]);
    expect(await objects.list()).toEqual([
      LISTED,
      { path: "b+1 x.csv", name: "s3://bill/exports/b+1 x.csv", bytes: 3, version: '"e"' },
    ]);
    expect(requests.map(({ url }) => url)).toEqual([
      "/bill/?encoding-type=url&list-type=2&prefix=exports%2F",
      "/bill/?continuation-token=next&encoding-type=url&list-type=2&prefix=exports%2F",
    ]);
  });

  it.each([
    ["S3 says so", refuses(404, "NoSuchKey")],
    ["S3 does not say whether it exists", denied],
  ])(
    "are those of a folder where the address has no slash at its end and no object of that name exists: %s",
    async (_, head) => {
      const { objects, requests } = await objectsAt("s3://bill/exports", [head, page(["exports/a.csv"])]);
      expect(await objects.list()).toEqual([LISTED]);
      expect(requests.map(({ method }) => method)).toEqual(["HEAD", "GET"]);
    },
  );

  it("are not listed where the object could not be looked up for another reason", async () => {
    const { objects } = await objectsAt("s3://bill/exports", [refuses(400, "InvalidRequest", "no")]);
    await expect(objects.list()).rejects.toThrow(StoreError);
  });

  it("are the one that the address names, without a listing", async () => {
    const { objects, requests } = await objectsAt("s3://bill/exports/a.csv", [object(3)]);
    expect(await objects.list()).toEqual([LISTED]);
    expect(requests.map(({ method }) => method)).toEqual(["HEAD"]);
  });

  it.each([
    [
      "no bucket",
      refuses(404, "NoSuchBucket", "no"),
      /there is no bucket bill\. Create it, or correct its name/,
    ],
    ["no right to list", denied, /access denied\. Grant s3:ListBucket on the bucket bill\./],
    ["a listing without an end", page([], "same"), /names no new page after it/],
    [
      "an answer without a size",
      answers(200, {}, "<ListBucketResult><Contents><Key>exports/a</Key></Contents></ListBucketResult>"),
      /without a size or an etag/,
    ],
  ])("are not listed, with a sentence: %s", async (_, step, sentence) => {
    const { objects } = await objectsAt("s3://bill/exports/", [step]);
    expect((await failureOf(objects.list())).message).toMatch(sentence);
  });

  it("are listed in the bucket's own region", async () => {
    const elsewhere = refuses(301, "PermanentRedirect", "no", {
      headers: { "x-amz-bucket-region": "eu-central-1" },
    });
    const { objects, requests } = await objectsAt("s3://bill/exports/", [elsewhere, page(["exports/a.csv"])]);
    expect(await objects.list()).toEqual([LISTED]);
    expect(requests[1]?.headers.authorization).toContain("/eu-central-1/s3/");
  });
});

describe("a part of an object", () => {
  it("is read by its range, and only of the listed version", async () => {
    const { objects, requests } = await objectsAt("s3://bill/exports/", [part("ab")]);
    expect(await objects.read(LISTED, 1, 3)).toEqual(new Uint8Array([97, 98]));
    expect(requests[0]).toMatchObject({
      url: "/bill/exports/a.csv?x-id=GetObject",
      headers: { range: "bytes=1-2", "if-match": '"e"' },
    });
  });

  it.each([
    ["it was replaced", refuses(412, "PreconditionFailed")],
    ["it became shorter", refuses(416, "InvalidRange")],
    ["it was deleted", refuses(404, "NoSuchKey")],
    ["a server ignores the condition", part("ab", '"other"')],
  ])("is null when it changed: %s", async (_, step) => {
    const { objects } = await objectsAt("s3://bill/exports/", [step]);
    expect(await objects.read(LISTED, 0, 2)).toBeNull();
  });

  it("is requested again when the connection breaks", async () => {
    const cutOff: S3Step = (response: ServerResponse, request) => breaksOff(response, request);
    const { objects, requests } = await objectsAt("s3://bill/exports/", [drops, cutOff, part("abc")]);
    expect(await objects.read(LISTED, 0, 3)).toHaveLength(3);
    expect(requests).toHaveLength(3);
  });

  it.each([
    [
      "no right to read",
      denied,
      /exports\/a\.csv could not be read from s3:\/\/bill: access denied.*Grant s3:GetObject/,
    ],
    ["an archive", refuses(403, "InvalidObjectState", "no"), /was moved to an archive\. Restore it/],
    ["another length", part("a"), /has another length than was requested/],
  ])("fails with a sentence: %s", async (_, step, sentence) => {
    const { objects } = await objectsAt("s3://bill/exports/", [step]);
    expect((await failureOf(objects.read(LISTED, 0, 3))).message).toMatch(sentence);
  });
});
