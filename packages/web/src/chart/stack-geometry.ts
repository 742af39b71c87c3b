import type { Month } from "@dapanoskop/core/calendar";
import { line } from "d3-shape";
import { linear, niceTicks, type Scale } from "./scale.ts";

/** A month to draw: its parts from the bottom up, in whole units of the currency. */
export interface StackMonth {
  readonly period: Month;
  readonly isRunning: boolean;
  /** One for each series, in the series' order. Credits are negative. */
  readonly parts: readonly number[];
  readonly average: number | null;
  /** The expected total of a running month; `null` where there is no forecast. */
  readonly forecast: number | null;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface StackBar {
  readonly period: Month;
  readonly isRunning: boolean;
  /** The whole column, which reacts to the pointer. */
  readonly column: Rect;
  /** By series; `null` for an amount of 0. */
  readonly parts: readonly (Rect | null)[];
  /** The rest of a running month: from the cost so far to the forecast. */
  readonly forecast: Rect | null;
  readonly center: number;
}

export interface StackGeometry {
  readonly bars: readonly StackBar[];
  /** The average as an SVG path, interrupted at months without one. */
  readonly average: string;
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly plot: Rect;
  readonly zero: number;
  /** Every nth bar has a label, counted from the last, so that labels never touch. */
  readonly labelEvery: number;
}

const MARGIN = { top: 12, right: 8, bottom: 28, left: 52 };
const LABEL_WIDTH = 44;
/** The part of a column that stays empty between bars. */
const GAP = 0.28;
/** The largest width of a bar in pixels, where there are few months. */
const WIDEST = 72;

/** Bars with costs stacked above zero and credits below it. Sizes are in CSS pixels. */
export function stackGeometry(months: readonly StackMonth[], { width, height }: Size): StackGeometry {
  const plot = {
    x: MARGIN.left,
    y: MARGIN.top,
    width: Math.max(1, width - MARGIN.left - MARGIN.right),
    height: Math.max(1, height - MARGIN.top - MARGIN.bottom),
  };
  const ends = months.flatMap((month) => [up(month), down(month), month.average ?? 0, month.forecast ?? 0]);
  const axis = niceTicks(Math.min(0, ...ends), Math.max(0, ...ends), 5);
  const y = linear([axis.from, axis.to], [plot.y + plot.height, plot.y]);
  const step = plot.width / Math.max(1, months.length);
  const band = Math.min(step * (1 - GAP), WIDEST);
  const left = (at: number) => plot.x + at * step + (step - band) / 2;
  const bars = months.map((month, at): StackBar => {
    return {
      period: month.period,
      isRunning: month.isRunning,
      column: { x: plot.x + at * step, y: plot.y, width: step, height: plot.height },
      parts: stacked(month.parts, left(at), band, y),
      forecast: forecastRect(month, left(at), band, y),
      center: left(at) + band / 2,
    };
  });
  const path = line<StackMonth>()
    .defined(({ average }) => average !== null)
    .x((_, at) => left(at) + band / 2)
    .y(({ average }) => y(average ?? 0));
  return {
    bars,
    average: path(months as StackMonth[]) ?? "",
    ticks: axis.values.map((value) => ({ value, y: y(value) })),
    plot,
    zero: y(0),
    labelEvery: Math.max(1, Math.ceil(LABEL_WIDTH / step)),
  };
}

function stacked(parts: readonly number[], x: number, width: number, y: Scale): readonly (Rect | null)[] {
  let above = 0;
  let below = 0;
  return parts.map((part) => {
    if (part === 0) return null;
    const [from, to] = part > 0 ? [above, above + part] : [below + part, below];
    if (part > 0) above = to;
    else below = from;
    return { x, width, y: y(to), height: Math.max(0, y(from) - y(to)) };
  });
}

function forecastRect(month: StackMonth, x: number, width: number, y: Scale): Rect | null {
  const soFar = up(month);
  if (month.forecast === null || month.forecast <= soFar) return null;
  return { x, width, y: y(month.forecast), height: y(soFar) - y(month.forecast) };
}

const up = ({ parts }: StackMonth) => parts.reduce((all, part) => all + Math.max(0, part), 0);
const down = ({ parts }: StackMonth) => parts.reduce((all, part) => all + Math.min(0, part), 0);
