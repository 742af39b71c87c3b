import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { s3Store } from "@dapanoskop/aws";
import { billSource } from "@dapanoskop/core/source";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { testRuntime } from "@dapanoskop/core/testing";
import { readIndex, readSnapshotFile, runId, verifyPublished } from "@dapanoskop/dataset";
import { startEmulator } from "@dapanoskop/emulator";
import { collect, defaultConfig } from "@dapanoskop/pipeline";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { lossyProxyTo, type ProxiedRequest } from "../../../aws/src/s3-store/testing/lossy-proxy.ts";
import { findMoto, type Moto, startMoto } from "../../../aws/src/testing/moto.ts";
import { type Bundles, buildBundles } from "../testing/build-bundle.ts";
import { type Invocation, invokeBundle, type LambdaOptions } from "../testing/lambda-process.ts";
import { aBill } from "../testing/test-bill.ts";
import { loadParquet } from "./load-parquet.ts";

const command = findMoto();
const parquet = await loadParquet();
const runtime = testRuntime();
const bill = aBill("2024-12-01", "2026-03-20");

/** Processes and servers on a machine that is busy otherwise, in milliseconds. */
const LONGEST_RUN_MS = 180_000;

/** What Lambda gives a function of this size; the wasm and Node itself need what is not heap. */
const MEMORY_MB = 256;

const schedule = (time: string) => ({
  version: "0",
  "detail-type": "Scheduled Event",
  source: "aws.events",
  account: "123456789012",
  time,
  detail: {},
});

/** When a process is killed, what becomes of the request that told of the moment, and what the same event then finds. */
interface Kill {
  readonly when: (passing: ProxiedRequest) => boolean;
  readonly request: "request-lost" | "passes";
  readonly again: "published" | "unchanged";
}

const outcomes = ({ result }: Invocation) =>
  result?.months.map(({ period, outcome }) => `${period} ${outcome}`);

// Without a moto server on this machine the report counts these as skipped.
describe.skipIf(command === null)(
  "the collector's bundle as a Lambda, between Cost Explorer and S3",
  {
    timeout: LONGEST_RUN_MS,
  },
  () => {
    let built: Bundles;
    let moto: Moto;
    beforeAll(async () => {
      [built, moto] = await Promise.all([buildBundles(), startMoto(command ?? "")]);
    }, LONGEST_RUN_MS);
    afterAll(async () => {
      moto?.stop();
      await built?.remove();
    });

    /** An account with a bucket of its own. */
    async function anAccount(bucket: string, { onTestFinished }: TestContext) {
      const proxy = await lossyProxyTo(moto.url);
      const source = billSource(bill, { at: "2026-03-20T00:00:00Z" });
      let at = "2026-03-08T06:00:00Z";
      let asked = () => {};
      const emulator = await startEmulator({ source, at: () => at, onRequest: () => asked() });
      onTestFinished(async () => {
        await Promise.all([proxy.close(), emulator.close()]);
      });
      await fetch(`${moto.url}/${bucket}`, { method: "PUT" });
      const credentials = { accessKeyId: "any", secretAccessKey: "any" };
      const client = { endpoint: moto.url, region: "us-east-1", credentials, forcePathStyle: true };
      const store = s3Store({ bucket, client });
      return {
        proxy,
        emulator,
        store,
        /** A collection that came before; the machine is spared a process. */
        publish: (time: string) => {
          const event = { at: time, backfill: 0, force: false };
          const run = runId(time, new Uint8Array(16));
          return collect(event, defaultConfig, { source, store, parquet, runId: run, runtime });
        },
        /** @param hurry the function's time for asking ends when so many requests were answered */
        invoke: (event: unknown, now: string, options: Partial<LambdaOptions> = {}, hurry = Infinity) => {
          at = now;
          let requests = 0;
          let child: ChildProcess | null = null;
          asked = () => {
            requests += 1;
            if (requests === hurry) child?.send(25_000);
          };
          return invokeBundle({
            bundle: join(built.folder, "collect"),
            event,
            environment: {
              DATA_BUCKET: bucket,
              AWS_ENDPOINT_URL_S3: proxy.url,
              AWS_ENDPOINT_URL_COST_EXPLORER: emulator.url,
            },
            ...options,
            started: (process) => {
              child = process;
              options.started?.(process);
            },
          });
        },
      };
    }

    it.concurrent("publishes a schedule's months, and takes its duplicate for done", async (test) => {
      const { invoke, store, emulator } = await anAccount("scheduled", test);
      const event = schedule("2026-03-08T06:00:00Z");
      const first = await invoke(event, "2026-03-08T06:00:20Z");
      expect(first).toMatchObject({ error: null, stderr: "" });
      expect(outcomes(first)).toEqual(["2026-03 published", "2026-02 published"]);
      expect(first.peakMb).toBeLessThan(MEMORY_MB);
      expect(
        first.lines.every(({ level, message }) => typeof level === "string" && typeof message === "string"),
      ).toBe(true);
      expect(first.lines.at(-1)).toMatchObject({ CollectSuccess: 1, MonthsPublished: 2 });
      const asked = emulator.requests.filter(({ operation }) => operation === "GetCostAndUsage").length;
      expect(first.result?.requests.pages).toBe(asked + 1);

      const before = await store.get("index.json");
      const again = await invoke(event, "2026-03-08T06:00:40Z");
      expect(outcomes(again)).toEqual(["2026-03 unchanged", "2026-02 unchanged"]);
      expect(again.result?.requests.pages).toBe(0);
      expect((await store.get("index.json"))?.etag).toBe(before?.etag);
      await expectProven(store);
    });

    it.concurrent("means the day of the event's time when it is delivered after midnight", async (test) => {
      const { invoke, store } = await anAccount("after-midnight", test);
      const late = await invoke(schedule("2026-02-28T23:50:00Z"), "2026-03-01T00:10:00Z");
      expect(outcomes(late)).toEqual(["2026-02 published", "2026-01 published"]);
      const index = await readIndex(store);
      expect(index?.snapshot["2026-02"]).toMatchObject({ is_mtd: true, as_of: "2026-02-28T23:50:00Z" });
      await expectProven(store);
    });

    it.concurrent("leaves whole months of a backfill that does not fit, and goes on with the others", async (test) => {
      const { invoke, store } = await anAccount("backfilled", test);
      const backfill = { backfill: true, months: 3 };
      const first = await invoke({ ...backfill, at: "2026-03-08T06:00:00Z" }, "2026-03-08T06:00:00Z", {}, 16);
      expect([first.error, outcomes(first)]).toEqual([
        null,
        ["2026-03 published", "2026-02 skipped", "2026-01 skipped", "2025-12 skipped"],
      ]);
      expect(first.result?.months.slice(1).every(({ outOfTime }) => outOfTime)).toBe(true);
      await expectProven(store);
      const second = await invoke({ ...backfill, at: "2026-03-08T06:10:00Z" }, "2026-03-08T06:10:00Z");
      expect([second.error, outcomes(second)]).toEqual([
        null,
        ["2026-03 unchanged", "2026-02 published", "2026-01 published", "2025-12 published"],
      ]);
      await expectProven(store);
    });

    const isIndex = ({ url }: ProxiedRequest) => /\/index\.json(\?|$)/.test(url);
    const isShown = ({ url }: ProxiedRequest) => /^\/[^/]+\/2026-\d\d\//.test(url);
    const kills: readonly (readonly [string, Kill])[] = [
      ["before its index arrived", { when: isIndex, request: "request-lost", again: "published" }],
      ["before it heard that its index arrived", { when: isIndex, request: "passes", again: "unchanged" }],
      ["while it showed what it had committed", { when: isShown, request: "passes", again: "unchanged" }],
    ];

    it.concurrent.for(kills)(
      "killed %s, leaves the old or the new figures whole, and heals when it is invoked again",
      async ([moment, { when, request, again }], test) => {
        const { invoke, publish, store, proxy } = await anAccount(
          `killed-${moment.replaceAll(" ", "-")}`,
          test,
        );
        await publish("2026-03-07T06:00:00Z");

        let victim: ChildProcess | null = null;
        let killed = false;
        proxy.decide((passing) => {
          if (killed || passing.put === 0 || !when(passing)) return "passes";
          killed = true;
          victim?.kill("SIGKILL");
          return request;
        });
        const event = schedule("2026-03-08T06:00:00Z");
        const ended = await invoke(event, "2026-03-08T06:00:00Z", {
          started: (child) => {
            victim = child;
          },
        });
        expect([ended.signal, ended.result]).toEqual(["SIGKILL", null]);
        await expectReadable(store);

        const second = await invoke(event, "2026-03-08T06:05:00Z");
        expect(second.error).toBeNull();
        expect(outcomes(second)).toEqual([`2026-03 ${again}`, `2026-02 ${again}`]);
        const index = await readIndex(store);
        expect(index?.snapshot["2026-03"]?.as_of).toBe("2026-03-08T06:00:00Z");
        await expectProven(store);
      },
    );
  },
);

async function expectProven(store: ArtifactStore): Promise<void> {
  expect((await verifyPublished(store, parquet))?.faults).toEqual([]);
}

/** Every file that the index names is there and is what it says; `readSnapshotFile` throws otherwise. */
async function expectReadable(store: ArtifactStore): Promise<void> {
  const index = await readIndex(store);
  if (index === null) throw new Error("Nothing is published.");
  for (const [period, { files }] of Object.entries(index.snapshot)) {
    for (const file of Object.keys(files)) {
      expect((await readSnapshotFile(store, index, period, file))?.length).toBeGreaterThan(0);
    }
  }
}
