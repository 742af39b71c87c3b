export { Killed, killEverywhere, loseEverywhere, type Ordeal } from "./faults.ts";
export { unhealed, unsettled } from "./promises.ts";
export { aRun, type RunOptions, seededRuntime, staleKeys, tornFiles } from "./runs.ts";
