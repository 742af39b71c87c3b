export { type PlanFilesUnderTest, planFilesContract } from "./contract.ts";
