import type { Instant } from "@dapanoskop/core/calendar";
import { billSource, type CostSource } from "@dapanoskop/core/source";
import { UsageError } from "../arguments.ts";
import type { CommandValues } from "../options/command-option.ts";
import { progressOn } from "../progress.ts";
import { billFile, fileSource, type Source } from "../sources.ts";
import { CommandError, exitCode, untilInterrupted, type World } from "../world.ts";
import type { emulateDefinition } from "./definitions.ts";

type EmulateValues = CommandValues<typeof emulateDefinition.options>;

/** `dapanoskop emulate`: a Cost Explorer on this machine, until somebody ends it. */
export async function emulate(values: EmulateValues, world: World): Promise<number> {
  const { pageSize } = values;
  const at = values.at ?? world.now();
  const port = values.port ?? 0;
  const historyMonths = values.history === "38" ? 38 : 14;
  const { parseFault, startEmulator } = await import("@dapanoskop/emulator");
  const faults = values.fault.map((text) => faultOf(text, parseFault));
  const { source, close } = await billOf(values, at, world);
  try {
    const emulator = await startEmulator({
      source,
      at,
      port,
      historyMonths,
      faults,
      ...(pageSize === null ? {} : { pageSize }),
    }).catch((cause: unknown) => {
      throw portError(port, cause);
    });
    world.err.write(
      "A Cost Explorer for this machine only; Ctrl-C ends it. Point an AWS client to it by AWS_ENDPOINT_URL, with any keys:\n" +
        `  AWS_ENDPOINT_URL=${emulator.url} AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any dapanoskop collect --at ${at}\n`,
    );
    world.out.write(`${emulator.url}\n`);
    await untilInterrupted(world);
    await emulator.close();
    return exitCode.done;
  } finally {
    await close();
  }
}

async function billOf(values: EmulateValues, at: Instant, world: World): Promise<Source> {
  const file = billFile("emulate", values);
  const progress = progressOn(world);
  try {
    if (file !== null) return await fileSource(file, { at, config: null }, progress, world);
    progress.update("Writing the bill of a made-up company");
    const { demoCompany } = await import("@dapanoskop/emulator");
    const source: CostSource = billSource(demoCompany({ at }), { at });
    return { source, close: async () => {} };
  } finally {
    progress.done();
  }
}

function faultOf<Fault>(text: string, parse: (text: string) => Fault): Fault {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError("emulate", error instanceof Error ? error.message : String(error));
  }
}

function portError(port: number, cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : "";
  if (code !== "EADDRINUSE" && code !== "EACCES") return cause;
  const why = code === "EADDRINUSE" ? "is taken by another program" : "may not be used";
  return new CommandError(
    `Port ${port} ${why}. Choose another with --port, or leave it out to get a free one.`,
    { cause },
  );
}
