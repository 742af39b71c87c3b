/**
 * A count of 10^-`decimals` as a number with separators of thousands: `1,234.50`. By hand and not by Intl: the same text
 * on every machine, for a bigint of any length, and without the 20 ms that a browser takes to load its own formats.
 * @param count not negative
 */
export function groupedDigits(count: bigint, decimals: number): string {
  const digits = count.toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const whole = digits.slice(0, point).replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return decimals === 0 ? whole : `${whole}.${digits.slice(point)}`;
}

const UNITS = ["bytes", "KB", "MB", "GB", "TB", "PB", "EB"] as const;

/** Bytes in the unit that a reader expects, as AWS counts storage: a TB is 2^40 of them. */
export function bytesInUnit(bytes: number): {
  readonly size: number;
  readonly unit: string;
  readonly decimals: 0 | 2;
} {
  let size = Math.abs(bytes);
  let at = 0;
  // 1,023.995 would be displayed as 1,024.00: it belongs to the next unit already.
  while (at < UNITS.length - 1 && size >= (at === 0 ? 1024 : 1023.995)) {
    size /= 1024;
    at += 1;
  }
  return { size, unit: UNITS[at] ?? "", decimals: at === 0 ? 0 : 2 };
}
