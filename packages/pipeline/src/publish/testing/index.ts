export { Killed, killEverywhere, loseEverywhere, type Ordeal } from "./faults.ts";
export { unhealed, unsettled } from "./promises.ts";
export { aRun, quietHost, type RunOptions, staleKeys, tornFiles } from "./runs.ts";
