import { type JsonValue, SENSITIVE } from "../../pricing/index.ts";
import { emptyObject, isJsonList, isJsonObject } from "../json-object.ts";

/** Shorter texts, such as `5432` or `admin`, stand in a plan for other reasons too. */
const SHORTEST = 8;
/** Likewise a plain word: a user name `postgres` is also the name of an engine. */
const PLAIN_WORD = /^[a-z-]{1,15}$/;
/** Of searched texts, how often each character may be compared with a secret's; and what a look-up costs in such comparisons. */
const COMPARISONS = 16;
const LOOK_UP = 32;

/**
 * Texts that were taken out of a plan at one place, to be taken out where a provider repeats them without a mark, as it does
 * in derived attributes: as they are, in JSON and in an address of the web.
 */
export class SecretTexts {
  readonly #texts = new Set<string>();
  /** Their lengths, by their first characters. */
  readonly #lengths = new Map<string, Set<number>>();
  /** Which hashes of first characters there are: most places of a text begin none of them. */
  #starts: Uint8Array | null = null;
  #comparisonsLeft = 1_000_000;

  add(text: string): void {
    if (text.length < SHORTEST || PLAIN_WORD.test(text) || text === SENSITIVE) return;
    this.#starts ??= new Uint8Array(STARTS);
    for (const form of formsOf(text)) {
      if (form.length < SHORTEST || PLAIN_WORD.test(form) || this.#texts.has(form)) continue;
      this.#texts.add(form);
      const start = form.slice(0, SHORTEST);
      this.#lengths.set(start, (this.#lengths.get(start) ?? new Set()).add(form.length));
      this.#starts[startHash(form, 0)] = 1;
    }
  }

  /** The value with every text that contains a secret replaced. It is copied only where it has one. */
  removedFrom(value: JsonValue): JsonValue {
    return this.#texts.size > 0 && this.#isAnywhereIn(value) ? this.#replacedIn(value) : value;
  }

  #isAnywhereIn(value: JsonValue): boolean {
    if (isJsonList(value)) return value.some((child) => this.#isAnywhereIn(child));
    if (!isJsonObject(value)) return this.#isSecret(value);
    for (const key in value) if (this.#isIn(key) || this.#isAnywhereIn(value[key] ?? null)) return true;
    return false;
  }

  #replacedIn(value: JsonValue): JsonValue {
    if (isJsonList(value)) return value.map((child) => this.#replacedIn(child));
    if (!isJsonObject(value)) return this.#isSecret(value) ? SENSITIVE : value;
    const copy = emptyObject();
    for (const [key, child] of Object.entries(value)) {
      copy[this.#isIn(key) ? SENSITIVE : key] = this.#replacedIn(child);
    }
    return copy;
  }

  #isSecret(value: JsonValue): boolean {
    if (typeof value === "number") return this.#texts.has(String(value));
    return typeof value === "string" && this.#isIn(value);
  }

  /** The time is linear in the text: one that would take longer, as no real one does, counts as containing a secret. */
  #isIn(text: string): boolean {
    const starts = this.#starts;
    if (starts === null) return false;
    this.#comparisonsLeft += COMPARISONS * text.length;
    for (let at = 0; at <= text.length - SHORTEST; at += 1) {
      if (starts[startHash(text, at)] === 0) continue;
      for (const length of this.#lengths.get(text.slice(at, at + SHORTEST)) ?? []) {
        if (this.#texts.has(text.slice(at, at + length))) return true;
        this.#comparisonsLeft -= length + LOOK_UP;
        if (this.#comparisonsLeft < 0) return true;
      }
    }
    return false;
  }
}

const STARTS = 4_096;

const startHash = (text: string, at: number): number =>
  (text.charCodeAt(at) ^
    (text.charCodeAt(at + 1) << 3) ^
    (text.charCodeAt(at + 2) << 6) ^
    (text.charCodeAt(at + 3) << 9)) &
  (STARTS - 1);

/** A text as a provider may repeat it, also without the white space around it. Terraform's JSON escapes `<`, `>` and `&` too. */
const formsOf = (text: string): readonly string[] =>
  [text, text.trim()].flatMap((form) => {
    const json = JSON.stringify(form).slice(1, -1);
    const escaped = json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
    return [form, json, escaped, inAddress(form)];
  });

function inAddress(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text; // half of a surrogate pair has no such form
  }
}
