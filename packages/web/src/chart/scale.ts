// d3-scale includes color and time interpolation: 11 kB of the 60 kB limit for the first figure. Charts of money need
// only this part of it.

/** Maps amounts to pixels. */
export type Scale = (value: number) => number;

/** A linear scale; a domain without extent maps to the range's start. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [from, to] = domain;
  const [start, end] = range;
  return (value) => (to === from ? start : start + ((value - from) / (to - from)) * (end - start));
}

/** Round values around a span, and how far they reach: 0, 20, 40 for 0 to 37. */
export interface Ticks {
  readonly values: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** @param count about how many; the step is 1, 2, 2.5 or 5 times a power of ten */
export function niceTicks(min: number, max: number, count: number): Ticks {
  const [low, high] = max > min ? [min, max] : [Math.min(0, min), Math.max(1, max)];
  const step = niceStep((high - low) / Math.max(1, count));
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  // Each value is one multiplication of the step, so that rounding errors do not add up.
  const values = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  return { values, from: first * step, to: last * step };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 2.5 ? 2.5 : lead <= 5 ? 5 : 10) * power;
}
