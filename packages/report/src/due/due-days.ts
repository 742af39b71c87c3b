import { addDays, type Day, type Instant } from "@dapanoskop/core/calendar";
import { isLeased, knownState, type Sending } from "@dapanoskop/core/sending";
import type { AudienceSchedule } from "../audience/index.ts";
import { LATEST_DELIVERY_DAYS, scheduledDays } from "./expected-days.ts";

/** Reports that are caught up at most, for each audience. */
export const MOST_CAUGHT_UP = 7;

/** What decides which reports of an audience are due. */
export interface DueInput {
  readonly schedule: AudienceSchedule;
  /** The first day that the audience gets a report of. */
  readonly since: Day;
  /** The last day whose report is expected by now. */
  readonly lastExpected: Day;
  /** The last day that the source has delivered in full. */
  readonly completeThrough: Day | null;
  /** What is recorded of the audience, by day. */
  readonly sendings: ReadonlyMap<Day, Sending>;
  readonly now: Instant;
}

/**
 * The days that an audience has no report of yet, oldest first: complete ones of the last seven expected days. Where the data
 * is later than that, the last complete day. A day is reported once: one whose message was sent, failed or is unknown is
 * not due again.
 */
export function dueDays(input: DueInput): readonly Day[] {
  const { completeThrough, lastExpected } = input;
  if (completeThrough === null) return [];
  const last = completeThrough < lastExpected ? completeThrough : lastExpected;
  const oldest = addDays(lastExpected, 1 - MOST_CAUGHT_UP);
  const from = last < oldest ? last : oldest;
  return candidates(input, from, last).filter((day) => isOpen(input.sendings.get(day), input.now));
}

/**
 * The days whose report an audience should have and has not: no message was sent, and none failed or is unknown. A day that
 * the source has not delivered is not missing until it is four days late. Whether a day without a record is unusual is not
 * known: an audience of anomalies lacks what was begun and not sent.
 * @param input `days`: how many expected days are looked at, the newest ones; by default those that are caught up
 */
export function missingDays(input: DueInput & { readonly days?: number }): readonly Day[] {
  const { completeThrough, lastExpected, schedule, sendings, days = MOST_CAUGHT_UP } = input;
  const late = addDays(lastExpected, -LATEST_DELIVERY_DAYS);
  const complete = completeThrough === null || completeThrough < late ? late : completeThrough;
  const last = complete < lastExpected ? complete : lastExpected;
  const expected = candidates(input, addDays(lastExpected, 1 - days), last);
  return expected.filter(
    (day) => isOpen(sendings.get(day), input.now) && (schedule !== "anomalies" || sendings.has(day)),
  );
}

const candidates = ({ schedule, since }: DueInput, from: Day, to: Day) =>
  scheduledDays(schedule, from < since ? since : from, to);

/** No process works on it, and no attempt may have been accepted. */
const isOpen = (sending: Sending | undefined, now: Instant): boolean =>
  sending === undefined ||
  (sending.state === "CLAIMED" && !isLeased(sending, now) && knownState(sending.attempts) === null);
