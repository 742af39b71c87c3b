import type { Day } from "@dapanoskop/core/calendar";
import { StateError, type StateStore } from "@dapanoskop/core/state";
import * as v from "valibot";
import { type AudienceSchedule, audienceSchedules } from "../audience/audience.ts";
import { dayText } from "./day-text.ts";
import { replaceRecord } from "./replace-record.ts";

/** The partition with one record for each audience that was ever sent to. */
const PARTITION = "audiences";

const startSchema = v.object({ since: dayText, schedule: v.picklist(audienceSchedules) });

/** Since when an audience gets reports. */
export interface AudienceStart {
  readonly name: string;
  readonly since: Day;
  readonly schedule: AudienceSchedule;
}

/**
 * The first day that an audience gets a report of: the newest complete one when it was seen first, which is recorded then.
 * Earlier days are never sent by themselves, so that a new audience does not get a week of old mails. So it is with one whose
 * schedule has changed, except from daily: every day of another schedule is one of that.
 * @throws StateError
 */
export async function audienceStart(
  state: StateStore,
  audience: { readonly name: string; readonly schedule: AudienceSchedule },
  newest: Day,
): Promise<Day> {
  const key = { partition: PARTITION, sort: audience.name };
  let since = newest;
  await replaceRecord(state, key, (found) => {
    const before = found === null ? null : startIn(found, state);
    since = before !== null && isKept(before.schedule, audience.schedule) ? before.since : newest;
    const value = { since, schedule: audience.schedule };
    return before?.schedule === audience.schedule ? null : { value, expiresAt: null };
  });
  return since;
}

const isKept = (before: AudienceSchedule, now: AudienceSchedule) => before === now || before === "daily";

/** Every audience that was ever sent to, by name. @throws StateError */
export async function audienceStarts(state: StateStore): Promise<readonly AudienceStart[]> {
  const records = await state.list(PARTITION);
  return records.map((record) => ({ name: record.key.sort, ...startIn(record, state) }));
}

function startIn(
  { key, value }: { readonly key: { readonly sort: string }; readonly value: unknown },
  state: StateStore,
): v.InferOutput<typeof startSchema> {
  const parsed = v.safeParse(startSchema, value);
  if (parsed.success) return parsed.output;
  throw new StateError(
    "corrupt",
    `The record ${key.sort} of ${PARTITION} in ${state.place} does not say since when the audience gets reports. Remove it: the next run writes it anew.`,
  );
}
