import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import { parseDocument, summarySchema } from "@dapanoskop/dataset";
import { builtProgram, inFolder, type Measured, measured, run } from "./measured.ts";

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
    const row = (name: string, pages: number, note: string) => benchmark(name, pages, PAGES_OF_A_DAY, note);
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
          await measured(
            [builtProgram(), "collect", "--store", store, "--at", FIRST_DAY, "--backfill", "13"],
            emulatedAt(url),
          ),
        );
        starts.push(await measured([builtProgram(), "--version"]));
      }
      const row = (name: string, of: (run: Measured) => number, note: string) =>
        benchmark(name, median(collects.map(of)), median(starts.map(of)), note);
      return [
        row("processor time", ({ cpu }) => cpu, "against starting the program"),
        row("wall time", ({ wall }) => wall, "most of it keeps to five requests a second"),
        row("peak memory, in MB", ({ memory }) => memory, "against starting the program"),
      ];
    }),
  );
}

async function pagesOf(store: string, at: string, backfill: number): Promise<number> {
  return withEmulator(at, async (url) => {
    const { code, err } = await run(
      [builtProgram(), "collect", "--store", store, "--at", at, "--backfill", String(backfill)],
      emulatedAt(url),
    );
    if (code !== 0) throw new Error(`The collection of ${at} ended with ${code}: ${err}`);
    const key = join(store, at.slice(0, 7), "summary.json");
    return parseDocument(summarySchema, key, await readFile(key)).requests.pages;
  });
}

const emulatedAt = (url: string) => ({
  AWS_ENDPOINT_URL_COST_EXPLORER: url,
  AWS_ACCESS_KEY_ID: "emulator",
  AWS_SECRET_ACCESS_KEY: "emulator",
});

async function withEmulator<Result>(at: string, use: (url: string) => Promise<Result>): Promise<Result> {
  const emulator = spawn(process.execPath, [builtProgram(), "emulate", "--at", at, "--history", "38"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let written = "";
      emulator.stdout.on("data", (data) => {
        written += data;
        const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(written) ?? [];
        if (address !== undefined) resolve(address);
      });
      emulator.once("exit", (code) => reject(new Error(`The emulator ended with ${code}.`)));
    });
    return await use(url);
  } finally {
    emulator.kill("SIGTERM");
  }
}
