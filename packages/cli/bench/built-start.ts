import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import { builtProgram, checkoutProgram, type Measured, measured } from "./measured.ts";

/** Starting the program of the published package, against starting it from the checkout's TypeScript. */
export async function builtStart(rounds = 9): Promise<readonly Benchmark[]> {
  return [
    await start("dapanoskop --version", ["--version"], rounds),
    await start("dapanoskop help", ["help"], rounds),
  ];
}

async function start(name: string, words: readonly string[], rounds: number): Promise<Benchmark> {
  const ours: Measured[] = [];
  const checkout: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await measured([builtProgram(), ...words]));
    checkout.push(await measured([checkoutProgram, ...words]));
  }
  const wall = (runs: readonly Measured[]) => median(runs.map((run) => run.wall));
  return benchmark(name, wall(ours), wall(checkout), "wall time, at most 0.6");
}
