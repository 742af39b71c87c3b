import { type ParseArgsConfig, parseArgs } from "node:util";
import { type Instant, isMonth, type Month, parseInstant } from "@dapanoskop/core/calendar";

/** The command line is not one: which option, and where its help stands. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** The command whose help tells more; `null` for the overview. */
  readonly command: string | null;

  constructor(command: string | null, message: string) {
    super(message);
    this.command = command;
  }
}

/** How an option is given: a flag, a text, or a text that may be given several times. */
export type OptionKind = "flag" | "text" | "texts";

/** The options of one command as they were given. */
export interface Given {
  flag(name: string): boolean;
  text(name: string): string | null;
  texts(name: string): readonly string[];
  instant(name: string): Instant | null;
  month(name: string): Month | null;
  /** A whole number within bounds, both included. */
  count(name: string, least: number, most: number): number | null;
  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice | null;
}

/** @throws UsageError on an unknown option, a missing value or a word too many */
export function readArguments(
  command: string,
  kinds: Readonly<Record<string, OptionKind>>,
  argv: readonly string[],
): Given {
  const values = parse(command, kinds, argv);
  const text = (name: string): string | null => {
    const value = values.get(name);
    return typeof value === "string" ? value : null;
  };
  const wrong = (name: string, value: string, wanted: string) =>
    new UsageError(command, `--${name} wants ${wanted}, not ${quoted(value)}.`);
  return {
    flag: (name) => values.get(name) === true,
    text,
    texts(name) {
      const value = values.get(name);
      return Array.isArray(value) ? value : [];
    },
    instant(name) {
      const value = text(name);
      if (value === null) return null;
      try {
        return parseInstant(value);
      } catch {
        throw wrong(name, value, "a time like 2026-03-08T06:00:00Z");
      }
    },
    month(name) {
      const value = text(name);
      if (value === null || isMonth(value)) return value;
      throw wrong(name, value, "a month like 2026-03");
    },
    count(name, least, most) {
      const value = text(name);
      if (value === null) return null;
      const count = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (count >= least && count <= most) return count;
      throw wrong(name, value, `a whole number from ${least} to ${most}`);
    },
    oneOf(name, choices) {
      const value = text(name);
      const choice = choices.find((known) => known === value);
      if (value === null || choice !== undefined) return choice ?? null;
      throw wrong(name, value, choices.length === 1 ? `${choices[0]}` : `one of ${choices.join(", ")}`);
    },
  };
}

type Values = ReadonlyMap<string, string | boolean | readonly string[]>;

function parse(
  command: string,
  kinds: Readonly<Record<string, OptionKind>>,
  argv: readonly string[],
): Values {
  const options: ParseArgsConfig["options"] = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === "flag" ? "boolean" : "string", multiple: kind === "texts" } as const,
    ]),
  );
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false });
    const given = new Map<string, string | boolean | readonly string[]>();
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue;
      const texts = Array.isArray(value) ? value.map(String) : value;
      if (texts === "" || (Array.isArray(texts) && texts.includes(""))) {
        throw new UsageError(command, `--${name} wants a value, and an empty one was given.`);
      }
      given.set(name, texts);
    }
    return given;
  } catch (error) {
    throw error instanceof UsageError ? error : usageError(command, kinds, error);
  }
}

/** What `parseArgs` found wrong, in our words; it marks its errors by codes. */
function usageError(
  command: string,
  kinds: Readonly<Record<string, OptionKind>>,
  error: unknown,
): UsageError {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const message = error instanceof Error ? error.message : "";
  const named = /'(?:-\w, )?(-{0,2}[^'\s=<]*)/.exec(message)?.[1] ?? "";
  switch (code) {
    case "ERR_PARSE_ARGS_UNKNOWN_OPTION":
      return new UsageError(
        command,
        `dapanoskop ${command} has no option ${quoted(named)}.${nearest(named, kinds)}`,
      );
    case "ERR_PARSE_ARGS_INVALID_OPTION_VALUE":
      return new UsageError(
        command,
        kinds[named.replace(/^-+/, "")] === "flag" ? `${named} takes no value.` : `${named} wants a value.`,
      );
    case "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL":
      return new UsageError(command, `dapanoskop ${command} does not know what to do with ${quoted(named)}.`);
    default:
      return new UsageError(command, message.split("\n")[0] ?? "");
  }
}

function nearest(named: string, kinds: Readonly<Record<string, OptionKind>>): string {
  const wanted = named.replace(/^-+/, "");
  const close = Object.keys(kinds).find(
    (name) =>
      wanted.length > 2 &&
      (name.startsWith(wanted) || wanted.startsWith(name) || name.endsWith(`-${wanted}`)),
  );
  return close === undefined ? "" : ` Did you mean --${close}?`;
}

const quoted = (text: string) => JSON.stringify(text.slice(0, 60));
