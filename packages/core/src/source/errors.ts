import type { Window } from "../calendar/index.ts";

/** Why a source did not answer. The pipeline decides by it what a failure means for a month. */
export type CostSourceFailure =
  /** The source has no data for the window yet: the month is skipped, old data stays. */
  | "data-unavailable"
  /** The window is before the source's history: a comparison is then unknown. */
  | "out-of-history"
  /** Charges of the window have no cost in the metric: its months are unknown in it, others may be known. */
  | "incomplete"
  /** A permission is missing. */
  | "access-denied"
  /** No credentials, or ones that do not work. */
  | "credentials"
  /** Cost Explorer was never switched on, or is not ready yet. */
  | "not-activated"
  /** The query was refused as wrong. */
  | "validation"
  /** The answer contradicts itself or its own protocol: nothing of it may be published. */
  | "protocol"
  /** A second currency. */
  | "currency"
  /** The run's ceiling of pages was reached. */
  | "budget"
  /** The run ran out of time. */
  | "deadline"
  /** Throttled or unreachable until the retries were used up. */
  | "unreachable";

/** A source did not answer: which window, why, and what to do, as a sentence. */
export class CostSourceError extends Error {
  readonly failure: CostSourceFailure;
  readonly window: Window | null;

  constructor(failure: CostSourceFailure, window: Window | null, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CostSourceError";
    this.failure = failure;
    this.window = window;
  }
}
