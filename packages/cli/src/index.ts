export { run } from "./run.ts";
export { exitCode, type Stream, type World } from "./world.ts";
