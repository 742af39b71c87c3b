import { ArtifactError } from "@dapanoskop/dataset";

/** Why something is not on the page. Each kind is drawn with its own next step. */
export type FailureKind =
  | "offline" // no answer at all
  | "refused" // the session ended, or this reader may not
  | "missing" // named, and not there
  | "damaged" // there, and not as published
  | "newer" // written by a newer version than this page
  | "unloaded" // a part of this page's own code, which a browser asks for once
  | "server"; // an answer that is no file

/** A published file that could not be read, as a sentence. */
export class DataError extends Error {
  override readonly name = "DataError";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Anything that went wrong while reading, as one of the kinds that the page draws. */
export function dataError(cause: unknown): DataError {
  if (cause instanceof DataError) return cause;
  if (cause instanceof ArtifactError) {
    return new DataError(cause.reason === "newer-schema" ? "newer" : "damaged", cause.message, { cause });
  }
  const text = cause instanceof Error ? cause.message : String(cause);
  return new DataError("server", `This could not be read: ${text.slice(0, 300)}`, { cause });
}
