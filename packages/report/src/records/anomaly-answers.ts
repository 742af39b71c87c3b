import { addDays, type Day, dayOfInstant, type Instant, instantOf } from "@dapanoskop/core/calendar";
import type { StateStore } from "@dapanoskop/core/state";
import * as v from "valibot";
import { dayText } from "./day-text.ts";
import { replaceRecord } from "./replace-record.ts";

/** The partition with one record for each anomaly that somebody answered, by its id. */
const PARTITION = "answers";

/** Answers of so many days count. */
const COUNTED_DAYS = 90;
const KEPT_DAYS = 120;

/** What a person says about an anomaly: it was one, or it was none. */
export type AnomalyAnswer = "confirmed" | "false";

const answerSchema = v.object({ answer: v.picklist(["confirmed", "false"]), day: dayText });

/**
 * Records the answer to an anomaly; a later answer replaces an earlier one.
 * @param day the day of the anomaly
 * @throws StateError
 */
export async function answerAnomaly(
  state: StateStore,
  { id, day, answer }: { readonly id: string; readonly day: Day; readonly answer: AnomalyAnswer },
  at: Instant,
): Promise<void> {
  const expiresAt = instantOf(new Date(Date.parse(`${addDays(dayOfInstant(at), KEPT_DAYS)}T00:00:00Z`)));
  await replaceRecord(state, { partition: PARTITION, sort: id }, () => ({
    value: { answer, day },
    expiresAt,
  }));
}

/**
 * How people answered the anomalies of the last 90 days.
 * @returns `null` where nobody did
 * @throws StateError
 */
export async function countedAnswers(
  state: StateStore,
  today: Day,
): Promise<{ readonly confirmed: number; readonly false: number } | null> {
  const records = await state.list(PARTITION);
  const from = addDays(today, -COUNTED_DAYS);
  const answers = records.flatMap(({ value }) => {
    const parsed = v.safeParse(answerSchema, value);
    return parsed.success && parsed.output.day >= from ? [parsed.output.answer] : [];
  });
  if (answers.length === 0) return null;
  const confirmed = answers.filter((answer) => answer === "confirmed").length;
  return { confirmed, false: answers.length - confirmed };
}
