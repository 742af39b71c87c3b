import { type Day, type Instant, instantOf } from "../calendar/index.ts";
import { type NewState, StateError, type StateKey, type StateRecord } from "../state/index.ts";
import type { Sending, SendingId } from "./sending.ts";

/** Service levels look back 30 days, people at most a year: the store may forget a record after this. */
const KEPT_DAYS = 400;

const SCHEMA = 1;

/** The partition with all messages of a kind about a day: `report#2026-01-14`. */
export const partitionOf = (kind: SendingId["kind"], date: Day): string => `${kind}#${date}`;

export const keyOf = (id: SendingId): StateKey => ({
  partition: partitionOf(id.kind, id.date),
  sort: id.kind === "alert" ? `${id.alert}#${id.audience}` : id.audience,
});

export const newRecord = (sending: Sending, now: Instant): NewState => ({
  value: { schema: SCHEMA, ...sending },
  expiresAt: secondsAfter(now, KEPT_DAYS * 86_400),
});

/** @throws StateError `corrupt` when the record is not one of a sending */
export function sendingIn({ key, value }: StateRecord, place: string): Sending {
  const { schema, ...sending } = (value ?? {}) as Sending & { readonly schema?: unknown };
  if (schema === SCHEMA && isSending(sending)) return sending;
  throw new StateError(
    "corrupt",
    `The record ${key.sort} of ${key.partition} in ${place} is not one that this version can read. ` +
      "Update Dapanoskop, or repair the record.",
  );
}

const STATES: ReadonlySet<string> = new Set(["CLAIMED", "SENDING", "SENT", "FAILED", "BOUNCED"]);

const isSending = ({ state, fence, owner, leaseUntil, attempts }: Partial<Sending>): boolean =>
  STATES.has(state ?? "") &&
  Number.isSafeInteger(fence) &&
  typeof owner === "string" &&
  typeof leaseUntil === "string" &&
  Array.isArray(attempts);

export const secondsAfter = (instant: Instant, seconds: number): Instant =>
  instantOf(new Date(Date.parse(instant) + seconds * 1_000));
