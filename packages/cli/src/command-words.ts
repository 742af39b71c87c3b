import type { CommandDefinition } from "./commands/definitions.ts";
import { UsageError } from "./errors.ts";

interface NamedCommand {
  readonly definition: Pick<CommandDefinition, "name">;
}

/** What the words of a command line, or of `help`, stand for. */
export type WordsOf<Command extends NamedCommand> =
  | { readonly kind: "command"; readonly command: Command; readonly rest: readonly string[] }
  | {
      /** The first word that several commands share, like `report`, without a command or with `--help`. */
      readonly kind: "group";
      readonly name: string;
      readonly commands: readonly Command[];
    };

/**
 * Finds the command that a command line names. A command has one word, or two when it belongs to a group: `report html`.
 * @throws UsageError when no command has this name
 */
export function commandIn<Command extends NamedCommand>(
  [first = "", ...rest]: readonly string[],
  commands: readonly Command[],
): WordsOf<Command> {
  const named = (name: string) => commands.find(({ definition }) => definition.name === name);
  const command = named(first);
  if (command !== undefined) return { kind: "command", command, rest };
  const group = commands.filter(({ definition }) => definition.name.startsWith(`${first} `));
  if (first === "" || group.length === 0) throw unknown(null, first, commands);
  const [second, ...others] = rest;
  if (second === undefined || second.startsWith("-")) return { kind: "group", name: first, commands: group };
  const member = named(`${first} ${second}`);
  if (member === undefined) throw unknown(first, second, group);
  return { kind: "command", command: member, rest: others };
}

function unknown(group: string | null, word: string, commands: readonly NamedCommand[]): UsageError {
  const first = commands.map(({ definition }) => definition.name.split(" ")[group === null ? 0 : 1]);
  const names = [...new Set(first)].join(", ");
  const quoted = JSON.stringify(word.slice(0, 60));
  return new UsageError(
    group,
    group === null
      ? `There is no command ${quoted}. The commands are ${names}.`
      : `dapanoskop ${group} has no command ${quoted}. Its commands are ${names}.`,
  );
}
