import type { Instant } from "@dapanoskop/core/calendar";
import { billSource, type CostSource } from "@dapanoskop/core/source";
import type { CommandContext } from "../command-context.ts";
import { billFileSource, givenBillFile, type OpenedSource } from "../cost-sources.ts";
import { UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import { untilInterrupted } from "../interruption.ts";
import type { CommandValues } from "../options/command-option.ts";
import { portError } from "../port-error.ts";
import { progressTo } from "../progress.ts";
import type { emulateDefinition } from "./definitions.ts";

type EmulateValues = CommandValues<typeof emulateDefinition.options>;

/** `dapanoskop emulate`: runs a Cost Explorer on this machine, until Ctrl-C. */
export async function emulate(values: EmulateValues, context: CommandContext): Promise<number> {
  const { pageSize } = values;
  const at = values.at ?? context.runtime.clock.now();
  const port = values.port ?? 0;
  const historyMonths = values.history === "38" ? 38 : 14;
  const { parseFault, startEmulator } = await import("@dapanoskop/emulator");
  const faults = values.fault.map((text) => faultOf(text, parseFault));
  const { source, close } = await billOf(values, at, context);
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
    context.err.write(
      "This Cost Explorer answers to this machine only; Ctrl-C ends it. Set AWS_ENDPOINT_URL for an AWS client, with any keys:\n" +
        `  AWS_ENDPOINT_URL=${emulator.url} AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any dapanoskop collect --at ${at}\n`,
    );
    context.out.write(`${emulator.url}\n`);
    await untilInterrupted(context);
    await emulator.close();
    return exitCode.done;
  } finally {
    await close();
  }
}

async function billOf(values: EmulateValues, at: Instant, context: CommandContext): Promise<OpenedSource> {
  const file = givenBillFile("emulate", values);
  const progress = progressTo(context.err);
  try {
    if (file !== null) return await billFileSource(file, { at, config: null }, progress, context);
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
