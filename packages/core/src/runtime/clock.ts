import type { Instant } from "../calendar/index.ts";

/** The time of the machine that a program runs on. Core and pipeline have none of their own: it arrives as an argument. */
export interface Clock {
  now(): Instant;
  /** @returns after at least this many milliseconds */
  sleep(milliseconds: number): Promise<void>;
}
