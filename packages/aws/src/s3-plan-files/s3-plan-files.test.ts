import { randomUUID } from "node:crypto";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { testClock, testRandom } from "@dapanoskop/core/testing";
import { planFilesContract } from "@dapanoskop/plans/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answers, drops, refuses, type S3Step, scriptedS3, writes } from "../s3-store/testing/scripted-s3.ts";
import { findMoto, type Moto, startMoto, withoutMoto } from "../testing/moto.ts";
import { s3PlanFiles } from "./s3-plan-files.ts";

const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
const command = findMoto();

describe.skipIf(command === null)(`by moto${withoutMoto(command)}`, () => {
  let moto: Moto | null = null;
  beforeAll(async () => {
    moto = await startMoto(command ?? "");
  }, 60_000);
  afterAll(() => moto?.stop());

  planFilesContract(
    { describe, it, expect },
    {
      name: "S3",
      async open(clients) {
        const client = { endpoint: moto?.url ?? "", region: "us-east-1", credentials, forcePathStyle: true };
        const bucket = `plans-${randomUUID()}`;
        await new S3Client(client).send(new CreateBucketCommand({ Bucket: bucket }));
        const one = () => s3PlanFiles({ bucket, client, clock: testClock() });
        return [one(), ...Array.from({ length: clients - 1 }, one)];
      },
    },
  );
});

const KEY = { owner: "user:a", project: "acme/infra", planId: "a".repeat(32) };
const denied = refuses(403, "AccessDenied", "Access Denied");

async function filesAt(...steps: readonly [S3Step, ...S3Step[]]) {
  const { requests } = await scriptedS3(steps);
  const client = { region: "us-east-1", credentials };
  return {
    files: s3PlanFiles({ bucket: "plans", client, clock: testClock(), random: testRandom() }),
    requests,
  };
}

describe("files of plans in S3", () => {
  it("are written if absent, with their SHA-256, under owner and project", async () => {
    const { files, requests } = await filesAt(writes('"e"'));
    await files.putIfAbsent(KEY, new Uint8Array([1, 2]));
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: "PUT",
      url: `/plans/user%3D3aa/acme%3D2finfra/${KEY.planId}.json?x-id=PutObject`,
      headers: { "if-none-match": "*", "content-type": "application/json" },
    });
  });

  it.each([
    ["it exists", [refuses(412, "PreconditionFailed")]],
    ["another request writes it now", [refuses(409, "ConditionalRequestConflict")]],
    ["the answer to the first attempt was lost", [drops, refuses(412, "PreconditionFailed")]],
  ] as const)("stay as they are where %s", async (_, [first, ...others]) => {
    const { files } = await filesAt(first, ...others);
    await expect(files.putIfAbsent(KEY, new Uint8Array([1]))).resolves.toBeUndefined();
  });

  it.each([
    ["putIfAbsent", /could not be written to s3:\/\/plans: access denied.*Grant s3:PutObject/],
    ["get", /could not be read from s3:\/\/plans: access denied.*s3:ListBucket/],
    ["delete", /could not be deleted from s3:\/\/plans: access denied\. Grant s3:DeleteObject/],
  ] as const)("say which permission is missing: %s", async (verb, sentence) => {
    const { files } = await filesAt(denied);
    await expect(files[verb](KEY, new Uint8Array([1]))).rejects.toThrow(sentence);
  });

  it("are read again when the connection breaks", async () => {
    const { files, requests } = await filesAt(drops, answers(200, { etag: '"e"' }, "abc"));
    expect(await files.get(KEY)).toHaveLength(3);
    expect(requests).toHaveLength(2);
  });
});
