import { readFile } from "node:fs/promises";
import type { CommandContext } from "./command-context.ts";
import { commandIn } from "./command-words.ts";
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

async function dispatch(argv: readonly string[], context: CommandContext): Promise<number> {
  const [first, ...others] = argv;
  if (first === undefined || first === "--help" || first === "-h") return help([], context);
  if (first === "help") return help(others, context);
  if (first === "--version" || first === "-V") return version(context);
  const found = commandIn(argv, commands);
  if (found.kind === "group" || found.rest.includes("--help") || found.rest.includes("-h")) {
    return help(argv, context);
  }
  return found.command.run(found.rest, context);
}

/** Help about a command or a group of commands by its words, about the whole program without words. */
async function help(words: readonly string[], context: CommandContext): Promise<number> {
  const { commandHelp, groupHelp, overview } = await import("./help.ts");
  const found = words.length === 0 ? null : commandIn(words, commands);
  const definitions = (of: readonly Command[]) => of.map(({ definition }) => definition);
  const text =
    found === null
      ? overview(definitions(commands))
      : found.kind === "group"
        ? groupHelp(found.name, definitions(found.commands))
        : commandHelp(found.command.definition);
  context.out.write(text);
  return exitCode.done;
}

async function version(context: CommandContext): Promise<number> {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const { version: number } = JSON.parse(text) as { readonly version: string };
  context.out.write(`dapanoskop ${number}\n`);
  return exitCode.done;
}
