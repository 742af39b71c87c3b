/**
 * Characters that would move the cursor, turn the reading direction, hide, or be taken for nothing: controls (escape
 * sequences begin with one), format characters (bidi marks, tags), separators of lines, lone surrogates, private use,
 * and all that Unicode lets a font ignore.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;

/** A space is seen between letters only. */
const NOTHING_BUT_SPACES = /^\p{Zs}+$/u;

/** Joiners and selectors make one emoji of several characters, and are seen in it. */
const JOINS_EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?\u200d\p{Extended_Pictographic}/u;
const SELECTS_EMOJI = /[\p{Extended_Pictographic}\d#*][\ufe0e\ufe0f]/u;

/** Marks upon marks may fill a screen; a letter of any script carries fewer code points, a family emoji eleven. */
const LARGEST_GRAPHEME = 12;

/** Names on bills are at most some 300 characters; a hostile one is cut before it costs time. */
const LONGEST_READ = 4096;

/** Printable ASCII that is seen: most names. Each character is a grapheme, and none of them hides. */
const PLAIN = /^ *[!-~][ -~]*$/;

/** Made when a name first needs it: it costs a page a noticeable part of its first figure. */
let segmenter: Intl.Segmenter | null = null;

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

/**
 * A name from the bill as it may be shown: what cannot be seen is written as an escape (`\u202e`; spaces too where there is
 * nothing else), the empty name as `(empty)`, and what is longer than `limit` graphemes ends in an ellipsis.
 */
export function visible(name: string, limit = 120): string {
  if (name === "") return "(empty)";
  if (PLAIN.test(name)) {
    const most = Math.min(limit, LONGEST_READ);
    return name.length > most ? `${name.slice(0, most)}…` : name;
  }
  const shown = escapeUnseen(name.slice(0, LONGEST_READ));
  let text = "";
  let count = 0;
  for (const { segment } of graphemes(shown)) {
    if (count === limit) return `${text}…`;
    text += boundedGrapheme(segment);
    count += 1;
  }
  return name.length > LONGEST_READ ? `${text}…` : text;
}

/** The graphemes of a text that is visible already. */
export const graphemesOf = (text: string): readonly string[] =>
  [...graphemes(text)].map(({ segment }) => segment);

function escapeUnseen(text: string): string {
  if (NOTHING_BUT_SPACES.test(text)) return text.replace(/\p{Zs}/gu, escapeOf);
  return text.replace(UNSEEN, (character, at: number) =>
    isPartOfEmoji(text, character, at) ? character : escapeOf(character),
  );
}

function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}

function isPartOfEmoji(text: string, character: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 3), at);
  if (character === "\u200d") return JOINS_EMOJI.test(before + text.slice(at, at + 3));
  return /[\ufe0e\ufe0f]/.test(character) && SELECTS_EMOJI.test(before.slice(-2) + character);
}

function boundedGrapheme(grapheme: string): string {
  const points = [...grapheme];
  return points.length > LARGEST_GRAPHEME ? `${points[0] ?? ""}…` : grapheme;
}
