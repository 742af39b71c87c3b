import { graphemesOf } from "./visible.ts";

/** What a terminal draws two columns wide: East Asian wide and full-width characters, and emoji. */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\u3041-\u33ff\uff01-\uff60\uffe0-\uffe6]|^\p{Extended_Pictographic}.*\ufe0f/u;
const HALF_WIDTH = /^[\uff61-\uffdc]/u;
const MARK_ONLY = /^\p{M}+$/u;
/** Printable ASCII and the marks of our own texts (dashes, minus, middle dot, ellipsis): a column each, and no grapheme of several. */
const NARROW = /^[ -~\u00b7\u2012-\u2015\u2026\u2212]*$/;

/** The columns that a visible text takes in a terminal. */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  return graphemesOf(text).reduce((total, grapheme) => total + graphemeWidth(grapheme), 0);
}

/** A text in exactly `width` columns: padded at its end, or cut with an ellipsis. */
export function padEnd(text: string, width: number): string {
  const cut = fit(text, width);
  return cut + " ".repeat(width - displayWidth(cut));
}

/** As `padEnd`, with the space in front: for figures. A figure is never cut. */
export const padStart = (text: string, width: number): string =>
  " ".repeat(Math.max(0, width - displayWidth(text))) + text;

/** A text in at most `width` columns. */
export function fit(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = "";
  let taken = 0;
  for (const grapheme of graphemesOf(text)) {
    taken += graphemeWidth(grapheme);
    if (taken > width - 1) break;
    cut += grapheme;
  }
  return width < 1 ? "" : `${cut}…`;
}

/** Breaks a text between words into lines of at most `width` columns; a longer word stands alone, and is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
    } else {
      if (line !== "") lines.push(line);
      line = fit(word, width);
    }
  }
  return line === "" ? lines : [...lines, line];
}

function graphemeWidth(grapheme: string): number {
  if (MARK_ONLY.test(grapheme)) return 0;
  return WIDE.test(grapheme) && !HALF_WIDTH.test(grapheme) ? 2 : 1;
}
