export { artifactStoreContract, type StoreUnderTest, type Vitest } from "./contract.ts";
export { Killed, killEverywhere, loseEverywhere, type Ordeal } from "./faults.ts";
export { unhealed, unsettled } from "./promises.ts";
export { aRun, quietHost, type RunOptions, runIdOf, staleKeys, tornFiles } from "./runs.ts";
