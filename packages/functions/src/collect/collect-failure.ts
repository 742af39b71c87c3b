import { ReconciliationError } from "@dapanoskop/core/ledger";
import { CostSourceError } from "@dapanoskop/core/source";
import { StoreError } from "@dapanoskop/core/store";
import { ArtifactError } from "@dapanoskop/dataset";
import { EnvironmentError, failureText } from "../lambda/index.ts";
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
    const { message, kind, place } = failureText(cause, EXPECTED);
    super(message);
    this.name = "CollectError";
    this.kind = kind;
    this.failure = cause instanceof CostSourceError || cause instanceof StoreError ? cause.failure : null;
    this.place = place;
  }
}

/** The messages of these errors are complete sentences for a person, and written by this project. */
const EXPECTED = [
  CostSourceError,
  StoreError,
  ArtifactError,
  ReconciliationError,
  EnvironmentError,
  EventError,
  UnfinishedError,
];
