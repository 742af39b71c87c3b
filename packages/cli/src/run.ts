import { readFile } from "node:fs/promises";
import { UsageError } from "./arguments.ts";
import { type Command, commands } from "./commands/index.ts";
import { exitCode, Interrupted, type World } from "./world.ts";

/** Runs a command line. Never throws: a failure becomes a sentence on the error stream and the exit code. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  try {
    return await dispatch(argv, world);
  } catch (error) {
    // Loaded when needed: help and version start without it.
    const { explain } = await import("./explain.ts");
    if (error instanceof UsageError) {
      const help = error.command === null ? "dapanoskop help" : `dapanoskop help ${error.command}`;
      world.err.write(`${explain(error)} See: ${help}\n`);
      return exitCode.usage;
    }
    if (error instanceof Interrupted) {
      world.err.write("Interrupted: what was published before stands as it was.\n");
      return exitCode.interrupted;
    }
    world.err.write(`${explain(error)}\n`);
    return exitCode.failed;
  }
}

async function dispatch([first, ...rest]: readonly string[], world: World): Promise<number> {
  if (first === undefined || first === "--help" || first === "-h") return help(null, world);
  if (first === "help") return help(rest[0] ?? null, world);
  if (first === "--version" || first === "-V") return version(world);
  const command = commandNamed(first);
  if (rest.includes("--help") || rest.includes("-h")) return help(first, world);
  return command.run(rest, world);
}

async function help(name: string | null, world: World): Promise<number> {
  const { commandHelp, overview } = await import("./help.ts");
  const text =
    name === null
      ? overview(commands.map(({ definition }) => definition))
      : commandHelp(commandNamed(name).definition);
  world.out.write(text);
  return exitCode.done;
}

async function version(world: World): Promise<number> {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const described: unknown = JSON.parse(text);
  const number =
    typeof described === "object" && described !== null ? Reflect.get(described, "version") : null;
  world.out.write(`dapanoskop ${String(number)}\n`);
  return exitCode.done;
}

function commandNamed(name: string): Command {
  const found = commands.find(({ definition }) => definition.name === name);
  if (found !== undefined) return found;
  const names = commands.map(({ definition }) => definition.name).join(", ");
  throw new UsageError(null, `There is no command ${JSON.stringify(name.slice(0, 60))}: there are ${names}.`);
}
