/** How far the size of a rough number may be from the exact one, as a share of the largest of them. */
const TOLERANCE = 1e-9;

/**
 * The things that may be among the `count` largest, whatever their sign: their exact amounts decide. Five hundred services
 * are compared by rough numbers, so that only some of them are summed exactly.
 * @param roughOf near to the exact amount; `null`: not known, and never among the largest
 */
export function largestCandidates<T>(
  all: readonly T[],
  count: number,
  roughOf: (one: T) => number | null,
): readonly T[] {
  const sized = all.flatMap((one) => {
    const rough = roughOf(one);
    return rough === null ? [] : [{ one, size: Math.abs(rough) }];
  });
  const sizes = sized.map(({ size }) => size).sort((a, b) => b - a);
  const least = (sizes[count - 1] ?? 0) - TOLERANCE * Math.max(1, sizes[0] ?? 0);
  return sized.filter(({ size }) => size >= least).map(({ one }) => one);
}
