export { increment, type StateUnderTest, stateStoreContract } from "./contract.ts";
