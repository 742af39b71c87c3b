/** A source of random numbers. */
export interface Random {
  /** Uniform from 0 to 1, 1 excluded. */
  fraction(): number;
  /** Unpredictable bytes, fit for identifiers and secrets. */
  bytes(count: number): Uint8Array;
}
