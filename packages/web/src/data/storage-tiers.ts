import { daysIn, daysInMonth } from "@dapanoskop/core/calendar";
import { displayedParts, type Money, moneyFromNumber, rounded, sum, zero } from "@dapanoskop/core/money";
import type { Summary } from "@dapanoskop/dataset";
import type { Share } from "../chart/share-geometry.ts";

/** A storage tier of a month, as a table lists it. */
export interface StorageTierLine {
  readonly service: string;
  readonly tier: string;
  readonly bytes: number | null;
  readonly cost: Money;
  /** In cents as it is displayed: the tiers add up to the displayed storage cost. */
  readonly displayed: bigint;
  /** Of the counted volume of all tiers, in percent; `null` where the volume is unknown. */
  readonly share: number | null;
  /** Cost of a TB for a whole month, to the cent; of a running month from its complete days. `null` without volume. */
  readonly costPerTb: number | null;
}

/** AWS counts 2^40 bytes as a TB. */
const TB = 2 ** 40;

/** The storage tiers of a month, in the order of the summary. */
export function storageTierLines(summary: Summary): readonly StorageTierLine[] {
  const { tiers } = summary.storage_metrics;
  const volume = tiers.reduce((sum, { volume_bytes }) => sum + (volume_bytes ?? 0), 0);
  const elapsed = daysIn(summary.windows.current) / daysInMonth(summary.period);
  const costs = tiers.map(({ cost_usd }) => moneyFromNumber(cost_usd, summary.currency));
  const displayed = displayedParts(rounded(sum(costs, summary.currency)), costs);
  return tiers.map(({ service, tier, volume_bytes, cost_usd, complete_days_cost_usd }, at) => {
    const cost = costs[at] ?? zero(summary.currency);
    return {
      service,
      tier,
      bytes: volume_bytes,
      cost,
      displayed: displayed[at] ?? 0n,
      share: volume_bytes === null || volume === 0 ? null : (100 * volume_bytes) / volume,
      costPerTb:
        volume_bytes === null || volume_bytes === 0
          ? null
          : Math.round((100 * (complete_days_cost_usd ?? cost_usd)) / (volume_bytes / TB) / elapsed) / 100,
    };
  });
}

/** The services of the tiers, each once. */
export const servicesOf = (tiers: readonly StorageTierLine[]): readonly string[] => [
  ...new Set(tiers.map(({ service }) => service)),
];

/** A tier's share of the volume, as a bar draws it. */
export interface TierShare extends Share {
  readonly name: string;
}

/** Tones that differ visibly. Smaller tiers are drawn together as one share; the table lists each. */
const TONES = 7;

/** The tiers with volume, largest first. A single small tier keeps its name. */
export function tierShares(tiers: readonly StorageTierLine[]): readonly TierShare[] {
  const hasSeveralServices = servicesOf(tiers).length > 1;
  const ranked = tiers
    .map(({ service, tier, share }) => ({
      name: hasSeveralServices ? `${service} ${tier}` : tier,
      amount: share ?? 0,
    }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount);
  const named = ranked.length > TONES ? ranked.slice(0, TONES - 1) : ranked;
  const small = ranked.slice(named.length);
  const together = {
    name: `${small.length} smaller tiers`,
    amount: small.reduce((sum, { amount }) => sum + amount, 0),
  };
  return (small.length > 0 ? [...named, together] : named).map((share, at) => ({ ...share, tone: at + 1 }));
}
