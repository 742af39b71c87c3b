import { readFile } from "node:fs/promises";
import type { CommandContext } from "./command-context.ts";
import { type Command, commands } from "./commands/index.ts";
import { InterruptedError, UsageError } from "./errors.ts";
import { exitCode } from "./exit-code.ts";

/** Runs a command line. Never throws: a failure becomes a sentence on the error stream and the exit code. */
export async function run(argv: readonly string[], context: CommandContext): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    // Loaded when needed: help and version start without it.
    const { errorSentence } = await import("./error-sentence.ts");
    if (error instanceof UsageError) {
      const help = error.command === null ? "dapanoskop help" : `dapanoskop help ${error.command}`;
      context.err.write(`${errorSentence(error)} See: ${help}\n`);
      return exitCode.usage;
    }
    if (error instanceof InterruptedError) {
      context.err.write("Interrupted. The data published before remains.\n");
      return exitCode.interrupted;
    }
    context.err.write(`${errorSentence(error)}\n`);
    return exitCode.failed;
  }
}

async function dispatch([first, ...rest]: readonly string[], context: CommandContext): Promise<number> {
  if (first === undefined || first === "--help" || first === "-h") return help(null, context);
  if (first === "help") return help(rest[0] ?? null, context);
  if (first === "--version" || first === "-V") return version(context);
  const command = commandNamed(first);
  if (rest.includes("--help") || rest.includes("-h")) return help(first, context);
  return command.run(rest, context);
}

async function help(name: string | null, context: CommandContext): Promise<number> {
  const { commandHelp, overview } = await import("./help.ts");
  const text =
    name === null
      ? overview(commands.map(({ definition }) => definition))
      : commandHelp(commandNamed(name).definition);
  context.out.write(text);
  return exitCode.done;
}

async function version(context: CommandContext): Promise<number> {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const { version: number } = JSON.parse(text) as { readonly version: string };
  context.out.write(`dapanoskop ${number}\n`);
  return exitCode.done;
}

function commandNamed(name: string): Command {
  const found = commands.find(({ definition }) => definition.name === name);
  if (found !== undefined) return found;
  const names = commands.map(({ definition }) => definition.name).join(", ");
  throw new UsageError(
    null,
    `There is no command ${JSON.stringify(name.slice(0, 60))}. The commands are ${names}.`,
  );
}
