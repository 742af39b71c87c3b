import { addDays, type Day, daysIn } from "../calendar/index.ts";
import type { StateStore } from "../state/index.ts";
import type { Sending, SendingId } from "./sending.ts";
import { keyOf, partitionOf, sendingIn } from "./sending-record.ts";

/** So many days are read at once. */
const AT_ONCE = 10;

/**
 * The records of all reports about the days from `from` to `to`, both included: oldest day first, by audience.
 * @throws StateError
 */
export async function sendingsOf(state: StateStore, from: Day, to: Day): Promise<readonly Sending[]> {
  const days = Array.from({ length: Math.max(0, daysIn({ start: from, end: to }) + 1) }, (_, at) =>
    addDays(from, at),
  );
  const found: Sending[] = [];
  for (let at = 0; at < days.length; at += AT_ONCE) {
    const reading = days.slice(at, at + AT_ONCE);
    const lists = await Promise.all(reading.map((day) => state.list(partitionOf("report", day))));
    found.push(...lists.flat().map((record) => sendingIn(record, state.place)));
  }
  return found;
}

/** The record of one message; `null` where nobody has claimed it. @throws StateError */
export async function sendingOf(state: StateStore, id: SendingId): Promise<Sending | null> {
  const record = await state.get(keyOf(id));
  return record === null ? null : sendingIn(record, state.place);
}
