export { artifactStoreContract, type StoreUnderTest, type Vitest } from "./contract.ts";
export { runIdOf } from "./run-id-of.ts";
