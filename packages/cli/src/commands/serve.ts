import { readArguments } from "../arguments.ts";
import { listen, USUAL_PORT } from "../server/listen.ts";
import { openStore, USUAL_STORE } from "../store.ts";
import { exitCode, untilInterrupted, type World } from "../world.ts";

/** `dapanoskop serve`: the report and the published files, to this machine only, until somebody ends it. */
export async function serve(argv: readonly string[], world: World): Promise<number> {
  const given = readArguments("serve", { store: "text", port: "text" }, argv);
  const port = given.count("port", 0, 65_535);
  const store = await openStore(given.text("store") ?? USUAL_STORE);
  const serving = await listen(store, port, world);
  if (port === null && serving.port !== USUAL_PORT) {
    world.err.write(`Port ${USUAL_PORT} is taken, so ${serving.port} is used.\n`);
  }
  world.err.write(`Serving ${store.place} to this machine only; Ctrl-C ends it.\n`);
  world.out.write(`${serving.url}\n`);
  await untilInterrupted(world);
  await serving.close();
  return exitCode.done;
}
