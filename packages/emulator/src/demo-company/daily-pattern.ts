import type { CompanyDay } from "./company-day.ts";
import { joined, portion } from "./seeded-bits.ts";

/**
 * How a use moves from day to day. `steady` things stay as they are, `monthly` ones are charged on the first; the
 * others follow people, customers and schedules.
 */
export type Rhythm = "steady" | "office" | "shop" | "nightly" | "weekly" | "monthly";

interface Beat {
  /** Monday to Sunday. */
  readonly week: readonly number[];
  readonly seasonal: boolean;
  /** How far chance moves a day, up or down. */
  readonly noise: number;
}

const beats: Readonly<Record<Exclude<Rhythm, "steady" | "monthly">, Beat>> = {
  office: { week: [1.25, 1.3, 1.28, 1.27, 1.2, 0.4, 0.3], seasonal: false, noise: 0.05 },
  shop: { week: [1, 0.94, 0.92, 0.96, 1.04, 1.08, 1.06], seasonal: true, noise: 0.06 },
  nightly: { week: [0.95, 1.05, 1.05, 1.05, 1.05, 1, 0.85], seasonal: false, noise: 0.04 },
  weekly: { week: [0.4, 0.4, 0.4, 0.4, 0.4, 0.6, 4.4], seasonal: false, noise: 0.05 },
};

/** The factor of a day. @param bits of the use and the day: what chance decides by */
export function beatOn(rhythm: Rhythm, day: CompanyDay, bits: number): number {
  if (rhythm === "steady") return 1;
  if (rhythm === "monthly") return day.dayOfMonth === 1 ? 1 : 0;
  const { week, seasonal, noise } = beats[rhythm];
  const season = seasonal ? day.season : 1;
  const chance = portion(bits) + portion(joined(bits, 1)) - 1;
  return (week[day.weekday] ?? 1) * season * (1 + noise * chance);
}
