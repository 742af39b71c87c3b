/**
 * Stories repeat in chapters of two years, from January of an even year on. So any 26 months hold each of them once,
 * whenever one looks.
 */
export const CHAPTER_MONTHS = 24;

/**
 * How an amount moves through a chapter: `[month of the chapter, factor]`, rising months, straight lines between them
 * and from the last to the first of the next chapter.
 */
export type CostTrend = readonly (readonly [month: number, factor: number])[];

/** The factor at a month of the chapter. */
export function trendAt(trend: CostTrend, month: number): number {
  let next = 0;
  while (next < trend.length && (trend[next] ?? flat)[0] <= month) next += 1;
  // Before the first knot and after the last, the line runs over the chapter's edge.
  const from = trend[(next + trend.length - 1) % trend.length] ?? flat;
  const to = trend[next % trend.length] ?? flat;
  const span = (to[0] - from[0] + CHAPTER_MONTHS) % CHAPTER_MONTHS;
  const passed = (month - from[0] + CHAPTER_MONTHS) % CHAPTER_MONTHS;
  return span === 0 ? from[1] : from[1] + ((to[1] - from[1]) * passed) / span;
}

const flat = [0, 1] as const;
