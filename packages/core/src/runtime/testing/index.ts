export { type SteppedProcess, startStepped } from "./stepped-process.ts";
