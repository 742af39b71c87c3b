import { line } from "d3-shape";
import { linear } from "./scale.ts";
import type { Size } from "./stack-geometry.ts";

export interface SparklineGeometry {
  /** An SVG path, interrupted at missing months. */
  readonly path: string;
  /** The last known point. */
  readonly end: { readonly x: number; readonly y: number } | null;
}

/** Pixels around the line, so that the dot at its end is not clipped. */
const INSET = 3;

/** A line of amounts of consecutive months, as small as a line of text. Its scale starts at zero, so that a small change looks small. */
export function sparklineGeometry(
  values: readonly (number | null)[],
  { width, height }: Size,
): SparklineGeometry {
  const known = values.filter((value) => value !== null);
  const x = linear([0, Math.max(1, values.length - 1)], [INSET, width - INSET]);
  const y = linear([Math.min(0, ...known), Math.max(...known, 0) || 1], [height - INSET, INSET]);
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, at) => x(at))
    .y((value) => y(value ?? 0));
  const last = values.findLastIndex((value) => value !== null);
  return {
    path: path(values as (number | null)[]) ?? "",
    end: last === -1 ? null : { x: x(last), y: y(values[last] ?? 0) },
  };
}
