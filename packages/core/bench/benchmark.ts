/** What a benchmark found: a figure of ours, the one it is held against, and `ratio` = ours / other. */
export interface Benchmark {
  readonly name: string;
  readonly ours: number;
  readonly other: number;
  readonly ratio: number;
  readonly note: string;
}
