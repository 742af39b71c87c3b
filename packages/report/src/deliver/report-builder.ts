import { type Day, monthOf } from "@dapanoskop/core/calendar";
import { type DayReport, type DayReportInput, dayReport } from "@dapanoskop/core/insight/day";
import type { Sending } from "@dapanoskop/core/sending";
import type { StateStore } from "@dapanoskop/core/state";
import type { Audience } from "../audience/index.ts";
import type { BudgetsOfAudience } from "../budgets/reported-budgets.ts";
import { countedAnswers, lastSaid } from "../records/index.ts";
import type { PublishedDays } from "./published-days.ts";

/** What a report says beside the published figures. */
export type ReportContext = Pick<
  DayReportInput,
  "date" | "audience" | "dashboardUrl" | "said" | "answers" | "budgets"
>;

/** The report of the last complete day not after `context.date`. */
export async function buildReport(
  { figures, anomalies, forecast, sourceForecast }: PublishedDays,
  context: ReportContext,
): Promise<DayReport> {
  const { completeThrough } = figures;
  const day = completeThrough !== null && completeThrough < context.date ? completeThrough : context.date;
  const month = monthOf(day);
  const expected = forecast();
  return dayReport({
    ...context,
    figures,
    sourceForecast: await sourceForecast(month),
    anomalies: anomalies(day, context.audience.costCenters),
    forecast: expected?.month === month ? expected : null,
  });
}

/** What builds a report for an audience, out of published figures and of what was recorded before. */
interface BuilderSources {
  readonly published: PublishedDays;
  readonly settings: { readonly dashboardUrl: string | null };
  readonly dependencies: { readonly state: StateStore };
  readonly budgets: BudgetsOfAudience;
}

/**
 * Builds the report of a day for an audience, when it is called.
 * @param sendings what is recorded of earlier reports
 */
export const reportBuilder =
  (
    audience: Audience,
    day: Day,
    asked: Day,
    sendings: readonly Sending[],
    { published, settings, dependencies, budgets }: BuilderSources,
  ) =>
  async (): Promise<DayReport> =>
    buildReport(published, {
      date: asked,
      audience,
      dashboardUrl: settings.dashboardUrl,
      said: lastSaid(sendings, { ...audience, metric: published.figures.metric }, day),
      answers: await countedAnswers(dependencies.state, day),
      budgets: await budgets(audience.name),
    });
