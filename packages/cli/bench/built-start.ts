import { execFileSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import { dapanoskop, inFolder, type Measured, measured } from "./measured.ts";

const BUILD = fileURLToPath(new URL("../../../scripts/release/build-package.mjs", import.meta.url));

/** Starting the program of the published package, against starting it from the checkout's TypeScript. */
export async function builtStart(rounds = 9): Promise<readonly Benchmark[]> {
  return inFolder(async (folder) => {
    execFileSync(process.execPath, [BUILD, folder], { stdio: "ignore" });
    const built = join(folder, "dist/dapanoskop.js");
    return [
      await start("dapanoskop --version", built, ["--version"], rounds),
      await start("dapanoskop help", built, ["help"], rounds),
    ];
  });
}

async function start(
  name: string,
  built: string,
  words: readonly string[],
  rounds: number,
): Promise<Benchmark> {
  const ours: Measured[] = [];
  const checkout: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await measured([built, ...words]));
    checkout.push(await measured([dapanoskop, ...words]));
  }
  const wall = (runs: readonly Measured[]) => median(runs.map((run) => run.wall));
  return benchmark(name, wall(ours), wall(checkout), "wall time, at most 0.6");
}
