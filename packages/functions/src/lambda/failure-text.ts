import { visible } from "@dapanoskop/core/text";
import { withoutAccounts, withoutSecrets } from "./mask.ts";

/** An error in words that may stand in a log. */
export interface FailureText {
  readonly message: string;
  /** The error's type. */
  readonly kind: string;
  /** Where in the code an unexpected error happened; `null` for an expected one. */
  readonly place: string | null;
}

/**
 * What a failed run says. Lambda prints the error that a handler throws, so no cause of it may be in there: an SDK's may
 * repeat a signed request, session token included.
 * @param expected types of errors whose messages are complete sentences of ours
 */
export function failureText(
  cause: unknown,
  expected: readonly (abstract new (...any: never[]) => Error)[],
): FailureText {
  const isExpected = expected.some((type) => cause instanceof type);
  return {
    message: isExpected ? sentence((cause as Error).message) : unexpected(cause),
    kind: cause instanceof Error ? visible(cause.name, 60) : typeof cause,
    place: isExpected ? null : placeOf(cause),
  };
}

const LONGEST = 2_000;

const sentence = (message: string) => visible(withoutAccounts(message), LONGEST);

function unexpected(cause: unknown): string {
  const words = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return visible(`An unexpected error: ${withoutSecrets(words)}`, LONGEST);
}

/** Frames of a stack, without the message that stands above them. */
const FRAMES = 8;

function placeOf(cause: unknown): string | null {
  const stack = cause instanceof Error ? (cause.stack ?? "") : "";
  const frames = stack.split("\n").filter((line) => line.startsWith("    at "));
  return frames.length === 0
    ? null
    : frames
        .slice(0, FRAMES)
        .map((frame) => frame.trim())
        .join(" ← ");
}
