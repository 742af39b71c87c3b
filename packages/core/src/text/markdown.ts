/** A table in Markdown. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(heads), row(heads.map(() => "---")), ...rows.map(row)].join("\n");
}

export const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** A text in a cell, escaped: nothing in it ends the cell, opens a tag or becomes markup. */
export const cell = (text: string) =>
  text
    // An underscore between letters is no markup.
    .replace(/[\\`*[\]<>&|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (mark) => ENTITIES.get(mark) ?? `\\${mark}`)
    .replace(/[\r\n]+/g, " ")
    .trim();

const ENTITIES = new Map([
  ["<", "&lt;"],
  [">", "&gt;"],
  ["&", "&amp;"],
]);

/** A text as code in a cell. A bar without a backslash ends the cell, in code as well. */
export function code(text: string): string {
  const line = text.replace(/[\r\n]+/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
