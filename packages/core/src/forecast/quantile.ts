/**
 * The value that a share of what comes next should be below: the empirical quantile at position share × (n + 1), with a
 * straight line between two values (type 6 of Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996). The next
 * of n + 1 exchangeable values is below it with that probability, as in conformal prediction (Vovk, Gammerman and Shafer,
 * 2005); so it is not defined where the position lies outside the values.
 * @param sorted smallest first
 */
export function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length + 1) - 1;
  const below = Math.floor(position + 1e-9);
  const from = sorted[below];
  const to = sorted[Math.min(below + 1, sorted.length - 1)];
  if (from === undefined || to === undefined || position > sorted.length - 1 + 1e-9) return Number.NaN;
  return from + (to - from) * Math.max(0, position - below);
}
