import type { CommandValues } from "../options/command-option.ts";
import { listen, USUAL_PORT } from "../server/listen.ts";
import { openStore } from "../store.ts";
import { exitCode, untilInterrupted, type World } from "../world.ts";
import type { serveDefinition } from "./definitions.ts";

/** `dapanoskop serve`: the report and the published files, to this machine only, until somebody ends it. */
export async function serve(
  { store: place, port }: CommandValues<typeof serveDefinition.options>,
  world: World,
): Promise<number> {
  const store = await openStore(place);
  const serving = await listen(store, port);
  if (port === null && serving.port !== USUAL_PORT) {
    world.err.write(`Port ${USUAL_PORT} is taken, so ${serving.port} is used.\n`);
  }
  world.err.write(`Serving ${store.place} to this machine only; Ctrl-C ends it.\n`);
  world.out.write(`${serving.url}\n`);
  await untilInterrupted(world);
  await serving.close();
  return exitCode.done;
}
