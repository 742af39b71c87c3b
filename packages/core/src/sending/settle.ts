import { changeRecord, type SendingDependencies } from "./change-record.ts";
import type { Sending, SendingEvent, SendingId } from "./sending.ts";
import { report } from "./transitions.ts";

/**
 * Records what the other side reports about a message later. A message that was UNKNOWN becomes SENT by any event, a
 * bounced one BOUNCED. Duplicates, and events in another order, have no further effect.
 * @returns the record afterwards; `null` when there is none, or it has no such attempt: then nothing is written
 * @throws StateError
 */
export async function settle(
  id: SendingId,
  event: SendingEvent,
  dependencies: SendingDependencies,
): Promise<Sending | null> {
  const { applied, sending } = await changeRecord(id, report(event), dependencies);
  return applied ? sending : null;
}
