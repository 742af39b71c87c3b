import { addDays, type Day } from "@dapanoskop/core/calendar";
import { recordedSendings, type Sending, shownState, type UnreadableSending } from "@dapanoskop/core/sending";
import type { Audience } from "../audience/index.ts";
import { type BudgetsOfAudience, reportedBudgets } from "../budgets/reported-budgets.ts";
import { type DueInput, dueDays, lastExpectedDay, MOST_CAUGHT_UP, missingDays } from "../due/index.ts";
import { audienceStart } from "../records/index.ts";
import { deliverReport } from "./deliver-report.ts";
import type {
  AudienceFailure,
  DeliveryDependencies,
  DeliveryEvent,
  DeliveryResult,
  DeliverySettings,
  ReportOutcome,
} from "./delivery.ts";
import { type PublishedDays, readPublishedDays } from "./published-days.ts";
import { reportBuilder } from "./report-builder.ts";

/** Records are read of so many days: those that are caught up, and a week before them for what the last report said. */
const READ_DAYS = 2 * MOST_CAUGHT_UP;

/**
 * Sends every report that is due at the event's time. Audiences do not wait for each other; the days of one are sent one
 * after the other, oldest first.
 * @throws StoreError, ArtifactError when the published files cannot be read; StateError when the state store cannot be
 * read. Nothing was sent then
 */
export async function deliverDue(
  event: DeliveryEvent,
  settings: DeliverySettings,
  dependencies: DeliveryDependencies,
): Promise<DeliveryResult> {
  const lastExpected = lastExpectedDay(event.at, settings.schedule, event.trigger);
  const nothing = { lastExpected, reports: [], failures: [], missing: [], unknown: 0, failed: 0 };
  if (settings.audiences.length === 0) return { ...nothing, completeThrough: null };
  const published = await readPublishedDays(dependencies.store);
  const completeThrough = published?.figures.completeThrough ?? null;
  if (published === null || completeThrough === null) return { ...nothing, completeThrough };

  const newest = completeThrough < lastExpected ? completeThrough : lastExpected;
  const from = addDays(newest, -READ_DAYS);
  const { sendings, unreadable } = await recordedSendings(dependencies.state, from, lastExpected);
  const budgets = reportedBudgets(dependencies);
  const run: DeliveryRun = { settings, dependencies, published, budgets, lastExpected, newest, unreadable };
  const results = await Promise.all(
    settings.audiences.map((audience) =>
      deliverToAudience(
        audience,
        sendings.filter(({ id }) => id.audience === audience.name),
        run,
      ),
    ),
  );
  const shown = results
    .flatMap((result) => result.sendings)
    .filter(({ id }) => id.date > addDays(lastExpected, -MOST_CAUGHT_UP))
    .map((sending) => shownState(sending, dependencies.runtime.clock.now()));
  return {
    lastExpected,
    completeThrough,
    reports: results.flatMap(({ reports }) => reports),
    failures: results.flatMap((result) => result.failures),
    missing: results.flatMap((result) => result.missing),
    unknown: shown.filter((state) => state === "UNKNOWN").length,
    failed: shown.filter((state) => state === "FAILED").length,
  };
}

/** What the audiences of a run share. */
interface DeliveryRun {
  readonly settings: DeliverySettings;
  readonly dependencies: DeliveryDependencies;
  readonly published: PublishedDays;
  readonly budgets: BudgetsOfAudience;
  readonly lastExpected: Day;
  /** The last day that is complete and expected. */
  readonly newest: Day;
  readonly unreadable: readonly UnreadableSending[];
}

interface AudienceResult extends Pick<DeliveryResult, "reports" | "failures" | "missing"> {
  /** The records of the audience after the run. */
  readonly sendings: readonly Sending[];
}

/**
 * Sends an audience its reports. A report that cannot be prepared or recorded ends it: later ones would fail alike. A day that
 * is not among the published ones is not reported: it is missing until it is published. Nor is a day whose record cannot be
 * read, since it may have been sent: it is a failure of its own, and the other days are sent.
 */
async function deliverToAudience(
  audience: Audience,
  before: readonly Sending[],
  run: DeliveryRun,
): Promise<AudienceResult> {
  const { newest, lastExpected, dependencies } = run;
  const sendings = new Map(before.map((sending) => [sending.id.date, sending]));
  const reports: ReportOutcome[] = [];
  const unread = run.unreadable.filter((one) => one.audience === audience.name);
  const failures: AudienceFailure[] = unread
    .filter(({ date }) => date > addDays(lastExpected, -MOST_CAUGHT_UP))
    .map(({ date, error }) => ({ audience: audience.name, day: date, error }));
  let since = newest;
  let day: Day | null = null;
  try {
    since = await audienceStart(dependencies.state, audience, newest);
    for (day of dueDays(dueInput(audience, since, sendings, run))) {
      if (unread.some(({ date }) => date === day)) continue;
      if (!run.published.figures.days.includes(day) || !hasSomethingToSay(audience, day, run)) continue;
      // The newest report is asked for the day that is expected, and so says that later days are not complete.
      const asked = day === newest ? lastExpected : day;
      const build = reportBuilder(audience, day, asked, [...sendings.values()], run);
      const { metric } = run.published.figures;
      const report = { audience, day, metric, build, resend: false };
      const sent = await deliverReport(report, run.settings, dependencies);
      reports.push(sent);
      sendings.set(day, sent.sending);
    }
  } catch (error) {
    failures.push({ audience: audience.name, day, error });
  }
  const missing = missingDays(dueInput(audience, since, sendings, run)).map((lacking) => ({
    audience: audience.name,
    day: lacking,
  }));
  return { reports, failures, missing, sendings: [...sendings.values()] };
}

/** An audience of anomalies gets a report of a day that has one of its own. */
const hasSomethingToSay = (
  { schedule, costCenters }: Audience,
  day: Day,
  { published }: DeliveryRun,
): boolean => schedule !== "anomalies" || published.anomalies(day, costCenters).length > 0;

const dueInput = (
  { schedule }: Audience,
  since: Day,
  sendings: ReadonlyMap<Day, Sending>,
  { published, lastExpected, dependencies }: DeliveryRun,
): DueInput => ({
  schedule,
  since,
  lastExpected,
  completeThrough: published.figures.completeThrough,
  sendings,
  now: dependencies.runtime.clock.now(),
});
