const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);

/** What separates the fields of a CSV. Spreadsheets of some languages write semicolons. */
export const SEPARATORS = [",", ";", "\t", "|"] as const;
export type Separator = (typeof SEPARATORS)[number];

/** The first record of a CSV, and what separates its fields: what gives the most of them. */
export interface FirstRecord {
  readonly fields: readonly string[];
  readonly separator: Separator;
}

/** `null` when the text ends before its first record does. */
export function firstRecord(text: string, isWhole: boolean): FirstRecord | null {
  const records = SEPARATORS.flatMap((separator) => {
    const fields = recordBy(separator, text, isWhole);
    return fields === null ? [] : [{ fields, separator }];
  });
  if (records.length < SEPARATORS.length) return null;
  return records.reduce((best, record) => (record.fields.length > best.fields.length ? record : best));
}

/**
 * The first record of a CSV text (RFC 4180), or `null` when the text ends before the record does. A byte order mark is not
 * part of it.
 */
function recordBy(separator: Separator, text: string, isWhole: boolean): readonly string[] | null {
  const fields: string[] = [];
  let field = "";
  let quotedField = false;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (quotedField) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quotedField = false;
    } else if (char === '"' && field === "") quotedField = true;
    else if (char === separator) {
      fields.push(field);
      field = "";
    } else if (char === "\n" || char === "\r") return [...fields, field];
    else field += char;
  }
  return isWhole && !quotedField ? [...fields, field] : null;
}

/**
 * The line (from 1) on which a record begins: records are not lines, because a quoted field may contain line breaks.
 * @param record 0 is the header; lines without any character are no records
 * @returns `null` when the text has fewer records
 */
export async function lineOfRecord(
  bytes: AsyncIterable<Uint8Array>,
  record: number,
  separator: Separator,
): Promise<number | null> {
  const between = separator.charCodeAt(0);
  let line = 1;
  let records = 0;
  let quotedField = false;
  let atFieldStart = true;
  let atRecordStart = true;
  for await (const chunk of bytes) {
    for (const byte of chunk) {
      if (atRecordStart && byte !== LF && byte !== CR) {
        if (records === record) return line;
        records += 1;
        atRecordStart = false;
      }
      if (byte === LF) line += 1;
      if (quotedField) {
        // A doubled quote ends the field and begins it again, with the same result.
        if (byte === QUOTE) quotedField = false;
      } else if (byte === QUOTE && atFieldStart) quotedField = true;
      else if (byte === LF) atRecordStart = true;
      const begins = byte === between || byte === LF || byte === QUOTE;
      atFieldStart = !quotedField && (begins || (atFieldStart && BYTE_ORDER_MARK.has(byte)));
    }
  }
  return null;
}
