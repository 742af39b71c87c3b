export type { Clock } from "./clock.ts";
export { type Deadline, noDeadline } from "./deadline.ts";
export type { Random } from "./random.ts";
export type { Runtime } from "./runtime.ts";
