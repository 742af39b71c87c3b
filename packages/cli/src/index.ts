export type { CommandContext, OutputStream } from "./command-context.ts";
export { exitCode } from "./exit-code.ts";
export { run } from "./run.ts";
