import type { Instant } from "../calendar/index.ts";

/**
 * Where small records live that programs share and change: claims of messages, plans, budgets. Every write is conditional,
 * on a single record. Unlike published files a record is replaced, and may end by itself.
 */
export interface StateStore {
  /** The location in words, for messages: a folder, `the table dapanoskop-state`. */
  readonly place: string;
  /**
   * The record under a key as the last completed write left it (strongly consistent); `null` when there is none.
   * A record past its `expiresAt` may still be returned: the caller compares.
   * @throws StateError
   */
  get(key: StateKey): Promise<StateRecord | null>;
  /** The records of a partition in the order of `sort` by code unit, from the first one after `after`; all of them. */
  list(partition: string, after?: string): Promise<readonly StateRecord[]>;
  /** Writes a record that does not exist. It is sent once: a retry would hide that an answer was lost. */
  putIfAbsent(key: StateKey, state: NewState): Promise<StatePutOutcome>;
  /** Replaces a record whose version is still `version`. It is sent once. */
  putIfVersion(key: StateKey, state: NewState, version: string): Promise<StatePutOutcome>;
  /**
   * Removes a record whose version is still `version`; refused also where there is none. It is sent once. A record that is
   * written under the key later has another version than every one before it.
   */
  remove(key: StateKey, version: string): Promise<StateRemoveOutcome>;
}

/** Both parts are 1 to 200 characters of `A-Z a-z 0-9 . _ : # = + / @ -`; every verb refuses others with `bad-key`. */
export interface StateKey {
  /** Groups the records that are listed together: `report#2026-01-14`. */
  readonly partition: string;
  readonly sort: string;
}

export interface NewState {
  /** JSON of at most 300,000 bytes. */
  readonly value: unknown;
  /** When the store may forget the record; `null`: never. */
  readonly expiresAt: Instant | null;
}

export interface StateRecord extends NewState {
  readonly key: StateKey;
  /** Names this content of the record: another one after every write. */
  readonly version: string;
}

export type StatePutOutcome =
  | { readonly outcome: "written"; readonly version: string }
  /** The condition was false: nothing was written. */
  | { readonly outcome: "refused" };

export type StateRemoveOutcome =
  | { readonly outcome: "removed" }
  /** The condition was false: nothing was removed. */
  | { readonly outcome: "refused" };

export type StateFailure =
  /** The answer was lost: the record was written, or removed, or not. */
  | "unknown-outcome"
  | "access-denied"
  | "no-such-place"
  | "no-space"
  | "credentials"
  | "throttled"
  | "unreachable"
  | "bad-key"
  | "too-large"
  | "corrupt";

/** A call to a state store failed: the message says which record, why, and what to do. */
export class StateError extends Error {
  readonly failure: StateFailure;

  constructor(failure: StateFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StateError";
    this.failure = failure;
  }
}
