import { visible } from "@dapanoskop/core/text";

/** Environment variables. An empty one counts as not set: infrastructure tools write an absent value so. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Environment variables are missing or wrong: one sentence for each. */
export class EnvironmentError extends Error {
  constructor(sentences: readonly string[]) {
    super(sentences.join(" "));
    this.name = "EnvironmentError";
  }
}

/** Reads variables by name and collects every error, so that one deployment can correct them all. */
export interface EnvironmentReader {
  /** @param pattern what the value has to match, and the end of the sentence that says so */
  text(name: string, pattern?: { readonly matches: string; readonly sentence: string }): string | null;
  required(name: string, what: string): string;
  /** Strictly `true` or `false`: a misread `yes` or `0` would change figures without an error. */
  flag(name: string, otherwise: boolean): boolean;
  oneOf<Value extends string>(name: string, values: readonly Value[], otherwise: Value): Value;
  /** @throws EnvironmentError when a variable was missing or wrong */
  check(): void;
}

export function environmentReader(environment: Environment): EnvironmentReader {
  const wrong: string[] = [];
  const text = (name: string) => environment[name] || null;
  return {
    text(name, pattern) {
      const value = text(name);
      if (value !== null && pattern !== undefined && !new RegExp(pattern.matches, "u").test(value)) {
        wrong.push(`${name} is ${shown(value)}; it ${pattern.sentence}`);
      }
      return value;
    },
    required(name, what) {
      const value = text(name);
      if (value === null) wrong.push(`${name} is not set: it names ${what}.`);
      return value ?? "";
    },
    flag(name, otherwise) {
      const value = text(name);
      if (value === null) return otherwise;
      if (value !== "true" && value !== "false")
        wrong.push(`${name} is ${shown(value)}; it takes true or false.`);
      return value === "true";
    },
    oneOf(name, values, otherwise) {
      const value = text(name);
      const found = values.find((known) => known === value);
      if (value !== null && found === undefined) {
        wrong.push(
          `${name} is ${shown(value)}; it takes ${values.slice(0, -1).join(", ")} or ${values.at(-1)}.`,
        );
      }
      return found ?? otherwise;
    },
    check() {
      if (wrong.length > 0) throw new EnvironmentError(wrong);
    },
  };
}

const shown = (value: string) => `"${visible(value, 60)}"`;
