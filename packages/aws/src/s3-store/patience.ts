import type { Setback } from "./setback.ts";

/** Time and chance. Tests bring their own. */
export interface Host {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Milliseconds. Being told to slow down means seconds; a broken line is tried again sooner. */
const THROTTLE_BASE = 1_000;
const TRANSIENT_BASE = 100;
const CAP = 8_000;

/** How long to wait after the how-manieth attempt: exponential, full jitter. */
export function pauseAfter(attempt: number, { kind }: Setback, { random }: Host): number {
  const base = kind === "busy" ? THROTTLE_BASE : TRANSIENT_BASE;
  return random() * Math.min(CAP, base * 2 ** (attempt - 1));
}
