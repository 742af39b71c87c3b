/** A value that decides a price is known only after the apply. */
export class UnknownValueError extends Error {
  override readonly name = "UnknownValueError";
  /** Of the attribute: `instance_type`. */
  readonly path: string;

  constructor(path: string) {
    super(`${path} is known only after the apply.`);
    this.path = path;
  }
}
