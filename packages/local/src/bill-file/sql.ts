/** An identifier in SQL, with any characters except NUL, which SQL text cannot contain. */
export const identifier = (name: string) => `"${withoutNul(name).replaceAll('"', '""')}"`;

/** A text literal in SQL, for the few places that take no parameter (file names of a scan, a provider's name). */
export const literal = (text: string) => `'${withoutNul(text).replaceAll("'", "''")}'`;

export const listLiteral = (texts: readonly string[]) => `[${texts.map(literal).join(", ")}]`;

function withoutNul(text: string): string {
  if (text.includes("\0")) throw new RangeError("A name with a NUL character cannot be queried.");
  return text;
}
