import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { findMoto, type Moto, startMoto, withoutMoto } from "../packages/aws/src/testing/moto.ts";
import { type MotoBucket, motoBucket } from "../packages/aws/src/testing/moto-bucket.ts";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { parquetOf } from "../packages/local/src/bill-file/testing/files.ts";
import { aStore, summaryIn } from "./support/an-account.ts";

// `collect --bill s3://…` through the AWS SDK, against moto, where this machine has it.

const BUCKET = "dapanoskop-bills";
const AT = "2026-03-02T06:00:00Z";
const HEADER =
  "line_item_usage_start_date,line_item_line_item_type,line_item_product_code,line_item_usage_type,line_item_currency_code,line_item_unblended_cost,resource_tags";

const moto = findMoto();

const charge = (cost: string, day = "2026-02-03") =>
  `${day}T00:00:00Z,Usage,AmazonS3,TimedStorage-ByteHrs,USD,${cost},"{""user_app"":""web""}"`;

const bill = (...lines: readonly string[]) => `${[HEADER, ...lines].join("\n")}\n`;

/** Passes requests on, and counts the bytes of the answers. */
async function countingProxy(to: string) {
  let bytes = 0;
  const proxy = createServer((incoming, answer) => {
    const { method, headers } = incoming;
    const outgoing = request(new URL(incoming.url ?? "/", to), { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answered.pipe(answer);
    });
    incoming.pipe(outgoing);
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bytes: () => bytes,
    async close() {
      proxy.closeAllConnections();
      await new Promise((done) => proxy.close(done));
    },
  };
}

describe.skipIf(moto === null)(`a bill in S3${withoutMoto(moto)}`, () => {
  let server: Moto;
  let bucket: MotoBucket;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await startMoto(moto ?? "");
    bucket = await motoBucket(server.url, BUCKET);
  });
  afterAll(() => server.stop());
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const close of closing.splice(0)) await close();
  });

  /** Collects the bill as a person would, with the credentials of the environment. */
  async function collect(place: string, endpoint = server.url) {
    vi.stubEnv("AWS_ENDPOINT_URL_S3", endpoint);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    vi.stubEnv("AWS_REGION", "us-east-1");
    const { store, remove } = await aStore();
    closing.push(remove);
    const ran = await dapanoskop(["collect", "--bill", place, "--store", store, "--at", AT], { at: AT });
    return { ...ran, store };
  }

  const total = async (store: string) => (await summaryIn(store, "2026-02")).totals.current_cost_usd;

  it("costs what the newest execution of a Data Export says, and an older one is not read", async () => {
    const of = (day: number) => `e x/data/BILLING_PERIOD=2026-02/2026-02-${day}T06:00:00.000Z-x/e-00001.csv`;
    await bucket.put({
      [of(10)]: bill(charge("1")),
      [of(20)]: bill(charge("3")),
      [of(28)]: bill(charge("3"), charge("4")),
      "e x/metadata/BILLING_PERIOD=2026-02/e-Manifest.json": JSON.stringify({
        executionId: "x",
        dataFiles: [`s3://${BUCKET}/${of(28)}`],
      }),
    });
    for (const place of [`s3://${BUCKET}/e x/`, `s3://${BUCKET}/e x`]) {
      const { code, err, store } = await collect(place);
      expect(code, err).toBe(0);
      expect(await total(store)).toBe(7);
      expect(err).toContain("2 files of older deliveries are not read");
    }
    const one = await collect(`s3://${BUCKET}/${of(20)}`);
    expect(await total(one.store)).toBe(3);
  });

  it("is read by the columns that its figures need, which are less than a quarter of a wide Parquet file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "dapanoskop-wide-"));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const wide = (from: number) =>
      Array.from({ length: 30 }, (_, at) => `md5(i || '-${from + at}') AS product_${from + at}`).join(", ");
    const path = await parquetOf(
      `SELECT ${wide(0)}, TIMESTAMP '2026-02-03' AS line_item_usage_start_date, 'Usage' AS line_item_line_item_type,
         'AmazonS3' AS line_item_product_code, 'TimedStorage-ByteHrs' AS line_item_usage_type, 'USD' AS line_item_currency_code,
         0.01::DOUBLE AS line_item_unblended_cost, MAP {'user_app': 'web'} AS resource_tags, ${wide(30)} FROM range(8000) AS r(i)`,
      join(folder, "wide.parquet"),
    );
    const content = await readFile(path);
    await bucket.put({ "wide/BILLING_PERIOD=2026-02/w.parquet": content });
    const counted = await countingProxy(server.url);
    closing.push(counted.close);
    const { code, err, store } = await collect(`s3://${BUCKET}/wide/`, counted.url);
    expect(code, err).toBe(0);
    expect(await total(store)).toBe(80);
    expect(counted.bytes()).toBeGreaterThan(0);
    expect(counted.bytes()).toBeLessThan(content.length / 4);
  });

  it("is read from more than 1,000 objects", async () => {
    const numbers = Array.from({ length: 1_005 }, (_, number) => number);
    await bucket.put(
      Object.fromEntries(numbers.map((number) => [`many/part-${number}.csv`, bill(charge(`${number}.01`))])),
    );
    const { code, err, store } = await collect(`s3://${BUCKET}/many/`);
    expect(code, err).toBe(0);
    expect(await total(store)).toBeCloseTo((1_004 * 1_005) / 2 + 10.05, 6);
  }, 120_000);

  it.each([
    ["s3://dapanoskop-no-such-bucket/x/", /there is no bucket dapanoskop-no-such-bucket/],
    [`s3://${BUCKET}/nothing/`, /There is no bill in s3:\/\/dapanoskop-bills\/nothing\/: it has 0 objects/],
    ["s3://Not_A_Bucket/x", /"Not_A_Bucket" is not the name of a bucket/],
  ])("is refused with a sentence: %s", async (place, sentence) => {
    const { code, err } = await collect(place);
    expect(code).toBe(1);
    expect(err).toMatch(sentence);
  });
});
