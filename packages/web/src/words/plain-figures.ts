/** What these currencies are called in English, in front of an amount. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["USD", "$"],
  ["EUR", "€"],
  ["GBP", "£"],
]);

/**
 * A figure as most readers of English write it: `1,234.50`. By hand, since a browser takes some 20 ms to open its own
 * tables of numbers, and the first figure would wait for them.
 * @param count of 10^-`decimals`; not negative
 */
export function plainFigure(count: bigint, decimals: number): string {
  const digits = count.toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const whole = digits.slice(0, point).replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return decimals === 0 ? whole : `${whole}.${digits.slice(point)}`;
}

/** An amount of money likewise: `$1,234.50`. `null` in a currency that English has no sign of its own for. */
export function plainAmount(count: bigint, currency: string, decimals: number): string | null {
  const sign = SIGNS.get(currency);
  return sign === undefined ? null : `${sign}${plainFigure(count, decimals)}`;
}
