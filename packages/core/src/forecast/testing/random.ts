/** RandomNumbers numbers that are the same every time for the same seed: mulberry32, and Box and Muller's normal deviates. */
export interface RandomNumbers {
  /** In [0, 1). */
  readonly uniform: () => number;
  /** Of mean 0 and deviation 1. */
  readonly normal: () => number;
}

export function randomOf(seed: number): RandomNumbers {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}
