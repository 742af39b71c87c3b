export { type FaultCase, killAtEveryCall, loseEveryPut, ProcessKilled } from "./faults.ts";
export { inconsistencies, inconsistenciesAfterNextRun } from "./invariants.ts";
export { aRun, type RunOptions, seededRuntime, staleKeys, tornFiles } from "./runs.ts";
