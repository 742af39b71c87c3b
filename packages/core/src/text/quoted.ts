/** Characters that hide, reorder or break a line of a sentence: controls, zero-width and bidi marks, line separators. */
const INVISIBLE =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * Text from a bill or a service for a sentence: quoted, at most `limit` characters, every invisible one as an escape.
 * Names on a bill are hostile strings: one may contain line breaks, NULs, bidi marks or ten thousand characters.
 */
export function quoted(text: string, limit = 80): string {
  const characters = [...text.slice(0, 2 * limit + 2)];
  const shown = characters.length > limit ? `${characters.slice(0, limit).join("")}…` : text;
  return JSON.stringify(shown).replace(
    INVISIBLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
