import { fork, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import { buildBundles } from "../src/testing/build-bundle.ts";
import { type Invocation, invokeBundle } from "../src/testing/lambda-process.ts";
import { loopbackBucket } from "../src/testing/loopback-bucket.ts";

const AT = "2026-03-08T06:00:00Z";

/**
 * The collector's bundle, from a cold process to published, for the demo company's 40 workloads, in milliseconds of
 * processor time: what AWS answers in, and the pace it is asked at, are not ours. Other: an empty script.
 * Target: at most 1,500 ms more.
 */
export async function coldStart(rounds = 5): Promise<Benchmark> {
  return collecting(["--at", AT], async (invoke, empty) => {
    const runs: Invocation[] = [];
    const scripts: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      empty();
      runs.push(await invoke());
      scripts.push(await emptyScript());
    }
    const ours = median(runs.slice(1).map(({ cpuMs }) => cpuMs));
    const other = median(scripts.slice(1));
    const { result, peakMb = 0 } = runs.at(-1) ?? {};
    const requests = (result?.requests.pages ?? 0) + (result?.requests.other ?? 0);
    return benchmark(
      "The collector's bundle, cold process to published, 40 workloads",
      ours,
      other,
      `processor time against an empty script: ${Math.round(ours - other)} ms more; ${requests} requests at 5 a second are waited for besides; peak ${peakMb} MB`,
    );
  });
}

/** The same for 10^5 groups of workload and usage type in one answer: peak resident memory in MB, against Lambda's 256. */
export async function memoryAtHundredThousandGroups(): Promise<Benchmark> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-bench-"));
  try {
    const bill = join(folder, "bill.csv");
    await writeFile(bill, largeBill());
    return await collecting(["--at", AT, "--bill", bill], async (invoke) => {
      const { peakMb, cpuMs, result } = await invoke();
      return benchmark(
        "Peak memory at 100,000 groups of workload and usage type",
        peakMb,
        256,
        `against a Lambda of 256 MB; ${result?.requests.pages} pages, ${Math.round(cpuMs)} ms of processor time`,
      );
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Runs with the bundle between an emulator, in a process of its own, and a bucket. */
async function collecting(
  emulatorArguments: readonly string[],
  measure: (invoke: () => Promise<Invocation>, empty: () => void) => Promise<Benchmark>,
): Promise<Benchmark> {
  const [built, bucket, emulator] = await Promise.all([
    buildBundles(),
    loopbackBucket(),
    startEmulator(emulatorArguments),
  ]);
  const environment = {
    DATA_BUCKET: "bill",
    AWS_ENDPOINT_URL_S3: bucket.url,
    AWS_ENDPOINT_URL_COST_EXPLORER: emulator.url,
  };
  const invoke = async () => {
    const bundle = join(built.folder, "collect");
    const ended = await invokeBundle({ bundle, event: { at: AT }, environment });
    if (ended.result !== null) return ended;
    throw new Error(`The collector failed: ${ended.error?.message ?? ended.stderr.slice(-1_000)}`);
  };
  try {
    return await measure(invoke, bucket.empty);
  } finally {
    emulator.stop();
    await Promise.all([built.remove(), bucket.close()]);
  }
}

const dapanoskop = fileURLToPath(new URL("../../cli/bin/dapanoskop.mjs", import.meta.url));

function startEmulator(words: readonly string[]): Promise<{ readonly url: string; stop(): void }> {
  const child = spawn(process.execPath, [dapanoskop, "emulate", ...words], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined) resolve({ url, stop: () => void child.kill("SIGINT") });
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`dapanoskop emulate ended with ${code}.`)));
  });
}

/** Processor time in milliseconds of a process that does nothing but tell it. */
function emptyScript(): Promise<number> {
  const script = fileURLToPath(new URL("./empty.mjs", import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(script);
    child.on("message", (milliseconds) => resolve(Number(milliseconds)));
    child.on("error", reject);
  });
}

/** 1,000 workloads with 50 usage types, in the running month and the one before: a charge of each. */
function largeBill(): string {
  const lines = [
    "BilledCost,ChargeCategory,ChargePeriodStart,ServiceName,BillingCurrency,x_UsageType,Tags,x_CostCategories,ConsumedQuantity,ConsumedUnit",
  ];
  for (let workload = 0; workload < 1_000; workload += 1) {
    const labels = `"{""App"":""workload-${workload}""}","{""CostCenter"":""Center ${workload % 20}""}"`;
    for (let type = 0; type < 50; type += 1) {
      const cents = ((workload * 50 + type) % 9_973) + 1;
      for (const month of ["2026-02", "2026-03"]) {
        const day = String((type % 7) + 1).padStart(2, "0");
        lines.push(
          `${cents / 1e6},Usage,${month}-${day}T00:00:00Z,Amazon Elastic Compute Cloud,USD,EUC1-BoxUsage:m5.${type}xlarge,${labels},${cents},Hrs`,
        );
      }
    }
  }
  return `${lines.join("\n")}\n`;
}
