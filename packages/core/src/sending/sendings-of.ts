import { addDays, type Day, daysIn } from "../calendar/index.ts";
import { StateError, type StateStore } from "../state/index.ts";
import type { Sending, SendingId } from "./sending.ts";
import { keyOf, partitionOf, sendingIn } from "./sending-record.ts";

/** So many days are read at once. */
const AT_ONCE = 10;

/** What is recorded of the reports about some days. */
export interface RecordedSendings {
  /** Oldest day first, by audience. */
  readonly sendings: readonly Sending[];
  /** Records that this version cannot read: what became of these reports is not known. */
  readonly unreadable: readonly UnreadableSending[];
}

export interface UnreadableSending {
  readonly date: Day;
  readonly audience: string;
  readonly error: StateError;
}

/**
 * The records of all reports about the days from `from` to `to`, both included. One that cannot be read holds no other back.
 * @throws StateError when the store fails
 */
export async function recordedSendings(state: StateStore, from: Day, to: Day): Promise<RecordedSendings> {
  const days = Array.from({ length: Math.max(0, daysIn({ start: from, end: to }) + 1) }, (_, at) =>
    addDays(from, at),
  );
  const sendings: Sending[] = [];
  const unreadable: UnreadableSending[] = [];
  for (let at = 0; at < days.length; at += AT_ONCE) {
    const reading = days.slice(at, at + AT_ONCE);
    const lists = await Promise.all(reading.map((day) => state.list(partitionOf("report", day))));
    lists.forEach((records, place) => {
      const date = reading[place] ?? from;
      for (const record of records) {
        try {
          sendings.push(sendingIn(record, state.place));
        } catch (error) {
          if (!(error instanceof StateError)) throw error;
          unreadable.push({ date, audience: record.key.sort, error });
        }
      }
    });
  }
  return { sendings, unreadable };
}

/** The records of all reports about some days, every one of them. @throws StateError when one cannot be read */
export async function sendingsOf(state: StateStore, from: Day, to: Day): Promise<readonly Sending[]> {
  const {
    sendings,
    unreadable: [first],
  } = await recordedSendings(state, from, to);
  if (first !== undefined) throw first.error;
  return sendings;
}

/** The record of one message; `null` where nobody has claimed it. @throws StateError */
export async function sendingOf(state: StateStore, id: SendingId): Promise<Sending | null> {
  const record = await state.get(keyOf(id));
  return record === null ? null : sendingIn(record, state.place);
}
