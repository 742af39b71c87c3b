import { type Day, type Instant, instantOf } from "../calendar/index.ts";
import { type NewState, StateError, type StateKey, type StateRecord } from "../state/index.ts";
import type { Sending, SendingAttempt, SendingId } from "./sending.ts";

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
  if (schema === SCHEMA && isSending(sending) && sameKey(keyOf(sending.id), key)) return sending;
  throw new StateError(
    "corrupt",
    `The record ${key.sort} of ${key.partition} in ${place} is not one that this version can read. ` +
      "Update Dapanoskop, or repair the record.",
  );
}

const STATES: ReadonlySet<string> = new Set(["CLAIMED", "SENDING", "SENT", "FAILED", "BOUNCED"]);

const OUTCOMES: ReadonlySet<string> = new Set(["pending", "accepted", "refused", "unknown"]);

type Unchecked<Checked> = { readonly [Field in keyof Checked]?: unknown };

function isSending(value: Unchecked<Sending>): boolean {
  const { id, state, fence, owner, claimedAt, leaseUntil, attempts } = value;
  return (
    isFields(id) &&
    STATES.has(String(state)) &&
    Number.isSafeInteger(fence) &&
    [owner, claimedAt, leaseUntil].every(isText) &&
    Array.isArray(attempts) &&
    attempts.every(isAttempt)
  );
}

function isAttempt(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { number, fence, startedAt, endedAt, outcome, events }: Unchecked<SendingAttempt> = value;
  return (
    Number.isSafeInteger(number) &&
    Number.isSafeInteger(fence) &&
    isText(startedAt) &&
    (endedAt === null || isText(endedAt)) &&
    OUTCOMES.has(String(outcome)) &&
    Array.isArray(events) &&
    events.every((event: unknown) => isFields(event) && isText(event.kind) && Array.isArray(event.recipients))
  );
}

const isText = (value: unknown): boolean => typeof value === "string";
const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const sameKey = (one: StateKey, other: StateKey): boolean =>
  one.partition === other.partition && one.sort === other.sort;

export const secondsAfter = (instant: Instant, seconds: number): Instant =>
  instantOf(new Date(Date.parse(instant) + seconds * 1_000));
