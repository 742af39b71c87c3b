import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseDocument, summarySchema } from "@dapanoskop/core/artifacts";
import type { Benchmark } from "@dapanoskop/core/bench";

const program = fileURLToPath(new URL("../bin/dapanoskop.mjs", import.meta.url));

/** An ordinary day's bound, by design. */
const PAGES_OF_A_DAY = 7;

const FIRST_DAY = "2026-03-08T06:00:00Z";
const NEXT_DAY = "2026-03-09T06:00:00Z";

/** Pages that the demo company's account pays for: a first run, a first run with a year before it, the day after. */
export async function requestsOfADay(): Promise<readonly Benchmark[]> {
  return inFolder(async (folder) => {
    const year = join(folder, "year");
    const first = await pagesOf(join(folder, "first"), FIRST_DAY, 0);
    const backfilled = await pagesOf(year, FIRST_DAY, 13);
    const ordinary = await pagesOf(year, NEXT_DAY, 0);
    const row = (name: string, pages: number, note: string): Benchmark => ({
      name,
      ours: pages,
      other: PAGES_OF_A_DAY,
      ratio: pages / PAGES_OF_A_DAY,
      note,
    });
    return [
      row("an ordinary day, both months open", ordinary, "the bound of a day"),
      row("a first run", first, "two months, and two that they are compared with"),
      row("a first run with 13 months before it", backfilled, "14 months and their comparisons, once"),
    ];
  });
}

/**
 * `collect` of 14 months from the demo company's emulator, the whole process, against `dapanoskop --version`: what this
 * machine takes to start Node, the loader and the program.
 */
export async function demoCollection(rounds = 5): Promise<readonly Benchmark[]> {
  return withEmulator(FIRST_DAY, (url) =>
    inFolder(async (folder) => {
      const collects: Measured[] = [];
      const starts: Measured[] = [];
      for (let round = 0; round < rounds; round++) {
        const store = join(folder, String(round));
        collects.push(
          await measured(["collect", "--store", store, "--at", FIRST_DAY, "--backfill", "13"], url),
        );
        starts.push(await measured(["--version"], url));
      }
      const row = (name: string, of: (run: Measured) => number, note: string): Benchmark => {
        const [ours, other] = [median(collects.map(of)), median(starts.map(of))];
        return { name, ours, other, ratio: ours / other, note };
      };
      return [
        row("processor time", ({ cpu }) => cpu, "against starting the program"),
        row("wall time", ({ wall }) => wall, "most of it keeps to five requests a second"),
        row("peak memory, in MB", ({ memory }) => memory, "against starting the program"),
      ];
    }),
  );
}

interface Measured {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

/** Runs the program as a user does and reads the system's own account of it. */
async function measured(args: readonly string[], url: string): Promise<Measured> {
  const account = `process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\nUSED "+(u.userCPUTime+u.systemCPUTime)/1000+" "+u.maxRSS/1024+"\\n")})`;
  const began = performance.now();
  const { code, err } = await run([...args], url, [
    "--import",
    `data:text/javascript,${encodeURIComponent(account)}`,
  ]);
  const [, cpu, memory] = /USED ([\d.]+) ([\d.]+)/.exec(err) ?? [];
  if (code !== 0 || cpu === undefined || memory === undefined) {
    throw new Error(`dapanoskop ${args.join(" ")} ended with ${code}: ${err}`);
  }
  return { wall: performance.now() - began, cpu: Number(cpu), memory: Number(memory) };
}

async function pagesOf(store: string, at: string, backfill: number): Promise<number> {
  return withEmulator(at, async (url) => {
    const { code, err } = await run(
      ["collect", "--store", store, "--at", at, "--backfill", String(backfill)],
      url,
    );
    if (code !== 0) throw new Error(`The collection of ${at} ended with ${code}: ${err}`);
    const key = join(store, at.slice(0, 7), "summary.json");
    return parseDocument(summarySchema, key, await readFile(key)).requests.pages;
  });
}

async function withEmulator<Result>(at: string, use: (url: string) => Promise<Result>): Promise<Result> {
  const emulator = spawn(process.execPath, [program, "emulate", "--at", at, "--history", "38"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let told = "";
      emulator.stdout.on("data", (data) => {
        told += data;
        const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(told) ?? [];
        if (address !== undefined) resolve(address);
      });
      emulator.once("exit", (code) => reject(new Error(`The emulator ended with ${code}.`)));
    });
    return await use(url);
  } finally {
    emulator.kill("SIGTERM");
  }
}

function run(args: readonly string[], url: string, node: readonly string[] = []) {
  const child = spawn(process.execPath, [...node, program, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_COST_EXPLORER: url,
      AWS_ACCESS_KEY_ID: "emulator",
      AWS_SECRET_ACCESS_KEY: "emulator",
    },
  });
  let err = "";
  child.stderr.on("data", (data) => {
    err += data;
  });
  return new Promise<{ code: number | null; err: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, err }));
  });
}

async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-bench-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
