import { aDailyFigures, type DailyFiguresSpec } from "../../../daily/testing/index.ts";
import type { DayReport } from "../day-report.ts";
import { dayReport } from "../day-report.ts";
import type { DayReportInput } from "../day-report-input.ts";

/** What a report is computed from: 90 days through 2026-01-14, for everybody; a test says what matters. */
export const aDayInput = (
  spec: DailyFiguresSpec = {},
  own: Partial<DayReportInput> = {},
): DayReportInput => ({
  figures: aDailyFigures({ through: "2026-01-14", ...spec }),
  date: "2026-01-14",
  audience: { name: "everyone", costCenters: null },
  dashboardUrl: "https://costs.example.org",
  sourceForecast: null,
  said: null,
  answers: null,
  budgets: [],
  anomalies: [],
  forecast: null,
  ...own,
});

export const aDayReport = (spec: DailyFiguresSpec = {}, own: Partial<DayReportInput> = {}): DayReport =>
  dayReport(aDayInput(spec, own));
