import { messageOf, renderJson, renderText } from "@dapanoskop/dataset/report";
import { readArguments } from "../arguments.ts";
import { nothingPublished, readPublished } from "../published.ts";
import { openStore, USUAL_STORE } from "../store.ts";
import { CommandError, exitCode, type World } from "../world.ts";

/** `dapanoskop show`: the report of a published month, in the terminal or for a program. */
export async function show(argv: readonly string[], world: World): Promise<number> {
  const given = readArguments("show", { store: "text", period: "text", json: "flag" }, argv);
  const period = given.month("period");
  const store = await openStore(given.text("store") ?? USUAL_STORE);
  const published = await readPublished(store, period);
  if (published === null) throw new CommandError(nothingPublished(store.place));
  const message = messageOf(published, world.now());
  const { isTerminal, columns } = world.out;
  world.out.write(
    given.flag("json") ? renderJson(message) : renderText(message, { columns, ansi: isTerminal }),
  );
  return exitCode.done;
}
