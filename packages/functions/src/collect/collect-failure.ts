import { ReconciliationError } from "@dapanoskop/core/ledger";
import { CostSourceError } from "@dapanoskop/core/source";
import { StoreError } from "@dapanoskop/core/store";
import { visible } from "@dapanoskop/core/text";
import { ArtifactError } from "@dapanoskop/dataset";
import { EnvironmentError, withoutAccounts, withoutSecrets } from "../lambda/index.ts";
import { EventError } from "./collect-event.ts";

/** The run had no time for some months. The months that it read completely are published. */
export class UnfinishedError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "UnfinishedError";
  }
}

/**
 * The error of a failed run, so that Lambda retries and the alarm is raised. Lambda prints the error that a handler
 * throws; this one has a sentence and no cause: the cause of an SDK may repeat a signed request with its session token.
 */
export class CollectError extends Error {
  /** The name of the error's type. */
  readonly kind: string;
  /** Of a `CostSourceError` or `StoreError`; `null` otherwise. */
  readonly failure: string | null;
  /** Where in the code an unexpected error happened; `null` for an expected one. */
  readonly place: string | null;

  constructor(cause: unknown) {
    const expected = isSentence(cause);
    super(expected ? sentence(cause.message) : unexpected(cause));
    this.name = "CollectError";
    this.kind = cause instanceof Error ? visible(cause.name, 60) : typeof cause;
    this.failure = cause instanceof CostSourceError || cause instanceof StoreError ? cause.failure : null;
    this.place = expected ? null : placeOf(cause);
  }
}

/** The messages of these errors are complete sentences for a person, and written by this project. */
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

function unexpected(cause: unknown): string {
  const words = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return visible(`An unexpected error: ${withoutSecrets(words)}`, LONGEST);
}

/** Frames of a stack, without the message above them. */
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
