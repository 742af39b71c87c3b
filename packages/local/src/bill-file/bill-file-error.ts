import { CostSourceError, type CostSourceFailure } from "@dapanoskop/core/source";

/** A file that is not the bill it claims to be: which file, where in it, what is wrong, what to do. No window is at fault. */
export function billFileError(
  message: string,
  { failure = "validation", cause }: { failure?: CostSourceFailure; cause?: unknown } = {},
): CostSourceError {
  return new CostSourceError(failure, null, message, cause === undefined ? undefined : { cause });
}

const LONGEST_QUOTE = 60;

/** A value from a bill as it may stand in a sentence: quoted, escaped, cut. */
export const quoted = (text: string) =>
  JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[], conjunction = "and"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

export const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
