export { artifactStoreContract, type StoreUnderTest, type Vitest } from "./contract.ts";
export { aRun, quietHost, type RunOptions, runIdOf, staleKeys, tornFiles } from "./runs.ts";
