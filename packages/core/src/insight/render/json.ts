import type { BudgetState } from "../../budget/index.ts";
import { type Money, moneyNumber } from "../../money/index.ts";
import { budgetDocument } from "../budget/budget-document.ts";
import { type Change, changeSentence } from "../change.ts";
import type { PeriodComparison } from "../comparisons.ts";
import type { MonthFigures } from "../month-figures.ts";
import type { MonthReport } from "../month-report.ts";
import { periodText } from "../period-text.ts";
import type { ReportedCost } from "../reported-costs.ts";
import { type Sentence, sentenceText } from "../sentence.ts";
import { sourceSentence } from "../source-sentence.ts";
import { coverageSentence, reconciliationSentence } from "../trust.ts";
import { jsonText } from "./json-text.ts";
import { plainFigures } from "./plain-figures.ts";

/** The version of the shape below; it rises when a field changes its meaning or goes. */
const REPORT_SCHEMA = 1;

/**
 * A month as a program reads it: the numbers unrounded, and the sentences that a person reads. `null` is unknown, never 0.
 *
 *     schema, period, period_text, is_mtd, estimated, window, currency, metric, run_id, collected_at
 *     delivered_through  the last day that is complete, or null
 *     source             { kind, provider, metric, tag_key, cost_category, text }; only text where the month names no source
 *     headline, notes[], published_periods[]
 *     total_cost, against, change
 *     comparisons[]      { kind: prior_partial | prev_month | yoy, label, window, cost, change? }
 *                        change is absent where part of a month would be compared with a whole one
 *     forecast?          { total, remaining, window, change } or null; absent for closed months
 *     three_month_average
 *     cost_centers[]     { name, kind, cost, previous_cost, change, prev_month_cost, yoy_cost, direct_cost,
 *                          allocated_cost, workloads[] { name, kind, cost, previous_cost, change } }
 *     charges[]          { kind: usage | fee | support | tax | refund | credit, label, cost, prev_month_cost }
 *     movers[]           { name, kind, cost, previous_cost, change }
 *     storage            { counted, cost, previous_cost, change, volume_bytes, previous_volume_bytes, hot_percentage,
 *                          previous_hot_percentage, cost_per_tb, previous_cost_per_tb, tiers[] }
 *     tagging_coverage   { percentage, tagged_cost, untagged_cost, untaggable_cost, text }
 *     reconciliation     { source_total, difference, residuals[] { view, period, difference }, text }
 *     requests           { pages, other, price_usd }
 *     months[]           { period, is_mtd, total_cost, three_month_average }
 *     budgets[]?         { id, name, period, period_start, status, limit, currency, actual, forecast { total, low, high } };
 *                        amounts are decimal text. Absent where there are none
 *
 * A change is { direction: up | down | unchanged | new | unknown, difference, percentage, text }.
 */
export function reportDocument(report: MonthReport) {
  const { figures } = report;
  const { coverage, reconciliation, requests } = figures;
  return {
    schema: REPORT_SCHEMA,
    period: figures.month,
    period_text: periodText(figures.month, figures.windows.current, figures.isRunning),
    is_mtd: figures.isRunning,
    estimated: figures.isEstimated,
    window: figures.windows.current,
    currency: figures.currency,
    metric: figures.metric,
    delivered_through: figures.deliveredThrough,
    source: sourceDocument(figures),
    run_id: figures.runId,
    collected_at: figures.collectedAt,
    headline: plain(report.reason),
    notes: report.notes.map(({ sentence }) => plain(sentence)),
    published_periods: report.months.map(({ month }) => month).toReversed(),
    total_cost: moneyNumber(figures.total.current),
    against: plain([report.against]),
    change: changeDocument(report.change),
    comparisons: report.comparisons.map(({ period, label, window, cost, change }) => ({
      kind: COMPARISON_KINDS[period],
      label,
      window,
      cost: known(cost),
      ...(change === null ? {} : { change: changeDocument(change) }),
    })),
    ...(figures.isRunning ? { forecast: forecastDocument(report) } : {}),
    three_month_average: known(report.threeMonthAverage),
    cost_centers: report.centers.map((center) => ({
      ...rowDocument(center),
      prev_month_cost: known(center.cost.previousMonth),
      yoy_cost: known(center.cost.yearBefore),
      direct_cost: moneyNumber(center.direct),
      allocated_cost: moneyNumber(center.allocated),
      workloads: center.workloads.map(rowDocument),
    })),
    charges: report.charges.map(({ kind, label, cost, previousMonth }) => ({
      kind,
      label,
      cost: moneyNumber(cost),
      prev_month_cost: known(previousMonth),
    })),
    movers: report.movers.map(rowDocument),
    storage: storageDocument(report),
    tagging_coverage: {
      percentage: coverage.percentage,
      tagged_cost: moneyNumber(coverage.tagged),
      untagged_cost: moneyNumber(coverage.untagged),
      untaggable_cost: moneyNumber(coverage.untaggable),
      text: plain(coverageSentence(coverage)),
    },
    reconciliation: {
      source_total: moneyNumber(reconciliation.sourceTotal),
      difference: moneyNumber(reconciliation.difference),
      residuals: reconciliation.residuals.map(({ view, month, difference }) => ({
        view,
        period: month,
        difference: moneyNumber(difference),
      })),
      text: plain(reconciliationSentence(figures)),
    },
    requests: { pages: requests.pages, other: requests.other, price_usd: moneyNumber(requests.price) },
    months: report.months.map(({ month, isRunning, total, threeMonthAverage }) => ({
      period: month,
      is_mtd: isRunning,
      total_cost: moneyNumber(total),
      three_month_average: known(threeMonthAverage),
    })),
  };
}

export type ReportDocument = ReturnType<typeof reportDocument>;

/** The document as text that is safe to print: what a terminal would obey or hide is written as a JSON escape. */
export function renderJson(report: MonthReport, budgets: readonly BudgetState[] = []): string {
  return jsonText({
    ...reportDocument(report),
    ...(budgets.length > 0 && { budgets: budgets.map(budgetDocument) }),
  });
}

const COMPARISON_KINDS = {
  priorPeriodToDate: "prior_partial",
  previousMonth: "prev_month",
  yearBefore: "yoy",
} as const satisfies Record<PeriodComparison["period"], string>;

const known = (money: Money | null) => (money === null ? null : moneyNumber(money));

const bytes = (count: bigint | null) => (count === null ? null : Number(count));

const plain = (sentence: Sentence) => sentenceText(sentence, plainFigures, (name) => name);

function changeDocument(change: Change) {
  return {
    direction: change.direction,
    difference: known(change.difference),
    percentage: change.tenthsOfPercent === null ? null : Number(change.tenthsOfPercent) / 10,
    text: plain(changeSentence(change)),
  };
}

const rowDocument = ({ name, kind, cost, previous, change }: ReportedCost) => ({
  name,
  kind,
  cost: moneyNumber(cost.current),
  previous_cost: known(previous),
  change: changeDocument(change),
});

const sourceDocument = (figures: MonthFigures) => ({
  ...(figures.source && {
    kind: figures.source.kind,
    provider: figures.source.provider,
    metric: figures.source.metric,
    tag_key: figures.source.tagKey,
    cost_category: figures.source.costCategory,
    ...(figures.source.billingView !== null && { billing_view: figures.source.billingView }),
    ...(figures.source.accounts !== null && { accounts: figures.source.accounts }),
  }),
  text: plain(sourceSentence(figures)),
});

const forecastDocument = ({ figures: { forecast }, forecastChange }: MonthReport) =>
  forecast &&
  forecastChange && {
    total: moneyNumber(forecast.total),
    remaining: moneyNumber(forecast.remaining),
    window: { start: forecast.start, end: forecast.end },
    change: changeDocument(forecastChange),
  };

function storageDocument({ figures, storage }: MonthReport) {
  const { current, previousMonth, tiers } = figures.storage;
  return {
    counted: storage.counted,
    cost: known(current.cost),
    previous_cost: known(storage.previousCost),
    change: changeDocument(storage.change),
    volume_bytes: bytes(current.volumeBytes),
    previous_volume_bytes: bytes(previousMonth.volumeBytes),
    hot_percentage: current.hotPercentage,
    previous_hot_percentage: previousMonth.hotPercentage,
    cost_per_tb: known(storage.costPerTb),
    previous_cost_per_tb: known(storage.previousCostPerTb),
    tiers: tiers.map(({ service, tier, volumeBytes, cost }) => ({
      service,
      tier,
      volume_bytes: bytes(volumeBytes),
      cost: moneyNumber(cost),
    })),
  };
}
