import { type NewState, StateError, type StateKey } from "./state-store.ts";

const PART = /^[A-Za-z0-9._:#=+/@-]{1,200}$/;

/** JSON of a value may be this long, in UTF-8. DynamoDB takes items of 400 KB with everything around it. */
const LONGEST_VALUE = 300_000;

/** @throws StateError `bad-key` when a part of the key is empty, too long, or has another character */
export function checkStateKey({ partition, sort }: StateKey, place: string): void {
  checkPartition(partition, place);
  checkPart("sort key", sort, place);
}

/** @throws StateError `bad-key` */
export const checkPartition = (partition: string, place: string): void =>
  checkPart("partition", partition, place);

function checkPart(what: string, part: string, place: string): void {
  if (PART.test(part)) return;
  throw new StateError(
    "bad-key",
    `${JSON.stringify(part.slice(0, 80))} is not a ${what} for ${place}: 1 to 200 characters of A-Z a-z 0-9 . _ : # = + / @ -.`,
  );
}

/**
 * The JSON of a record's value, as every store keeps it. `undefined` is `null`.
 * @throws StateError `too-large`
 */
export function valueText(key: StateKey, { value }: NewState, place: string): string {
  const text = JSON.stringify(value) ?? "null";
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= LONGEST_VALUE) return text;
  throw new StateError(
    "too-large",
    `${key.sort} of ${key.partition} was not written to ${place}: ${bytes} bytes of JSON are more than ${LONGEST_VALUE}. Store less in it.`,
  );
}
