/** What a benchmark found: a figure of ours, the one it is compared with, and `ratio` = ours / other. */
export interface Benchmark {
  readonly name: string;
  readonly ours: number;
  readonly other: number;
  readonly ratio: number;
  readonly note: string;
}

export const benchmark = (name: string, ours: number, other: number, note: string): Benchmark => ({
  name,
  ours,
  other,
  ratio: ours / other,
  note,
});

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Numbers in [0, 1) that look random and are the same every time. */
export function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
