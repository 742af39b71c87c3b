import type { Instant } from "@dapanoskop/core/calendar";
import { type MonthReport, monthReport } from "@dapanoskop/core/insight";
import {
  type IndexDocument,
  monthFigures,
  type Summary,
  type Trend,
  trendFigures,
} from "@dapanoskop/dataset";

/**
 * The report of a month: what the terminal says as well, for the page to draw. Without a trend, which loads later or
 * fails, only the other months and the average are missing.
 * @param now the reader's time, where the page says how old the figures are
 */
export const publishedMonthReport = (
  index: IndexDocument,
  summary: Summary,
  trend: Trend | undefined,
  now: Instant | null = null,
): MonthReport =>
  monthReport(
    monthFigures({ index, summary }),
    trend === undefined ? { currency: summary.currency, months: [] } : trendFigures(trend),
    now,
  );
