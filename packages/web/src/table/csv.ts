/** A cell of a table for a spreadsheet: text is made harmless, numbers stay numbers, `null` is an empty cell. */
export type CsvCell = string | number | null;

// A spreadsheet takes a cell that begins so for a formula, also behind white space and marks that cannot be seen.
const FORMULA =
  /^[\s\ufeff\u200b-\u200f\u2060\u00ad\u202a-\u202e\u2066-\u2069]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\0]/u;
const STARTS_UNSEEN = /^[\t\r\0]/;

/** RFC 4180, for spreadsheets: what would be taken for a formula gets a `'` in front. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
}

function cellText(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const harmless = FORMULA.test(cell) || STARTS_UNSEEN.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
