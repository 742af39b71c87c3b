/** A value that decides a price is not known: before the apply, or because it is not of the kind it has to be. */
export class UnknownValueError extends Error {
  override readonly name = "UnknownValueError";
  /** Of the attribute: `instance_type`. */
  readonly path: string;

  constructor(path: string, why = "is known only after the apply") {
    super(`${path} ${why}.`);
    this.path = path;
  }
}
