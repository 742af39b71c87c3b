import { addDays, type Day } from "@dapanoskop/core/calendar";
import { recordedSendings } from "@dapanoskop/core/sending";
import { reportedBudgets } from "../budgets/reported-budgets.ts";
import { scheduledDays } from "../due/index.ts";
import { deliverReport } from "./deliver-report.ts";
import type { AudienceFailure, DeliveryDependencies, DeliverySettings, ReportOutcome } from "./delivery.ts";
import { readPublishedDays } from "./published-days.ts";
import { reportBuilder } from "./report-builder.ts";

/** How far back the last report of an audience is looked for: two weeks. */
const READ_DAYS = 14;

/** The report of a day cannot be sent: why, and what to do. */
export class DayNotReportedError extends Error {
  override readonly name = "DayNotReportedError";
}

/**
 * Sends the report of one day to every audience whose schedule has that day. Audiences do not wait for each other.
 * @param resend sends again what was sent, failed or is unknown
 * @param anySchedule sends to all audiences: a weekly one gets any day, one of anomalies also a day without
 * @throws DayNotReportedError when the day is not complete or not published; StoreError, ArtifactError, StateError
 */
export async function deliverDay(
  day: Day,
  { resend, anySchedule }: { readonly resend: boolean; readonly anySchedule: boolean },
  settings: DeliverySettings,
  dependencies: DeliveryDependencies,
): Promise<{ readonly reports: readonly ReportOutcome[]; readonly failures: readonly AudienceFailure[] }> {
  const published = await readPublishedDays(dependencies.store);
  if (published === null) {
    throw new DayNotReportedError(
      `No day is published in ${dependencies.store.place}. Collect the bill first.`,
    );
  }
  const { completeThrough, days, metric } = published.figures;
  if (completeThrough === null || day > completeThrough) {
    const through =
      completeThrough === null ? "no day is complete" : `days are complete through ${completeThrough}`;
    throw new DayNotReportedError(`${day} is not complete yet: ${through}. Nothing was sent.`);
  }
  if (!days.includes(day)) {
    throw new DayNotReportedError(
      `${day} is not among the published days: they begin with ${days[0]}. Nothing was sent.`,
    );
  }
  // A record that cannot be read stops the report of its own day alone: when that is claimed.
  const { sendings } = await recordedSendings(dependencies.state, addDays(day, -READ_DAYS), day);
  const audiences = settings.audiences.filter(
    ({ schedule, costCenters }) =>
      anySchedule ||
      (scheduledDays(schedule, day, day).length > 0 &&
        (schedule !== "anomalies" || published.anomalies(day, costCenters).length > 0)),
  );
  if (audiences.length === 0) {
    throw new DayNotReportedError(
      `No audience is to get the report of ${day} by its schedule. Name the audience that it is sent to. Nothing was sent.`,
    );
  }
  const budgets = reportedBudgets(dependencies);
  const results = await Promise.all(
    audiences.map(async (audience): Promise<ReportOutcome | AudienceFailure> => {
      const build = reportBuilder(audience, day, day, sendings, {
        published,
        settings,
        dependencies,
        budgets,
      });
      try {
        return await deliverReport({ audience, day, metric, build, resend }, settings, dependencies);
      } catch (error) {
        return { audience: audience.name, day, error };
      }
    }),
  );
  return {
    reports: results.filter((result) => "sending" in result),
    failures: results.filter((result) => "error" in result),
  };
}
