import { ArtifactError } from "@dapanoskop/dataset";

/** Why figures are missing. The page offers another next step for each kind. */
export type FailureKind =
  | "offline" // no response at all
  | "refused" // the session ended, or the reader has no access
  | "missing" // the index names the file, and it does not exist
  | "damaged" // the file is not what was published
  | "newer" // a newer version than this page wrote the file
  | "invalid" // the API did not accept what the reader entered
  | "unloaded" // code of this page could not be loaded; the browser does not try again
  | "server"; // the server responded with an error

/** A published file could not be read. The message is a sentence for the reader. */
export class DataError extends Error {
  override readonly name = "DataError";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Any error of reading, as one of the kinds that the page explains. */
export function dataError(cause: unknown): DataError {
  if (cause instanceof DataError) return cause;
  if (cause instanceof ArtifactError) {
    return new DataError(cause.reason === "newer-schema" ? "newer" : "damaged", cause.message, { cause });
  }
  const text = cause instanceof Error ? cause.message : String(cause);
  return new DataError("server", `This could not be read: ${text.slice(0, 300)}`, { cause });
}
