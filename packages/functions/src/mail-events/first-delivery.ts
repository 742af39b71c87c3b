import { type Instant, instantOf } from "@dapanoskop/core/calendar";
import type { StateStore } from "@dapanoskop/core/state";
import { sha256Hex } from "@dapanoskop/dataset";

/** The partition with one record for each event that was counted. Its key is a hash: events name addresses. */
const PARTITION = "mail-events";

/**
 * SNS delivers an event to a function again for 23 days at most.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
const KEPT_DAYS = 30;

/**
 * Whether an event was not delivered before, so that a metric counts it once: SNS may deliver it any number of times, each
 * time with the same bytes. The event counts as delivered from then on.
 * @throws StateError
 */
export async function isFirstDelivery(state: StateStore, message: string, now: Instant): Promise<boolean> {
  const sort = await sha256Hex(new TextEncoder().encode(message));
  const expiresAt = instantOf(new Date(Date.parse(now) + KEPT_DAYS * 86_400_000));
  const { outcome } = await state.putIfAbsent({ partition: PARTITION, sort }, { value: null, expiresAt });
  return outcome === "written";
}
