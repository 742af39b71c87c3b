import { type Money, moneyNumber } from "@dapanoskop/core/money";

import { type Change, changeText } from "./change.ts";
import type { Message } from "./message.ts";
import { coverageSentence, reconciliationSentence } from "./text.ts";
import { spoken, type Words } from "./words.ts";

/** The version of the shape below; it rises when a field changes its meaning or goes. */
export const REPORT_SCHEMA = 1;

/**
 * A month as a program reads it: the numbers unrounded, and the words a person is shown. `null` is unknown, never 0.
 *
 *     schema, period, period_text, is_mtd, estimated, window, currency, metric, run_id, collected_at
 *     headline, notes[], published_periods[]
 *     total_cost, against, change
 *     comparisons[]      { kind: prior_partial | prev_month | yoy, label, window, cost, change? }
 *                        change is absent where a running month would be held against a whole one
 *     forecast?          { total, remaining, window, change } or null; absent for closed months
 *     three_month_average
 *     cost_centers[]     { name, kind, cost, previous_cost, change, prev_month_cost, yoy_cost, direct_cost,
 *                          allocated_cost, workloads[] { name, kind, cost, previous_cost, change } }
 *     movers[]           { name, kind, cost, previous_cost, change }
 *     storage            { counted, cost, previous_cost, change, volume_bytes, previous_volume_bytes, hot_percentage,
 *                          previous_hot_percentage, cost_per_tb, previous_cost_per_tb, tiers[] }
 *     tagging_coverage   { percentage, tagged_cost, untagged_cost, untaggable_cost, text }
 *     reconciliation     { source_total, difference, residuals[] { view, period, difference }, text }
 *     requests           { pages, other, price_usd }
 *     months[]           { period, is_mtd, total_cost, three_month_average }
 *
 * A change is { direction: up | down | unchanged | new | unknown, difference, percentage, text }.
 */
export function reportDocument(message: Message) {
  return {
    schema: REPORT_SCHEMA,
    period: message.period,
    period_text: message.periodText,
    is_mtd: message.isRunning,
    estimated: message.estimated,
    window: message.window,
    currency: message.currency,
    metric: message.metric,
    run_id: message.runId,
    collected_at: message.collectedAt,
    headline: plain(message.reason),
    notes: message.notes.map(plain),
    published_periods: message.months.map(({ period }) => period).toReversed(),
    total_cost: moneyNumber(message.total),
    against: message.against,
    change: changeDocument(message.change),
    comparisons: message.comparisons.map(({ kind, label, window, cost, change }) => ({
      kind,
      label,
      window,
      cost: known(cost),
      ...(change === null ? {} : { change: changeDocument(change) }),
    })),
    ...(message.forecast === undefined ? {} : { forecast: forecastDocument(message.forecast) }),
    three_month_average: known(message.threeMonthAverage),
    cost_centers: message.centers.map((center) => ({
      ...rowDocument(center),
      prev_month_cost: known(center.previousMonth),
      yoy_cost: known(center.yearBefore),
      direct_cost: moneyNumber(center.direct),
      allocated_cost: moneyNumber(center.allocated),
      workloads: center.workloads.map(rowDocument),
    })),
    movers: message.movers.map(rowDocument),
    storage: storageDocument(message.storage),
    tagging_coverage: {
      percentage: message.coverage.percentage,
      tagged_cost: moneyNumber(message.coverage.tagged),
      untagged_cost: moneyNumber(message.coverage.untagged),
      untaggable_cost: moneyNumber(message.coverage.untaggable),
      text: coverageSentence(message.coverage),
    },
    reconciliation: {
      source_total: moneyNumber(message.reconciliation.sourceTotal),
      difference: moneyNumber(message.reconciliation.difference),
      residuals: message.reconciliation.residuals.map(({ view, period, difference }) => ({
        view,
        period,
        difference: moneyNumber(difference),
      })),
      text: reconciliationSentence(message),
    },
    requests: {
      pages: message.requests.pages,
      other: message.requests.other,
      price_usd: moneyNumber(message.requests.price),
    },
    months: message.months.map(({ period, isRunning, total, threeMonthAverage }) => ({
      period,
      is_mtd: isRunning,
      total_cost: moneyNumber(total),
      three_month_average: known(threeMonthAverage),
    })),
  };
}

export type ReportDocument = ReturnType<typeof reportDocument>;

/** The document as text that is safe to print: what a terminal would obey or hide stands as a JSON escape. */
export function renderJson(message: Message): string {
  return `${escapeUnseen(JSON.stringify(reportDocument(message), null, 2))}\n`;
}

// JSON.stringify escapes C0 controls itself; the rest of what cannot be seen keeps its value as \uXXXX.
const escapeUnseen = (json: string) =>
  json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );

const known = (money: Money | null) => (money === null ? null : moneyNumber(money));

const plain = (words: Words) => spoken(words, (name) => name);

function changeDocument(change: Change) {
  return {
    direction: change.direction,
    difference: known(change.difference),
    percentage: change.tenthsOfPercent === null ? null : Number(change.tenthsOfPercent) / 10,
    text: changeText(change),
  };
}

function rowDocument(
  row: Pick<Message["movers"][number], "name" | "kind" | "current" | "previous" | "change">,
) {
  return {
    name: row.name,
    kind: row.kind,
    cost: moneyNumber(row.current),
    previous_cost: known(row.previous),
    change: changeDocument(row.change),
  };
}

const forecastDocument = (forecast: NonNullable<Message["forecast"]> | null) =>
  forecast && {
    total: moneyNumber(forecast.total),
    remaining: moneyNumber(forecast.remaining),
    window: forecast.window,
    change: changeDocument(forecast.change),
  };

const storageDocument = (storage: Message["storage"]) => ({
  counted: storage.counted,
  cost: known(storage.cost),
  previous_cost: known(storage.previous),
  change: changeDocument(storage.change),
  volume_bytes: storage.volumeBytes,
  previous_volume_bytes: storage.previousVolumeBytes,
  hot_percentage: storage.hotPercentage,
  previous_hot_percentage: storage.previousHotPercentage,
  cost_per_tb: known(storage.costPerTb),
  previous_cost_per_tb: known(storage.previousCostPerTb),
  tiers: storage.tiers.map(({ service, tier, volumeBytes, cost }) => ({
    service,
    tier,
    volume_bytes: volumeBytes,
    cost: moneyNumber(cost),
  })),
});
