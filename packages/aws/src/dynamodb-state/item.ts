import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { type Instant, instantOf } from "@dapanoskop/core/calendar";
import type { StateKey, StateRecord } from "@dapanoskop/core/state";

/** An item of the table: `pk`, `sk`, `value` (JSON), `version`, and `expires` (seconds since 1970), where it may end. */
export type StateItem = Record<string, AttributeValue>;

export const itemKey = ({ partition, sort }: StateKey): StateItem => ({
  pk: { S: partition },
  sk: { S: sort },
});

export function itemOf(key: StateKey, value: string, version: string, expiresAt: Instant | null): StateItem {
  const expires: StateItem =
    expiresAt === null ? {} : { expires: { N: String(Math.floor(Date.parse(expiresAt) / 1_000)) } };
  return { ...itemKey(key), value: { S: value }, version: { S: version }, ...expires };
}

/** The record in an item; `null` when it is not one that this adapter writes. */
export function recordOf({ pk, sk, value, version, expires }: StateItem): StateRecord | null {
  const seconds = expires === undefined ? null : Number(expires.N ?? Number.NaN);
  if (pk?.S === undefined || sk?.S === undefined || value?.S === undefined || version?.S === undefined)
    return null;
  if (seconds !== null && !(Number.isSafeInteger(seconds) && seconds >= 0 && seconds < LAST_SECOND))
    return null;
  try {
    return {
      key: { partition: pk.S, sort: sk.S },
      value: JSON.parse(value.S),
      expiresAt: seconds === null ? null : instantOf(new Date(seconds * 1_000)),
      version: version.S,
    };
  } catch {
    return null;
  }
}

// The end of the year 9999.
const LAST_SECOND = 253_402_300_800;
