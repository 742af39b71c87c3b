/** What would hide, reorder or break a line of a sentence: controls, zero-width and bidi marks, line separators. */
const INVISIBLE =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * Text from outside, fit for a sentence: quoted, at most `limit` characters, everything invisible shown as an escape.
 * Names on a bill are hostile strings: one may hold line breaks, NULs, bidi marks or ten thousand characters.
 */
export function quoted(text: string, limit = 80): string {
  const characters = [...text.slice(0, 2 * limit + 2)];
  const shown = characters.length > limit ? `${characters.slice(0, limit).join("")}…` : text;
  return JSON.stringify(shown).replace(
    INVISIBLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const ARN = /\barn:[^\s"',;]+/g;
const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{8,}/g;
const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;

/**
 * AWS's own words, quoted, without what does not belong into a log: an ARN names account, role and, in its session,
 * often a person's mail address.
 */
export function quotedMessage(message: string): string {
  const bounded = message.slice(0, 4_000);
  return quoted(
    bounded.replace(ARN, "arn:…").replace(ACCESS_KEY, "(access key)").replace(ACCOUNT, "(account)"),
    400,
  );
}
