import type { Codes, DoubleColumn, StringColumn } from "./columns.ts";

const FIRST_CAPACITY = 1024;

/** A column of texts that grows row by row. Each distinct text is kept once; a row costs one to four bytes. */
export class GrowingTexts {
  #codes: Codes = new Uint8Array(FIRST_CAPACITY);
  #rows = 0;
  readonly #values: string[] = [];
  readonly #codeOf = new Map<string, number>();
  #lastText: string | null = null;
  #lastCode = 0;

  push(text: string): void {
    // Rows come sorted: the text is often the one before, and comparing is cheaper than hashing.
    if (text !== this.#lastText) {
      this.#lastCode = this.#codeOf.get(text) ?? this.#intern(text);
      this.#lastText = text;
    }
    if (this.#rows === this.#codes.length) this.#move(this.#codes.length * 2);
    this.#codes[this.#rows] = this.#lastCode;
    this.#rows += 1;
  }

  /** The rows pushed so far; later rows do not change them. */
  column(): StringColumn {
    return { type: "string", codes: this.#codes.subarray(0, this.#rows), values: [...this.#values] };
  }

  #intern(text: string): number {
    const published = wellFormed(text);
    const code = this.#codeOf.get(published) ?? this.#values.push(published) - 1;
    if (code >= 2 ** (8 * this.#codes.BYTES_PER_ELEMENT)) this.#move(this.#codes.length);
    this.#codeOf.set(published, code);
    this.#codeOf.set(text, code);
    return code;
  }

  #move(capacity: number): void {
    const codes = codesFor(this.#values.length, capacity);
    codes.set(this.#codes);
    this.#codes = codes;
  }
}

function codesFor(distinct: number, capacity: number): Codes {
  if (distinct <= 2 ** 8) return new Uint8Array(capacity);
  return distinct <= 2 ** 16 ? new Uint16Array(capacity) : new Int32Array(capacity);
}

/** A column of numbers that grows row by row; the validity bitmap is created with the first `null`. */
export class GrowingNumbers {
  #numbers = new Float64Array(FIRST_CAPACITY);
  #validity: Uint8Array | null = null;
  #rows = 0;

  push(value: number | null): void {
    const row = this.#rows;
    if (row === this.#numbers.length) {
      this.#numbers = doubled(this.#numbers, Float64Array);
      if (this.#validity !== null) this.#validity = doubled(this.#validity, Uint8Array);
    }
    if (value === null) {
      this.#validity ??= this.#allKnown();
    } else {
      this.#numbers[row] = value;
      if (this.#validity !== null)
        this.#validity[row >> 3] = (this.#validity[row >> 3] ?? 0) | (1 << (row & 7));
    }
    this.#rows += 1;
  }

  /** The rows pushed so far; later rows do not change them. */
  column(): DoubleColumn {
    const bytes = Math.ceil(this.#rows / 8);
    return {
      type: "double",
      numbers: this.#numbers.subarray(0, this.#rows),
      validity: this.#validity?.slice(0, bytes) ?? null,
    };
  }

  #allKnown(): Uint8Array {
    const bits = new Uint8Array(this.#numbers.length / 8);
    bits.fill(0xff, 0, this.#rows >> 3);
    bits[this.#rows >> 3] = (1 << (this.#rows & 7)) - 1;
    return bits;
  }
}

// A lone surrogate has no UTF-8. Every encoder writes U+FFFD for it, so the row is named what readers will see.
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\ufffd");
}

interface Growable<Self> {
  readonly length: number;
  set(from: Self): void;
}

function doubled<Numbers extends Growable<Numbers>>(
  full: Numbers,
  Kind: new (length: number) => Numbers,
): Numbers {
  const larger = new Kind(full.length * 2);
  larger.set(full);
  return larger;
}
