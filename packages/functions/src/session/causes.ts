/**
 * The kinds of the errors behind an error, outermost first: `TypeError, Error ECONNREFUSED`. Their messages are not
 * logged: a JSON parser quotes what it could not read, which may be a token.
 */
export function causesOf(error: unknown): string | undefined {
  const kinds: string[] = [];
  let cause = error instanceof Error ? error.cause : undefined;
  while (cause instanceof Error && kinds.length < 5) {
    const code: unknown = Reflect.get(cause, "code");
    kinds.push(typeof code === "string" ? `${cause.name} ${code}` : cause.name);
    cause = cause.cause;
  }
  return kinds.length === 0 ? undefined : kinds.join(", ");
}
