import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { s3Store } from "@dapanoskop/aws/s3-store";
import { type Benchmark, benchmark, median, xorshift } from "@dapanoskop/core/bench";
import type { DailyFigures } from "@dapanoskop/core/daily";
import { aDailyFigures } from "@dapanoskop/core/daily/testing";
import { storeOfDays } from "@dapanoskop/dataset/testing";
import { scriptedEndpoint } from "../../aws/src/testing/scripted-endpoint.ts";
import { buildBundles } from "../src/testing/build-bundle.ts";
import { invokeBundle } from "../src/testing/lambda-process.ts";
import { loopbackBucket } from "../src/testing/loopback-bucket.ts";
import { loopbackTable } from "../src/testing/loopback-table.ts";
import { benchFile, bundled, type Told, told } from "./bundled-process.ts";

const SERVICES = 500;

/**
 * The report of a day of 500 services over 90 days, in every form, as a whole process in milliseconds of processor time.
 * Other: a process that does nothing but parse the same `daily.json`. Target: at most 2.
 */
export async function reportOfADay(rounds = 9): Promise<Benchmark> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-bench-"));
  try {
    const { objects } = await storeOfDays(manyServices());
    for (const [key, { body }] of objects) {
      await mkdir(dirname(join(folder, key)), { recursive: true });
      await writeFile(join(folder, key), body);
    }
    const [daily = ""] = [...objects.keys()].filter((key) => key.includes("daily"));
    const script = join(folder, "report.mjs");
    await bundled("./report-process.ts", script);
    const ours: Told[] = [];
    const other: Told[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      ours.push(await told(script, folder));
      other.push(await told(benchFile("./parse.mjs"), join(folder, daily)));
    }
    const time = (runs: readonly Told[]) => median(runs.slice(1).map(({ cpuMs }) => cpuMs));
    const peakMb = Math.round((ours.at(-1)?.peakKb ?? Number.NaN) / 1_024);
    const bytes = objects.get(daily)?.body.length ?? 0;
    return benchmark(
      `The report of a day, ${SERVICES} services over 90 days, in every form`,
      time(ours),
      time(other),
      `whole processes, processor time in ms, against one that parses the same daily.json of ${Math.round(bytes / 1_000)} kB; at most 2; peak ${peakMb} MB`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The report's bundle as a Lambda, from event to mail: peak resident memory in MB. Target: at most 128. */
export async function memoryOfTheReport(): Promise<Benchmark> {
  const [built, bucket, table, mail] = await Promise.all([
    buildBundles(),
    loopbackBucket(),
    loopbackTable("state"),
    scriptedEndpoint((response) =>
      response.writeHead(200, { "content-type": "application/json" }).end('{"MessageId":"1"}'),
    ),
  ]);
  try {
    const credentials = { accessKeyId: "any", secretAccessKey: "any" };
    const client = { endpoint: bucket.url, region: "us-east-1", credentials, forcePathStyle: true };
    const store = s3Store({ bucket: "bill", client });
    const { objects } = await storeOfDays(manyServices());
    for (const [key, { body, contentType }] of objects) await store.putIfAbsent(key, { body, contentType });
    const { peakMb, cpuMs, result, error } = await invokeBundle({
      bundle: join(built.folder, "report"),
      event: { "detail-type": "Scheduled Event", source: "aws.events", time: "2026-01-15T08:00:00Z" },
      environment: {
        DATA_BUCKET: "bill",
        STATE_TABLE: "state",
        REPORT_SENDER: "costs@example.com",
        REPORT_RECIPIENTS: "finance@example.com",
        AWS_ENDPOINT_URL_S3: bucket.url,
        AWS_ENDPOINT_URL_DYNAMODB: table.url,
        AWS_ENDPOINT_URL_SESV2: mail.url,
      },
      memoryMb: 512,
    });
    if (result === null) throw new Error(`The report failed: ${error?.message}`);
    return benchmark(
      "Peak memory of the report's bundle, from event to mail",
      peakMb,
      128,
      `MB; ${SERVICES} services over 90 days; ${Math.round(cpuMs)} ms of processor time from a cold process`,
    );
  } finally {
    await Promise.all([built.remove(), bucket.close(), table.close(), mail.close()]);
  }
}

/**
 * Services whose costs vary by a tenth from day to day and fall with their rank, as on a bill; usage types and workloads as
 * many as are published.
 */
function manyServices(): DailyFigures {
  const random = xorshift(7);
  const series = (count: number, name: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => {
      const base = 3_000 / (at + 1);
      return { name: name(at), costs: () => Math.round(base * (0.9 + random() * 0.2) * 1e10) / 1e10 };
    });
  return aDailyFigures({
    through: "2026-01-14",
    services: series(SERVICES, (at) => `Amazon Service ${at}`),
    costCenters: series(20, (at) => `Center ${at}`),
    workloads: series(100, (at) => `workload-${at}`).map((one, at) => ({
      ...one,
      costCenter: `Center ${at % 20}`,
    })),
    usageTypes: series(100, (at) => `EUC1-BoxUsage:m5.${at}xlarge`).map(({ name, costs }, at) => ({
      service: `Amazon Service ${at}`,
      usageType: name,
      unit: "Hrs",
      costs,
      quantities: 24,
    })),
  });
}
