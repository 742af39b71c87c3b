import { StateError } from "@dapanoskop/core/state";
import { StoreError } from "@dapanoskop/core/store";
import { ArtifactError } from "@dapanoskop/dataset";
import { NoAudienceError, NoRecipientError } from "@dapanoskop/report";
import { EnvironmentError, type FailureText, failureText, withoutAddresses } from "../lambda/index.ts";
import { ReportEventError } from "./report-event.ts";

/** Reports of a run were not sent, or nobody knows whether they were. */
export class UndeliveredError extends Error {
  override readonly name = "UndeliveredError";
}

/** What a failed run ends with, so that the alarm rings: a sentence without a cause, an address or a secret. */
export class ReportError extends Error implements FailureText {
  readonly kind: string;
  readonly place: string | null;

  constructor(cause: unknown) {
    const { message, kind, place } = reportFailureText(cause);
    super(message);
    this.name = "ReportError";
    this.kind = kind;
    this.place = place;
  }
}

/** An error in words for the log. */
export function reportFailureText(cause: unknown): FailureText {
  const isSecret = cause instanceof Error && cause.name === "SecretError";
  const text = failureText(cause, [...EXPECTED, ...(isSecret ? [Error] : [])]);
  return { ...text, message: withoutAddresses(text.message) };
}

/** The messages of these errors are complete sentences for a person, and written by this project. */
const EXPECTED = [
  StateError,
  StoreError,
  ArtifactError,
  EnvironmentError,
  ReportEventError,
  NoAudienceError,
  NoRecipientError,
  UndeliveredError,
];
