import { add, compare, type Money, moneyText, parseMoney, sum, zero } from "@dapanoskop/core/money";
import type { CostQuery } from "@dapanoskop/core/source";
import type { CostAnswerDocument } from "../documents/index.ts";
import type { CachedAnswer } from "./cost-cache.ts";

interface GroupCost {
  readonly day: string;
  readonly keys: readonly (string | null)[];
  readonly cost: Money;
}

/**
 * An answer as the API gives it. Every group is in it, credits too, or in `other`: groups and others sum to the total, exactly.
 * @param top how many groups of each charge period are listed; `null`: all
 */
export function answerDocument(
  { window, granularity, metric }: CostQuery,
  { answer, isCached, isStale, ageSeconds, costs }: CachedAnswer,
  top: number | null,
): CostAnswerDocument {
  // Without a charge there is no currency, and 0 is 0 in each.
  const unit = answer.currency ?? "XXX";
  const groups = answer.rows.map(
    ([day, keys, cost]): GroupCost => ({ day, keys, cost: parseMoney(cost, unit) }),
  );
  const periods = new Map<string, GroupCost[]>();
  for (const group of groups) periods.set(group.day, [...(periods.get(group.day) ?? []), group]);
  const listed = [...periods]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, all]) => {
      const ordered = all.sort(
        (a, b) => compare(b.cost, a.cost) || (JSON.stringify(a.keys) < JSON.stringify(b.keys) ? -1 : 1),
      );
      const at = top ?? ordered.length;
      return { day, shown: ordered.slice(0, at), others: ordered.slice(at) };
    });
  return {
    window: { start: window.start, end: window.end },
    granularity,
    metric,
    currency: answer.currency,
    total: moneyText(groups.reduce((total, { cost }) => add(total, cost), zero(unit))),
    groups: listed.flatMap(({ shown }) =>
      shown.map(({ day, keys, cost }) => ({ day, keys: [...keys], cost: moneyText(cost) })),
    ),
    other: listed.flatMap(({ day, others }) =>
      others.length === 0
        ? []
        : [
            {
              day,
              groups: others.length,
              cost: moneyText(
                sum(
                  others.map(({ cost }) => cost),
                  unit,
                ),
              ),
            },
          ],
    ),
    answered_at: answer.answered_at,
    cached: isCached,
    stale: isStale,
    age_seconds: ageSeconds,
    price_usd: costs === null ? "0" : moneyText(costs.priceUsd),
  };
}
