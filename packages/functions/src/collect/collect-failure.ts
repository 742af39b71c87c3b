import { ReconciliationError } from "@dapanoskop/core/ledger";
import { CostSourceError } from "@dapanoskop/core/source";
import { StoreError } from "@dapanoskop/core/store";
import { visible } from "@dapanoskop/core/text";
import { ArtifactError } from "@dapanoskop/dataset";
import { EnvironmentError, withoutAccounts, withoutSecrets } from "../lambda/index.ts";
import { EventError } from "./collect-event.ts";

/** Months are left that this run had no time for. What it had whole is published. */
export class UnfinishedError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "UnfinishedError";
  }
}

/**
 * What a failed run ends with, so that Lambda tries again and the alarm rings. Lambda prints the error that a handler
 * throws; this one carries a sentence and no cause: an SDK's may repeat a signed request, session token included.
 */
export class CollectError extends Error {
  /** The error's type, in our words. */
  readonly kind: string;
  /** `CostSourceError`s and `StoreError`s tell it; `null` otherwise. */
  readonly failure: string | null;
  /** Where in the code something unforeseen happened; `null` for what is foreseen. */
  readonly place: string | null;

  constructor(cause: unknown) {
    const foreseen = isSentence(cause);
    super(foreseen ? sentence(cause.message) : unforeseen(cause));
    this.name = "CollectError";
    this.kind = cause instanceof Error ? visible(cause.name, 60) : typeof cause;
    this.failure = cause instanceof CostSourceError || cause instanceof StoreError ? cause.failure : null;
    this.place = foreseen ? null : placeOf(cause);
  }
}

/** These are written for a person, complete, and by us. */
function isSentence(error: unknown): error is Error {
  return [
    CostSourceError,
    StoreError,
    ArtifactError,
    ReconciliationError,
    EnvironmentError,
    EventError,
    UnfinishedError,
  ].some((type) => error instanceof type);
}

const LONGEST = 2_000;

const sentence = (message: string) => visible(withoutAccounts(message), LONGEST);

function unforeseen(cause: unknown): string {
  const words = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return visible(`Something unforeseen failed: ${withoutSecrets(words)}`, LONGEST);
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
