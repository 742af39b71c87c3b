import { linear } from "./scale.ts";
import type { Rect, Size } from "./stack-geometry.ts";

/** A step of a waterfall: a `total` starts at the ground, a `change` at the level of the step before. */
export interface Step {
  readonly kind: "total" | "change";
  readonly amount: number;
}

export interface StepBar {
  readonly bar: Rect;
  /** The total is drawn shorter than it is, and marked. */
  readonly isCut: boolean;
  /** The y of the level after this step, where the next one starts. */
  readonly level: number;
}

const GAP = 0.35;

/** The part of the height that the steps of a small change get; the totals are cut by as much. */
const STEPS_SHARE = 0.6;

/** The steps from one total to another, left to right. Where the change is small, both totals are cut. Sizes are in CSS pixels. */
export function waterfallGeometry(steps: readonly Step[], { width, height }: Size): readonly StepBar[] {
  const levels: number[] = [];
  for (const { kind, amount } of steps)
    levels.push(kind === "total" ? amount : (levels.at(-1) ?? 0) + amount);
  const ground = groundOf(levels);
  const y = linear([Math.min(ground, ...levels), Math.max(ground, ...levels) || 1], [height, 0]);
  const step = width / Math.max(1, steps.length);
  return steps.map(({ kind }, at) => {
    const from = kind === "total" ? ground : (levels[at - 1] ?? 0);
    const to = levels[at] ?? 0;
    return {
      bar: {
        x: at * step + (step * GAP) / 2,
        width: step * (1 - GAP),
        y: y(Math.max(from, to)),
        height: Math.max(kind === "change" ? 2 : 0, Math.abs(y(from) - y(to))),
      },
      isCut: kind === "total" && ground > 0,
      level: y(to),
    };
  });
}

/** The level that totals start at: zero, unless the steps would take less than a quarter of the height. */
function groundOf(levels: readonly number[]): number {
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const steps = high - low;
  return low > 0 && steps > 0 && steps < high / 4 ? high - steps / STEPS_SHARE : 0;
}
