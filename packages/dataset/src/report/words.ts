/**
 * A sentence that speaks of things on the bill. Names are kept apart from our own words until the sink is known:
 * each sink makes them harmless in its own way.
 */
export type Words = readonly (string | Name)[];

export interface Name {
  /** As the bill has it: any string. */
  readonly name: string;
}

/** The sentence, each name put through `show`. */
export const spoken = (words: Words, show: (name: string) => string): string =>
  words.map((word) => (typeof word === "string" ? word : show(word.name))).join("");
