/** A CSV cell: text is escaped, numbers stay numbers, `null` is empty. */
export type CsvCell = string | number | null;

// Spreadsheets read a cell that starts like this as a formula, also after white space and invisible characters.
const FORMULA =
  /^[\s\ufeff\u200b-\u200f\u2060\u00ad\u202a-\u202e\u2066-\u2069]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\0]/u;
const STARTS_WITH_CONTROL = /^[\t\r\0]/;

/** Rows as CSV (RFC 4180). A `'` is put before a cell that a spreadsheet would read as a formula. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
}

function cellText(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const escaped = FORMULA.test(cell) || STARTS_WITH_CONTROL.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(escaped) ? `"${escaped.replaceAll('"', '""')}"` : escaped;
}
