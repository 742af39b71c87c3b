/** A source of random numbers. */
export interface Random {
  /** Uniform from 0 to 1, 1 excluded. */
  fraction(): number;
  /** Bytes that nobody can predict, fit for identifiers and secrets. */
  bytes(count: number): Uint8Array;
}
