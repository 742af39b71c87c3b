import type { ArtifactStore } from "@dapanoskop/core/store";
import {
  nullIfDamaged,
  readSummary,
  renderTrend,
  type Summary,
  TREND_FILE,
  trendMonth,
  trendMonths,
} from "@dapanoskop/dataset";
import type { SharedFile } from "../publish/index.ts";

/**
 * The trend of exactly the months that an index names: months of this run from their summaries, other months from the
 * trend that it replaces, or from their published summaries where that trend lacks them or is damaged.
 * @param summaries of the run's months, at least one
 */
export function trendFile(summaries: readonly Summary[], store: ArtifactStore): SharedFile {
  const ours = new Map(summaries.map((summary) => [summary.period, summary]));
  const currency = summaries[0]?.currency ?? "USD";
  return {
    name: TREND_FILE,
    contentType: "application/json",
    async render({ periods, accepted, index, read }) {
      const named = index?.shared[TREND_FILE];
      const published = await nullIfDamaged(async () => {
        const bytes = named === undefined ? null : await read(named.key);
        return named === undefined || bytes === null ? null : trendMonths(named.key, bytes);
      });
      const months = [];
      for (const period of periods) {
        const before = published?.get(period);
        const own = accepted.includes(period) ? ours.get(period) : undefined;
        const isLost = own === undefined && before === undefined;
        const summary = isLost && index !== null ? await readSummary(store, index, period) : (own ?? null);
        const month = summary === null ? before : trendMonth(summary);
        if (month !== undefined) months.push(month);
      }
      return renderTrend(months, currency);
    },
  };
}
