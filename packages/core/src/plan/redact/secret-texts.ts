import type { JsonValue } from "../../pricing/index.ts";
import { emptyObject, isJsonList, isJsonObject } from "../json-object.ts";
import { SENSITIVE } from "./redact-value.ts";

/** Shorter texts, such as `5432` or `admin`, stand in a plan for other reasons too. */
const SHORTEST = 8;
/** Likewise a plain word: a user name `postgres` is also the name of an engine. */
const PLAIN_WORD = /^[a-z-]{1,15}$/;
/** With more, a text is compared as a whole: the time stays linear in the size of the plan. */
const MOST_SEARCHED = 100;

/**
 * Texts that were taken out of a plan at one place, to be taken out where a provider repeats them without a mark, as it does
 * in derived attributes.
 */
export class SecretTexts {
  readonly #texts = new Set<string>();

  add(text: string): void {
    if (text.length >= SHORTEST && !PLAIN_WORD.test(text) && text !== SENSITIVE) this.#texts.add(text);
  }

  /** The value with every text that contains a secret replaced. It is copied only where it has one. */
  removedFrom(value: JsonValue): JsonValue {
    return this.#texts.size > 0 && this.#isAnywhereIn(value) ? this.#replacedIn(value) : value;
  }

  #isAnywhereIn(value: JsonValue): boolean {
    if (typeof value === "string") return this.#isIn(value);
    if (isJsonList(value)) return value.some((child) => this.#isAnywhereIn(child));
    return isJsonObject(value) && Object.values(value).some((child) => this.#isAnywhereIn(child));
  }

  #replacedIn(value: JsonValue): JsonValue {
    if (typeof value === "string") return this.#isIn(value) ? SENSITIVE : value;
    if (isJsonList(value)) return value.map((child) => this.#replacedIn(child));
    if (!isJsonObject(value)) return value;
    const copy = emptyObject();
    for (const [key, child] of Object.entries(value)) copy[key] = this.#replacedIn(child);
    return copy;
  }

  #isIn(text: string): boolean {
    if (text.length < SHORTEST) return false;
    if (this.#texts.size > MOST_SEARCHED) return this.#texts.has(text);
    for (const secret of this.#texts) if (text.includes(secret)) return true;
    return false;
  }
}
