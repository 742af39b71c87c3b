import { readFile } from "node:fs/promises";
import { UsageError } from "./arguments.ts";
import { helpOf, overview } from "./help.ts";
import { exitCode, Interrupted, type World } from "./world.ts";

type Command = (argv: readonly string[], world: World) => Promise<number>;

// Each command brings along only what it needs: `show` loads no SDK, and only a file's bill loads DuckDB.
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["demo", async () => (await import("./commands/demo.ts")).demo],
  ["collect", async () => (await import("./commands/collect.ts")).collect],
  ["show", async () => (await import("./commands/show.ts")).show],
  ["serve", async () => (await import("./commands/serve.ts")).serve],
  ["emulate", async () => (await import("./commands/emulate.ts")).emulate],
  ["verify", async () => (await import("./commands/verify.ts")).verify],
]);

/** Runs a command line. Never throws: what fails is told as a sentence, and as the exit code. */
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
  const load = commands.get(first);
  if (load === undefined) throw unknownCommand(first);
  if (rest.includes("--help") || rest.includes("-h")) return help(first, world);
  const command = await load();
  return command(rest, world);
}

function help(command: string | null, world: World): number {
  const text = command === null ? overview : helpOf.get(command);
  if (text === undefined) throw unknownCommand(command ?? "");
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

const unknownCommand = (word: string) =>
  new UsageError(
    null,
    `There is no command ${JSON.stringify(word.slice(0, 60))}: there are ${[...commands.keys()].join(", ")}.`,
  );
