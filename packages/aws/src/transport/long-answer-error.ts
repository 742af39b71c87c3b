/** An answer has more bytes than are read. What it would have said is not known. */
export class LongAnswerError extends Error {
  override readonly name = "LongAnswerError";
  /** In bytes. */
  readonly limit: number;

  constructor(limit: number) {
    super(`The answer is longer than ${limit} bytes.`);
    this.limit = limit;
  }
}
