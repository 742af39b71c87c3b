import type { Instant } from "@dapanoskop/core/calendar";

const RUN_ID = /^\d{8}T\d{6}Z-[0-9a-f]{32}$/;

/**
 * A run's id: the event's time and 128 random bits. No text from the bill ever enters a key.
 * @throws RangeError for fewer than 16 random bytes
 */
export function runId(at: Instant, randomBits: Uint8Array): string {
  const hex = [...randomBits.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const id = `${at.replaceAll(/[-:]/g, "")}-${hex}`;
  if (!RUN_ID.test(id))
    throw new RangeError(`${JSON.stringify(id)} is not a run id: it needs an instant and 16 random bytes.`);
  return id;
}

export const isRunId = (text: string): boolean => RUN_ID.test(text);
