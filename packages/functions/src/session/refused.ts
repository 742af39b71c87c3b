/** Why a caller was turned away: for the log, never for the caller. The sentence holds nothing that the caller sent. */
export class Refused extends Error {
  /** In kebab case, to count and to search by. */
  readonly reason: string;

  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Refused";
    this.reason = reason;
  }
}

/** It could not be decided whether the caller may enter: something that we need did not answer, or is set up wrongly. */
export class Unavailable extends Error {
  readonly reason: string;

  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Unavailable";
    this.reason = reason;
  }
}
