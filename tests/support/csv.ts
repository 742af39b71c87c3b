/**
 * Parses CSV strictly by RFC 4180: rows of fields; every line ends with CRLF.
 * @throws Error for a misplaced quote
 */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (let ended = false; !ended; ) {
      const field = fieldAt(text, at);
      row.push(field.value);
      at = field.end;
      if (text[at] === ",") at += 1;
      else if (text.startsWith("\r\n", at)) {
        at += 2;
        ended = true;
      } else throw new Error(`Character ${at} is neither a comma nor the end of a line.`);
    }
    rows.push(row);
  }
  return rows;
}

function fieldAt(text: string, start: number): { readonly value: string; readonly end: number } {
  if (text[start] !== '"') {
    const plain = /[^",\r\n]*/y;
    plain.lastIndex = start;
    const value = plain.exec(text)?.[0] ?? "";
    return { value, end: start + value.length };
  }
  const quoted = /"((?:[^"]|"")*)"/y;
  quoted.lastIndex = start;
  const found = quoted.exec(text);
  if (found === null) throw new Error(`The quote at character ${start} is never closed.`);
  return { value: (found[1] ?? "").replaceAll('""', '"'), end: start + found[0].length };
}
