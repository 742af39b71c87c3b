/** Days whose deviations say what is usual: six weeks. */
const DAYS = 42;

/** The median of normal deviations is the deviation ÷ 1.4826, the ninth decile of their sizes the deviation × 1.645. */
const MEDIAN_TO_DEVIATION = 1.4826;
const NINTH_DECILE_TO_DEVIATION = 1 / 1.645;

/** The sizes of the deviations of the last days, in order of size and in order of days: adding one takes linear time. */
export class SizeWindow {
  readonly #sorted: number[] = [];
  readonly #byDay: number[] = [];

  get length(): number {
    return this.#sorted.length;
  }

  add(size: number): void {
    if (this.#byDay.length === DAYS) this.#sorted.splice(this.#sorted.indexOf(this.#byDay.shift() ?? 0), 1);
    this.#byDay.push(size);
    const place = this.#sorted.findIndex((other) => other > size);
    this.#sorted.splice(place === -1 ? this.#sorted.length : place, 0, size);
  }

  clear(): void {
    this.#sorted.length = 0;
    this.#byDay.length = 0;
  }

  /** The usual deviation; 0 of none. */
  usual(): number {
    const { length } = this.#sorted;
    const median = this.#sorted[length >> 1] ?? 0;
    const ninthDecile = this.#sorted[Math.floor(0.9 * length)] ?? 0;
    return Math.max(MEDIAN_TO_DEVIATION * median, NINTH_DECILE_TO_DEVIATION * ninthDecile);
  }
}
