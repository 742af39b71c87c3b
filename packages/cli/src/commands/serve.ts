import type { CommandContext } from "../command-context.ts";
import { exitCode } from "../exit-code.ts";
import { untilInterrupted } from "../interruption.ts";
import type { CommandValues } from "../options/command-option.ts";
import { DEFAULT_PORT } from "../options/shared-options.ts";
import { listen } from "../server/listen.ts";
import { localApi } from "../server/local-api.ts";
import { openPlanStorage, openStore } from "../store.ts";
import type { serveDefinition } from "./definitions.ts";

/** `dapanoskop serve`: serves the page and the published files to this machine only, until Ctrl-C. */
export async function serve(
  { store: place, port, state }: CommandValues<typeof serveDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const store = await openStore(place);
  const storage = await openPlanStorage(state);
  const { runtime, err } = context;
  const serving = await listen(store, port, localApi({ ...storage, store, bill: null, runtime, err }));
  if (port === null && serving.port !== DEFAULT_PORT) {
    context.err.write(`Port ${DEFAULT_PORT} is in use, so the port is ${serving.port}.\n`);
  }
  context.err.write(`Serving ${store.place} to this machine only; Ctrl-C ends it.\n`);
  context.out.write(`${serving.url}\n`);
  await untilInterrupted(context);
  await serving.close();
  return exitCode.done;
}
