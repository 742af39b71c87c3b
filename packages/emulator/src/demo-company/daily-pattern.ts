import type { CompanyDay } from "./company-day.ts";
import { joined, portion } from "./seeded-bits.ts";

/**
 * The pattern of a use from day to day. A `steady` use is constant, a `monthly` one is charged on the first; the amounts
 * of the others depend on people, customers and schedules.
 */
export type DailyPattern = "steady" | "office" | "shop" | "nightly" | "weekly" | "monthly";

interface WeeklyPattern {
  /** Monday to Sunday. */
  readonly week: readonly number[];
  readonly seasonal: boolean;
  /** The largest random deviation of a day, up or down, as a fraction. */
  readonly noise: number;
}

const weeklyPatterns: Readonly<Record<Exclude<DailyPattern, "steady" | "monthly">, WeeklyPattern>> = {
  office: { week: [1.25, 1.3, 1.28, 1.27, 1.2, 0.4, 0.3], seasonal: false, noise: 0.05 },
  shop: { week: [1, 0.94, 0.92, 0.96, 1.04, 1.08, 1.06], seasonal: true, noise: 0.06 },
  nightly: { week: [0.95, 1.05, 1.05, 1.05, 1.05, 1, 0.85], seasonal: false, noise: 0.04 },
  weekly: { week: [0.4, 0.4, 0.4, 0.4, 0.4, 0.6, 4.4], seasonal: false, noise: 0.05 },
};

/** The factor of a day. @param bits random bits of the use and the day */
export function patternFactor(pattern: DailyPattern, day: CompanyDay, bits: number): number {
  if (pattern === "steady") return 1;
  if (pattern === "monthly") return day.dayOfMonth === 1 ? 1 : 0;
  const { week, seasonal, noise } = weeklyPatterns[pattern];
  const season = seasonal ? day.season : 1;
  const chance = portion(bits) + portion(joined(bits, 1)) - 1;
  return (week[day.weekday] ?? 1) * season * (1 + noise * chance);
}
