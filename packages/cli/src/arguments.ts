import { type ParseArgsConfig, parseArgs } from "node:util";
import { isDay, isMonth, parseInstant } from "@dapanoskop/core/calendar";
import type { CommandDefinition } from "./commands/definitions.ts";
import { UsageError } from "./errors.ts";
import type { CommandOption, CommandOptions, CommandValues, WordArgument } from "./options/command-option.ts";

/**
 * The values of a command's options: as given, or their defaults.
 * @throws UsageError on an unknown option, a missing or wrong value, or a word that is no option
 */
export function readArguments<Options extends CommandOptions>(
  definition: Pick<CommandDefinition<Options>, "name" | "options">,
  argv: readonly string[],
): CommandValues<Options> {
  const given = parse(definition, argv);
  const values = Object.entries(definition.options).map(([name, option]) => [
    name,
    optionValue(definition.name, option, given.get(option.flag)),
  ]);
  return Object.fromEntries(values) as CommandValues<Options>;
}

/** What `parseArgs` returns for one option. */
type Given = string | boolean | readonly string[] | undefined;

function optionValue(command: string, option: CommandOption, given: Given): unknown {
  if (option.type === "switch") return given === true ? !option.default : option.default;
  if (option.type === "texts") return given ?? [];
  if (option.type === "word") return wordValue(command, option, given);
  if (typeof given !== "string") return "default" in option ? option.default : null;
  const wrong = (expected: string) =>
    new UsageError(command, `--${option.flag} must be ${expected}, not ${quoted(given)}.`);
  switch (option.type) {
    case "text":
      return given;
    case "choice":
      if (option.choices.includes(given)) return given;
      throw wrong(`one of ${option.choices.join(", ")}`);
    case "instant":
      try {
        return parseInstant(given);
      } catch {
        throw wrong("a time like 2026-03-08T06:00:00Z");
      }
    case "day":
      if (isDay(given)) return given;
      throw wrong("a day like 2026-03-08");
    case "month":
      if (isMonth(given)) return given;
      throw wrong("a month like 2026-03");
    case "count": {
      const [least, most] = option.between;
      const count = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      if (count >= least && count <= most) return count;
      throw wrong(`a whole number from ${least} to ${most}`);
    }
  }
}

function wordValue(
  command: string,
  { valueName, choices, description, absent }: WordArgument,
  given: Given,
): string | null {
  if (typeof given !== "string") {
    if (absent !== undefined) return null;
    throw new UsageError(command, `dapanoskop ${command} needs ${valueName}: ${description}`);
  }
  if (choices === undefined || choices.includes(given)) return given;
  throw new UsageError(command, `${valueName} must be ${choices.join(" or ")}, not ${quoted(given)}.`);
}

function parse(
  { name: command, options }: Pick<CommandDefinition, "name" | "options">,
  argv: readonly string[],
): ReadonlyMap<string, Given> {
  const flags: ParseArgsConfig["options"] = Object.fromEntries(
    flaggedOptions(options).map(({ flag, short, type }) => [
      flag,
      {
        type: type === "switch" ? "boolean" : "string",
        multiple: type === "texts",
        ...(short === undefined ? {} : { short }),
      } as const,
    ]),
  );
  try {
    const words = Object.values(options).filter(({ type }) => type === "word");
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: flags,
      strict: true,
      allowPositionals: words.length > 0,
    });
    const surplus = positionals[words.length];
    if (surplus !== undefined) {
      throw new UsageError(command, `dapanoskop ${command} takes no argument ${quoted(surplus)}.`);
    }
    const given = new Map<string, Given>(words.map(({ flag }, at) => [flag, positionals[at]]));
    for (const [flag, value] of Object.entries(values)) {
      const text = Array.isArray(value) ? value.map(String) : value;
      if (text === "" || (Array.isArray(text) && text.includes(""))) {
        throw new UsageError(command, `--${flag} needs a value, and an empty one was given.`);
      }
      given.set(flag, text);
    }
    return given;
  } catch (error) {
    throw error instanceof UsageError ? error : usageError(command, options, error);
  }
}

/** The error of `parseArgs` in our words; it marks its errors by codes. */
function usageError(command: string, options: CommandOptions, error: unknown): UsageError {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const message = error instanceof Error ? error.message : "";
  const named = /'(?:-\w, )?(-{0,2}[^'\s=<]*)/.exec(message)?.[1] ?? "";
  const flag = named.replace(/^-+/, "");
  switch (code) {
    case "ERR_PARSE_ARGS_UNKNOWN_OPTION":
      return new UsageError(
        command,
        `dapanoskop ${command} has no option ${quoted(named)}.${suggestion(flag, options)}`,
      );
    case "ERR_PARSE_ARGS_INVALID_OPTION_VALUE": {
      const isSwitch = Object.values(options).some((one) => one.flag === flag && one.type === "switch");
      if (isSwitch) return new UsageError(command, `${named} takes no value.`);
      const isDashed = message.includes("ambiguous");
      const form = isDashed ? ` One that begins with a hyphen is written ${named}=VALUE.` : "";
      return new UsageError(command, `${named} needs a value.${form}`);
    }
    case "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL":
      return new UsageError(command, `dapanoskop ${command} takes no argument ${quoted(named)}.`);
    default:
      return new UsageError(command, message.split("\n")[0] ?? "");
  }
}

const flaggedOptions = (options: CommandOptions) =>
  Object.values(options).filter(({ type }) => type !== "word");

function suggestion(wanted: string, options: CommandOptions): string {
  const close = flaggedOptions(options).find(
    ({ flag }) =>
      wanted.length > 2 &&
      (flag.startsWith(wanted) ||
        wanted.startsWith(flag) ||
        flag.endsWith(`-${wanted}`) ||
        areOneEditApart(flag, wanted)),
  );
  return close === undefined ? "" : ` Did you mean --${close.flag}?`;
}

/** Whether one text is the other with one character more, less or changed, or two neighbours exchanged. */
function areOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
}

const quoted = (text: string) => JSON.stringify(text.slice(0, 60));
