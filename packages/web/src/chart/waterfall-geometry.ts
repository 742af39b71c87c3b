import { linear } from "./scale.ts";
import type { Rect, Size } from "./stack-geometry.ts";

/** A step of a waterfall: `total` stands on the ground, `change` on what was before it. */
export interface Step {
  readonly kind: "total" | "change";
  readonly amount: number;
}

export interface StepBar {
  readonly bar: Rect;
  /** A total that is drawn shorter than it is: the drawing marks it. */
  readonly isCut: boolean;
  /** The level that is handed on to the next step. */
  readonly level: number;
  readonly direction: "up" | "down" | "none";
}

const GAP = 0.35;

/** Of the drawing's height, what the steps of a small change get at least; the totals below them are cut. */
const STEPS_SHARE = 0.6;

/** From what it was to what it is, step by step, left to right. The height is cut where nothing happens. */
export function waterfallGeometry(steps: readonly Step[], { width, height }: Size): readonly StepBar[] {
  const levels: number[] = [];
  for (const { kind, amount } of steps)
    levels.push(kind === "total" ? amount : (levels.at(-1) ?? 0) + amount);
  const ground = groundOf(levels);
  const y = linear([Math.min(ground, ...levels), Math.max(ground, ...levels) || 1], [height, 0]);
  const step = width / Math.max(1, steps.length);
  return steps.map(({ kind, amount }, at) => {
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
      direction: kind === "total" || amount === 0 ? "none" : amount > 0 ? "up" : "down",
    };
  });
}

/** Zero, unless the steps take less than a quarter of the height: then some way up, so that they get their share. */
function groundOf(levels: readonly number[]): number {
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const steps = high - low;
  return low > 0 && steps > 0 && steps < high / 4 ? high - steps / STEPS_SHARE : 0;
}
