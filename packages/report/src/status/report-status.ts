import { addDays, type Day, type Instant } from "@dapanoskop/core/calendar";
import {
  type Sending,
  type SendingAttempt,
  type ShownState,
  sendingsOf,
  shownState,
} from "@dapanoskop/core/sending";
import type { StateStore } from "@dapanoskop/core/state";
import type { AudienceSchedule } from "../audience/index.ts";
import { missingDays, scheduledDays } from "../due/index.ts";
import { type AudienceStart, audienceStarts } from "../records/index.ts";
import {
  DELIVERED_LEVEL,
  FAST_LEVEL,
  FAST_SECONDS,
  LEVEL_DAYS,
  type ServiceLevel,
  serviceLevel,
} from "./service-levels.ts";

/** What became of the reports of the last 30 days. */
export interface ReportStatus {
  readonly from: Day;
  /** The last day whose report is expected. */
  readonly lastExpected: Day;
  /** The last complete published day; `null` where none is. */
  readonly completeThrough: Day | null;
  /** By name. */
  readonly audiences: readonly AudienceStatus[];
  /** 99.5 % of the expected reports are delivered. */
  readonly delivered: ServiceLevel;
  /** 95 % of the delivered reports are sent within 30 s. */
  readonly fast: ServiceLevel;
}

export interface AudienceStatus {
  readonly name: string;
  /** The first day that it gets a report of by itself; `null` where reports were sent by hand only: none is expected. */
  readonly since: Day | null;
  readonly schedule: AudienceSchedule;
  /** Oldest first. */
  readonly reports: readonly ReportState[];
  /** Days whose report should have been sent, and has no record of an attempt. */
  readonly missing: readonly Day[];
  /** Days that the source has not delivered, and that are not late yet. */
  readonly waiting: readonly Day[];
}

export interface ReportState {
  readonly day: Day;
  readonly state: ShownState;
  readonly attempts: readonly Pick<
    SendingAttempt,
    "number" | "startedAt" | "endedAt" | "outcome" | "reason"
  >[];
  /** From the claim to the accepted attempt, in seconds; `null` where none was accepted or an earlier run claimed it. */
  readonly seconds: number | null;
  readonly messageId: string | null;
  readonly reason: string | null;
}

/** What the status is read at and from. */
export interface StatusQuery {
  readonly lastExpected: Day;
  readonly completeThrough: Day | null;
  readonly now: Instant;
}

/**
 * The state of every report of the last 30 days, of every audience that was ever sent to, and the service levels.
 * @throws StateError
 */
export async function reportStatus(state: StateStore, query: StatusQuery): Promise<ReportStatus> {
  const { lastExpected, completeThrough } = query;
  const from = addDays(lastExpected, 1 - LEVEL_DAYS);
  const [starts, sendings] = await Promise.all([
    audienceStarts(state),
    sendingsOf(state, from, lastExpected),
  ]);
  const recorded = sendings.map(({ id }) => id.audience);
  const unknown = [...new Set(recorded)].filter((name) => !starts.some((start) => start.name === name));
  const all = [...starts, ...unknown.map((name) => ({ name, since: null, schedule: "daily" }) as const)];
  const audiences = all
    .map((start) =>
      audienceStatus(
        start,
        sendings.filter(({ id }) => id.audience === start.name),
        { ...query, from },
      ),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { from, lastExpected, completeThrough, audiences, ...levels(audiences) };
}

function audienceStatus(
  { name, since, schedule }: Omit<AudienceStart, "since"> & Pick<AudienceStatus, "since">,
  sendings: readonly Sending[],
  { from, lastExpected, completeThrough, now }: StatusQuery & { readonly from: Day },
): AudienceStatus {
  const byDay = new Map(sendings.map((sending) => [sending.id.date, sending]));
  const first = since ?? addDays(lastExpected, 1);
  const missing = missingDays({
    schedule,
    since: first,
    lastExpected,
    completeThrough,
    sendings: byDay,
    now,
    days: LEVEL_DAYS,
  });
  const open =
    schedule === "anomalies" ? [] : scheduledDays(schedule, first < from ? from : first, lastExpected);
  return {
    name,
    since,
    schedule,
    reports: sendings.map((sending) => reportState(sending, now)),
    missing,
    waiting: open.filter((day) => !byDay.has(day) && !missing.includes(day)),
  };
}

const reportState = (sending: Sending, now: Instant): ReportState => ({
  day: sending.id.date,
  state: shownState(sending, now),
  attempts: sending.attempts.map(({ number, startedAt, endedAt, outcome, reason }) => ({
    number,
    startedAt,
    endedAt,
    outcome,
    reason,
  })),
  seconds: secondsOf(sending),
  messageId: sending.messageId,
  reason: sending.reason,
});

/** The record has the times of its newest claim. */
function secondsOf({ claimedAt, fence, attempts }: Sending): number | null {
  const accepted = attempts.find((attempt) => attempt.outcome === "accepted" && attempt.fence === fence);
  const endedAt = accepted?.endedAt ?? null;
  return endedAt === null ? null : (Date.parse(endedAt) - Date.parse(claimedAt)) / 1_000;
}

/** Reports that are being sent at this moment count neither way. */
const UNDER_WAY: ReadonlySet<ShownState> = new Set(["CLAIMED", "SENDING"]);

function levels(audiences: readonly AudienceStatus[]): Pick<ReportStatus, "delivered" | "fast"> {
  const reports = audiences
    .flatMap((audience) => audience.reports)
    .filter(({ state }) => !UNDER_WAY.has(state));
  const missing = audiences.flatMap((audience) => audience.missing).length;
  const sent = reports.filter(({ state }) => state === "SENT");
  const slow = sent.filter(({ seconds }) => seconds !== null && seconds > FAST_SECONDS).length;
  const expected = reports.length + missing;
  return {
    delivered: serviceLevel(DELIVERED_LEVEL, expected, expected - sent.length),
    fast: serviceLevel(FAST_LEVEL, sent.length, slow),
  };
}
