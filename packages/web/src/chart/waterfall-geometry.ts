import { linear } from "./scale.ts";
import type { Rect, Size } from "./stack-geometry.ts";

/** A step of a waterfall: `total` stands on the ground, `change` on what was before it. */
export interface Step {
  readonly kind: "total" | "change";
  readonly amount: number;
}

export interface StepBar {
  readonly bar: Rect;
  /** The level that is handed on to the next step. */
  readonly level: number;
  readonly direction: "up" | "down" | "none";
}

const GAP = 0.35;

/** From what it was to what it is, step by step, left to right. The height is cut where nothing happens. */
export function waterfallGeometry(steps: readonly Step[], { width, height }: Size): readonly StepBar[] {
  const levels: number[] = [];
  for (const { kind, amount } of steps)
    levels.push(kind === "total" ? amount : (levels.at(-1) ?? 0) + amount);
  const y = linear([Math.min(0, ...levels), Math.max(0, ...levels) || 1], [height, 0]);
  const step = width / Math.max(1, steps.length);
  return steps.map(({ kind, amount }, at) => {
    const from = kind === "total" ? 0 : (levels[at - 1] ?? 0);
    const to = levels[at] ?? 0;
    return {
      bar: {
        x: at * step + (step * GAP) / 2,
        width: step * (1 - GAP),
        y: y(Math.max(from, to)),
        height: Math.max(kind === "change" ? 2 : 0, Math.abs(y(from) - y(to))),
      },
      level: y(to),
      direction: kind === "total" || amount === 0 ? "none" : amount > 0 ? "up" : "down",
    };
  });
}
