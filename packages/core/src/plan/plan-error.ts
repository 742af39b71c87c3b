/**
 * Why a plan cannot be read or priced.
 * - `not_json`: plan text, a binary plan or anything else that is no JSON
 * - `unsupported_format`: JSON, but no plan of format 1.x
 * - `too_large`, `too_deep`: beyond the limits
 * - `unknown_region`: the plan does not decide in which region a priced resource is, and nobody said it
 */
export type PlanErrorKind = "not_json" | "unsupported_format" | "too_large" | "too_deep" | "unknown_region";

/** A plan cannot be used. The message is a sentence for a person, and repeats no value of the plan. */
export class PlanError extends Error {
  override readonly name = "PlanError";
  readonly kind: PlanErrorKind;

  constructor(kind: PlanErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
