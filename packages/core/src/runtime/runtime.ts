import type { Clock } from "./clock.ts";
import type { Deadline } from "./deadline.ts";
import type { Random } from "./random.ts";

/** What a program takes from the machine that it runs on, passed on as one value. */
export interface Runtime {
  readonly clock: Clock;
  readonly random: Random;
  readonly deadline: Deadline;
}
