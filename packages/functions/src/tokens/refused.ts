/** Why a request was refused: for the log, never for the caller. The sentence has nothing that the caller sent. */
export class Refused extends Error {
  /** In kebab case, to count and to search by. */
  readonly reason: string;

  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Refused";
    this.reason = reason;
  }
}

/** Whether the caller may sign in could not be decided: a service did not answer, or a setting is wrong. */
export class Unavailable extends Error {
  readonly reason: string;

  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Unavailable";
    this.reason = reason;
  }
}
