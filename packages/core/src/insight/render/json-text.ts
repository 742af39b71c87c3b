/**
 * A document as JSON text that is safe to print: names of a bill are hostile, and what a terminal would obey or hide is written
 * as a JSON escape, which keeps its value.
 */
export const jsonText = (document: unknown): string => `${escapeUnseen(JSON.stringify(document, null, 2))}\n`;

// JSON.stringify escapes C0 controls itself; other characters that cannot be seen keep their value as \uXXXX.
const escapeUnseen = (json: string) =>
  json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
