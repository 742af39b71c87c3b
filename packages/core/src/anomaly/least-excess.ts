import type { DailyNumbers } from "../daily/index.ts";

/** The part of the account's daily cost from which an excess is reported: 1 %. */
const PART = 0.01;

/** And at the least one unit of the currency. */
const LEAST = 1;

const DAYS = 28;

/** By how much a day must differ from its expectation at the least: 1 % of the median day of the account in four weeks. */
export function leastExcess(total: DailyNumbers, at: number): number {
  const sizes = total
    .slice(Math.max(0, at - DAYS), at)
    .flatMap((cost) => (cost === null ? [] : [Math.abs(cost)]));
  sizes.sort((a, b) => a - b);
  return Math.max(LEAST, PART * (sizes[sizes.length >> 1] ?? 0));
}
