import { randomUUID } from "node:crypto";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { testClock } from "@dapanoskop/core/testing";
import { readIndex } from "@dapanoskop/dataset";
import { artifactStoreContract } from "@dapanoskop/dataset/store/testing";
import { publish, recover } from "@dapanoskop/pipeline/publish";
import { aRun, seededRuntime, staleKeys, tornFiles } from "@dapanoskop/pipeline/publish/testing";
import { afterAll, beforeAll, describe, expect, it, type RunnerTask } from "vitest";
import { findMoto, startMoto, withoutMoto } from "../testing/moto.ts";
import type { S3Access } from "./connection.ts";
import { s3Store } from "./s3-store.ts";
import { type LossyProxy, lossyProxyTo, type ProxyAction } from "./testing/lossy-proxy.ts";

// The contract of stores and the publish protocol over S3 endpoints: moto, where this machine has it, and the endpoint that
// DAPANOSKOP_TEST_S3_ENDPOINT and DAPANOSKOP_TEST_S3_BUCKET name (with credentials from the environment).

const BUCKET = "dapanoskop-test";
const moto = findMoto();
const MOTO = `S3 by moto${withoutMoto(moto)}`;
const named = {
  endpoint: process.env.DAPANOSKOP_TEST_S3_ENDPOINT ?? "",
  bucket: process.env.DAPANOSKOP_TEST_S3_BUCKET ?? BUCKET,
};

/** So many stores of one fresh prefix in a bucket. */
function storesIn(count: number, bucket: string, client: S3Access): readonly ArtifactStore[] {
  const prefix = `test/run=${randomUUID()}/`;
  return Array.from({ length: count }, () =>
    s3Store({
      bucket,
      prefix,
      client,
      clock: testClock(),
      timeouts: { connection: 3_000, request: 8_000 },
    }),
  );
}

if (named.endpoint !== "") {
  describe(`S3 at ${named.endpoint}`, () => {
    const open = async (count: number) => storesIn(count, named.bucket, { endpoint: named.endpoint });
    artifactStoreContract({ describe, it, expect }, { name: "a bucket there", metadata: true, open });
    concurrency(open);
  });
}

describe.skipIf(moto === null)(MOTO, () => {
  const toClose: (() => unknown)[] = [];
  let proxy: LossyProxy;
  let access: S3Access;

  beforeAll(async () => {
    const server = await startMoto(moto ?? "");
    proxy = await lossyProxyTo(server.url);
    toClose.push(() => proxy.close(), server.stop);
    access = {
      endpoint: proxy.url,
      region: "us-east-1",
      credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    };
    await new S3Client(access).send(new CreateBucketCommand({ Bucket: BUCKET }));
  });
  afterAll(async () => {
    for (const close of toClose) await close();
  });

  const open = async (count: number) => {
    proxy.decide(() => "passes");
    return storesIn(count, BUCKET, access);
  };
  artifactStoreContract({ describe, it, expect }, { name: "a bucket of moto", metadata: true, open });
  concurrency(open);

  it("keeps a SHA-256 of every object, and returns it without a download", async () => {
    const [store] = await pair(open);
    const body = new TextEncoder().encode("abc");
    const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    await store.putIfAbsent("trend.json", { body, contentType: "application/json" });
    expect((await store.head("trend.json"))?.sha256).toBe(sha256);
    expect((await store.get("trend.json"))?.sha256).toBe(sha256);
  });

  it("keeps to its prefix beside one that begins with the same letters", async () => {
    const prefix = `test/run=${randomUUID()}`;
    const [ours, theirs] = [prefix, `${prefix}-not`].map((each) =>
      s3Store({ bucket: BUCKET, prefix: each, client: access }),
    );
    await theirs?.putIfAbsent("trend.json", { body: new Uint8Array(1), contentType: "application/json" });
    expect(await ours?.list("")).toEqual([]);
    expect(await ours?.get("trend.json")).toBeNull();
    expect(await theirs?.list("")).toEqual(["trend.json"]);
  });

  describe("publishing over a connection that loses requests and answers", () => {
    const dayOf = (number: number) => `2026-03-${String(number).padStart(2, "0")}T06:00:00Z`;
    const runOf = (number: number) => aRun({ number, at: dayOf(number), months: ["2026-03"] });
    /** Puts of a run: six staged files and the trend, the index, and the stable keys. */
    const PUTS = 15;

    /** Publishes a run a generation, each with its own losses, and checks what is published in the end. */
    async function publishAll(losses: readonly ((put: number, url: string) => ProxyAction)[]) {
      const [store, reader] = await pair(open);
      const runs = losses.map((_, at) => runOf(at + 1));
      for (const [at, run] of runs.entries()) {
        proxy.decide(({ put, url }) => (put === 0 ? "passes" : (losses[at]?.(put, url) ?? "passes")));
        expect(await publish(store, run, seededRuntime()), `run ${at + 1}`).toEqual({
          runId: run.runId,
          generation: at + 1,
          months: [{ period: "2026-03", outcome: "published" }],
          promoted: true,
          warnings: [],
        });
        expect(proxy.puts()).toBeGreaterThanOrEqual(PUTS);
      }
      proxy.decide(() => "passes");
      const index = await readIndex(reader);
      expect(index?.history.map(({ run_id }) => run_id)).toEqual(runs.map(({ runId }) => runId));
      expect(await tornFiles(reader)).toEqual([]);
      expect(await staleKeys(reader)).toEqual([]);
    }

    it.each(["answer-lost", "request-lost"] as const)(
      "finds out whether a put was done when any single one is lost: %s",
      async (loss) => {
        await publishAll([
          () => "passes",
          ...Array.from({ length: PUTS }, (_, at) => (put: number) => (put === at + 1 ? loss : "passes")),
        ]);
      },
    );

    it.each(["answer-lost", "request-lost"] as const)(
      "finds out whether a put was done when the first one of every key is lost: %s",
      async (loss) => {
        const seen = new Set<string>();
        const firstIsLost = (_: number, url: string) => {
          const first = !seen.has(url);
          seen.add(url);
          return first ? loss : "passes";
        };
        await publishAll([firstIsLost]);
        expect(seen.size).toBe(PUTS);
      },
    );

    it("keeps the published data when the index cannot be written, and reports an unknown outcome", async () => {
      const [store, reader] = await pair(open);
      await publish(store, runOf(1), seededRuntime());
      proxy.decide(({ method, url }) =>
        method === "PUT" && url.includes("index.json") ? "request-lost" : "passes",
      );
      await expect(publish(store, runOf(2), seededRuntime())).rejects.toMatchObject({
        failure: "unknown-outcome",
        message: expect.stringContaining("Whether 2026-03 was published to s3://dapanoskop-test/test/run="),
      });
      proxy.decide(() => "passes");
      expect((await readIndex(reader))?.run_id).toBe(runOf(1).runId);
      expect(await staleKeys(reader)).toEqual([]);
    });

    it("loses no month of two publishers at the same moment when answers are lost", async () => {
      for (let round = 0; round < 2; round++) {
        const [one, two] = await pair(open);
        proxy.decide(({ put }) => (put > 0 && (put * 7 + round) % 4 === 0 ? "answer-lost" : "passes"));
        const results = await Promise.all([
          publish(one, aRun({ number: 1, months: ["2026-02"] }), seededRuntime(1)),
          publish(two, aRun({ number: 2, months: ["2026-03"] }), seededRuntime(2)),
        ]);
        expect(results.map(({ generation }) => generation).sort()).toEqual([1, 2]);
        proxy.decide(() => "passes");
        await recover(one);
        expect((await readIndex(one))?.periods).toEqual(["2026-03", "2026-02"]);
        expect(await tornFiles(one)).toEqual([]);
        expect(await staleKeys(one)).toEqual([]);
      }
    });
  });
});

/** Two and more publishers at the same moment, without losses. */
function concurrency(open: (count: number) => Promise<readonly ArtifactStore[]>): void {
  describe("publishers at the same moment", () => {
    it("lose no month, and the later event wins each", async () => {
      const stores = await open(4);
      const runs = stores.map((_, at) =>
        aRun({ number: at + 1, at: `2026-03-0${at + 1}T06:00:00Z`, months: ["2026-03", `2025-1${at % 3}`] }),
      );
      const results = await Promise.all(
        stores.map((store, at) => publish(store, runs[at] ?? aRun({ number: 9 }), seededRuntime(at + 1))),
      );
      const [reader] = await pair(async () => stores);
      await recover(reader);
      const index = await readIndex(reader);
      expect(index?.periods).toEqual(["2026-03", "2025-12", "2025-11", "2025-10"]);
      expect(index?.snapshot["2026-03"]?.as_of).toBe("2026-03-04T06:00:00Z");
      expect(index?.snapshot["2025-10"]?.as_of).toBe("2026-03-04T06:00:00Z");
      const committed = results.flatMap(({ generation }) => (generation === null ? [] : [generation]));
      expect(new Set(committed).size).toBe(committed.length);
      expect(index?.generation).toBe(committed.length);
      expect(await tornFiles(reader)).toEqual([]);
      expect(await staleKeys(reader)).toEqual([]);
    });

    it("commit one event once", async () => {
      const stores = await open(3);
      const results = await Promise.all(
        stores.map((store, at) => publish(store, aRun({ number: at + 1 }), seededRuntime(at + 1))),
      );
      expect(results.filter(({ generation }) => generation !== null)).toHaveLength(1);
      const [reader] = await pair(async () => stores);
      expect((await readIndex(reader))?.generation).toBe(1);
      expect(await tornFiles(reader)).toEqual([]);
    });
  });
}

it("reports the tests that were skipped", ({ task }) => {
  if (moto !== null) return;
  const count = task.file.tasks
    .filter(({ name }) => name === MOTO)
    .reduce((sum, suite) => sum + testsIn(suite), 0);
  console.warn(`${count} tests of the S3 store were skipped: there is no moto_server on this machine.`);
  expect(count).toBeGreaterThan(40);
});

const testsIn = (task: RunnerTask): number =>
  task.type === "test" ? 1 : task.tasks.reduce((sum, inner) => sum + testsIn(inner), 0);

async function pair(open: (count: number) => Promise<readonly ArtifactStore[]>) {
  const [one, two = one] = await open(2);
  if (one === undefined || two === undefined) throw new Error("No store was opened.");
  return [one, two] as const;
}
