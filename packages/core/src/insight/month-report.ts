import type { Instant } from "../calendar/index.ts";
import { displayedParts, type Money, moneyFromNumber, rounded } from "../money/index.ts";
import { listed } from "../text/index.ts";
import { type Change, changeOf } from "./change.ts";
import { type ChargeLine, chargeLines } from "./charge-lines.ts";
import { againstPart, comparisonsOf, type PeriodComparison } from "./comparisons.ts";
import type { MonthFigures, MonthTotal, TrendFigures } from "./month-figures.ts";
import { type Note, notesOf } from "./notes.ts";
import { reasonSentence } from "./reason.ts";
import {
  basePeriodOf,
  comparedCost,
  moversOf,
  type ReportedCost,
  type ReportedCostCenter,
  reportedCostCenters,
} from "./reported-costs.ts";
import type { Sentence, SentencePart } from "./sentence.ts";
import { hasStorage } from "./source-sentence.ts";
import { threeMonthAverages } from "./three-month-average.ts";

/**
 * What is worth saying about a published month. The terminal, JSON and the page all write this one model, so they cannot
 * disagree. Amounts are exact and names are as published: the output formats the one and makes the other harmless.
 */
export interface MonthReport {
  readonly figures: MonthFigures;
  /** The total against the base period: the same days of the month before for a running month, else the month before. */
  readonly change: Change;
  /** The base period in words: "Feb 1–7", "January 2026". */
  readonly against: SentencePart;
  /** Why the total changed. */
  readonly reason: Sentence;
  /** The base period first. */
  readonly comparisons: readonly PeriodComparison[];
  /** The forecast of the whole month against the whole month before; `null` where there is no forecast. */
  readonly forecastChange: Change | null;
  readonly centers: readonly ReportedCostCenter[];
  /** Every workload that changed, largest change first. */
  readonly movers: readonly ReportedCost[];
  readonly storage: StorageReport;
  /** Of this month and the two before it; `null` where one of them is missing or running. */
  readonly threeMonthAverage: Money | null;
  /** Every published month, oldest first. */
  readonly months: readonly (MonthTotal & { readonly threeMonthAverage: Money | null })[];
  /** What the total consists of, usage first; empty where the month was published without it. */
  readonly charges: readonly ChargeLine[];
  readonly notes: readonly Note[];
}

/** Storage against the base period (cost) and against the month before (rates and volumes). */
export interface StorageReport {
  /** The bill of another provider than AWS has no storage that is counted. */
  readonly isCounted: boolean;
  readonly previousCost: Money | null;
  readonly change: Change;
  /** Cost of a terabyte (2^40 bytes) for a month. */
  readonly costPerTb: Money | null;
  readonly previousCostPerTb: Money | null;
  /** The services that are counted: "S3", "S3, EFS and EBS". */
  readonly counted: string;
  /** The cost of each tier in cents as it is displayed: together they are the displayed storage cost. */
  readonly displayedTiers: readonly bigint[];
}

/** @param now the reader's time, to say when figures are old; `null` leaves that out */
export function monthReport(figures: MonthFigures, trend: TrendFigures, now: Instant | null): MonthReport {
  const { total, forecast, month } = figures;
  const centers = reportedCostCenters(figures);
  const movers = moversOf(centers);
  const change = changeOf(comparedCost(total, basePeriodOf(figures)), total[basePeriodOf(figures)]);
  const against = againstPart(figures);
  const averages = threeMonthAverages(trend);
  return {
    figures,
    change,
    against,
    reason: reasonSentence(change, movers, against),
    comparisons: comparisonsOf(figures),
    forecastChange: forecast && changeOf(forecast.total, total.previousMonth),
    centers,
    movers,
    storage: storageReport(figures),
    threeMonthAverage: averages.get(month) ?? null,
    months: trend.months.map((each) => ({ ...each, threeMonthAverage: averages.get(each.month) ?? null })),
    charges: chargeLines(figures),
    notes: notesOf(figures, now),
  };
}

function storageReport({ storage, isRunning, currency, source }: MonthFigures): StorageReport {
  const { current, previousMonth, tiers, config } = storage;
  const previousCost = isRunning ? storage.priorPeriodToDateCost : previousMonth.cost;
  const rate = (amount: number | null) => (amount === null ? null : moneyFromNumber(amount, currency));
  const isCounted = hasStorage(source);
  const costs = tiers.map(({ cost }) => cost);
  return {
    previousCost,
    change: changeOf(isRunning ? (storage.completeDaysCost ?? current.cost) : current.cost, previousCost),
    costPerTb: rate(current.costPerTb),
    previousCostPerTb: rate(previousMonth.costPerTb),
    isCounted,
    counted: listed(
      !isCounted ? [] : ["S3", ...(config.includeEfs ? ["EFS"] : []), ...(config.includeEbs ? ["EBS"] : [])],
    ),
    displayedTiers:
      current.cost === null
        ? costs.map((cost) => rounded(cost))
        : displayedParts(rounded(current.cost), costs),
  };
}
