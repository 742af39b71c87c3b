import { type CostRow, compareKeys } from "@dapanoskop/core/source";

/**
 * The texts of one column of an answer, row by row. A hundred thousand rows name a few hundred texts: each is held
 * once, and rows compare by the places of their texts, not letter by letter.
 */
export interface SharedTexts {
  /** Takes the next row's text and gives the one that stands for it. */
  push(text: string | null): string | null;
  /** Where each row's text stands among all: `null` first, then by UTF-16 unit. */
  places(): Uint32Array;
}

export function sharedTexts(): SharedTexts {
  const texts: (string | null)[] = [];
  const codeOf = new Map<string | null, number>();
  const codes: number[] = [];
  return {
    push(text) {
      let code = codeOf.get(text);
      if (code === undefined) {
        code = texts.push(text) - 1;
        codeOf.set(text, code);
      }
      codes.push(code);
      return texts[code] ?? null;
    },
    places() {
      const place = new Uint32Array(texts.length);
      const sorted = [...texts.keys()].sort((a, b) => compareKeys(texts[a] ?? null, texts[b] ?? null));
      for (const [at, code] of sorted.entries()) place[code] = at;
      return Uint32Array.from(codes, (code) => place[code] ?? 0);
    },
  };
}

/** The rows by the places of their columns' texts, the first column first. */
export function inOrder(rows: readonly CostRow[], columns: readonly SharedTexts[]): readonly CostRow[] {
  const places = columns.map((column) => column.places());
  const order = Uint32Array.from(rows.keys()).sort((a, b) => {
    for (const place of places) {
      const difference = (place[a] ?? 0) - (place[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const sorted: CostRow[] = [];
  for (const at of order) {
    const row = rows[at];
    if (row !== undefined) sorted.push(row);
  }
  return sorted;
}
