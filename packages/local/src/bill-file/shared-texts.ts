import { type CostRow, compareKeys } from "@dapanoskop/core/source";

/**
 * The texts of one column of an answer, row by row. A hundred thousand rows contain a few hundred texts: each is stored
 * once, and rows compare by the ranks of their texts, not letter by letter.
 */
export interface SharedTexts {
  /** Adds the next row's text and returns the stored one that equals it. */
  push(text: string | null): string | null;
  /** The rank of each row's text among all: `null` first, then by UTF-16 unit. */
  ranks(): Uint32Array;
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
    ranks() {
      const rank = new Uint32Array(texts.length);
      const sorted = [...texts.keys()].sort((a, b) => compareKeys(texts[a] ?? null, texts[b] ?? null));
      for (const [at, code] of sorted.entries()) rank[code] = at;
      return Uint32Array.from(codes, (code) => rank[code] ?? 0);
    },
  };
}

/** The rows by the ranks of their columns' texts, the first column first. */
export function inOrder(rows: readonly CostRow[], columns: readonly SharedTexts[]): readonly CostRow[] {
  const ranks = columns.map((column) => column.ranks());
  const order = Uint32Array.from(rows.keys()).sort((a, b) => {
    for (const rank of ranks) {
      const difference = (rank[a] ?? 0) - (rank[b] ?? 0);
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
