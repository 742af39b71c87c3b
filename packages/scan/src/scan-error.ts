export type ScanFailure =
  | "not-found"
  | "not-allowed"
  | "rate-limited"
  | "unreachable"
  | "too-large"
  | "bad-archive"
  | "bad-name";

/** A repository could not be read: the message says which one, why, and what to do. */
export class ScanError extends Error {
  override readonly name = "ScanError";
  readonly failure: ScanFailure;

  constructor(failure: ScanFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
