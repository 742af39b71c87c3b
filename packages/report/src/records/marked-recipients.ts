import { type Instant, instantOf } from "@dapanoskop/core/calendar";
import type { StateStore } from "@dapanoskop/core/state";
import { sha256Hex } from "@dapanoskop/dataset";
import * as v from "valibot";
import { replaceRecord } from "./replace-record.ts";

/** The partition with one record for each address that no mail is sent to. Its key is a hash: addresses are personal data. */
const PARTITION = "recipients";

/** A mailbox that did not exist may exist later; who complained is not mailed for a year. */
const MARKED_DAYS = { bounce: 30, complaint: 365 } as const;

export type MarkReason = keyof typeof MARKED_DAYS;

const markSchema = v.object({ reason: v.picklist(["bounce", "complaint"]) });

/**
 * Marks an address after a permanent bounce (for 30 days) or a complaint (for a year): later mails leave it out.
 * @throws StateError
 */
export async function markRecipient(
  state: StateStore,
  address: string,
  reason: MarkReason,
  at: Instant,
): Promise<void> {
  const expiresAt = instantOf(new Date(Date.parse(at) + MARKED_DAYS[reason] * 86_400_000));
  await replaceRecord(state, await keyOf(address), (current) => {
    const isLater = current?.expiresAt != null && current.expiresAt >= expiresAt;
    return isLater ? null : { value: { reason }, expiresAt };
  });
}

/** An address that mails leave out, and why. */
export interface MarkedRecipient {
  readonly address: string;
  readonly reason: MarkReason;
}

/**
 * Those of some addresses that are marked.
 * @throws StateError
 */
export async function markedRecipients(
  state: StateStore,
  addresses: readonly string[],
  now: Instant,
): Promise<readonly MarkedRecipient[]> {
  const marked = await Promise.all(
    addresses.map(async (address) => {
      const found = await state.get(await keyOf(address));
      if (found === null || (found.expiresAt !== null && found.expiresAt <= now)) return [];
      const mark = v.safeParse(markSchema, found.value);
      return mark.success ? [{ address, reason: mark.output.reason }] : [];
    }),
  );
  return marked.flat();
}

const keyOf = async (address: string) => ({
  partition: PARTITION,
  sort: await sha256Hex(new TextEncoder().encode(address.trim().toLowerCase())),
});

/** An address for a log or a terminal: whose it is can be told by who knows it. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 1 ? "…" : `${address.slice(0, 1)}…${address.slice(at)}`;
}
