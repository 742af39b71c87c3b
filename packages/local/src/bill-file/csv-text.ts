const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);

/**
 * The first record of a CSV text (RFC 4180, comma), or `null` when the text ends before the record does.
 * A byte order mark is not part of it.
 */
export function firstRecord(text: string, isWhole: boolean): readonly string[] | null {
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
    else if (char === ",") {
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
export async function lineOfRecord(bytes: AsyncIterable<Uint8Array>, record: number): Promise<number | null> {
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
      const begins = byte === COMMA || byte === LF || byte === QUOTE;
      atFieldStart = !quotedField && (begins || (atFieldStart && BYTE_ORDER_MARK.has(byte)));
    }
  }
  return null;
}
