import { type ProblemCode, type ProblemDocument, problemStatus } from "./documents/index.ts";

/** A request is answered with an error: a code, and a sentence for who sent it. It repeats nothing that is not theirs. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: ProblemCode;
  /** Seconds after which another attempt makes sense; `null`: unknown. */
  readonly retryAfter: number | null;

  constructor(
    code: ProblemCode,
    message: string,
    { retryAfter = null, cause }: { readonly retryAfter?: number | null; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return problemStatus[this.code];
  }

  get document(): ProblemDocument {
    return { error: this.code, message: this.message };
  }
}

/** What does not exist, and what belongs to somebody else: the two are answered alike. */
export const notFound = (what: string): ApiProblem =>
  new ApiProblem("not_found", `There is no such ${what}, or it does not belong to you.`);

export const badRequest = (message: string): ApiProblem => new ApiProblem("bad_request", message);
