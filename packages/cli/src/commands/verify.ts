import { counted, visible } from "@dapanoskop/core/text";
import { verifyPublished } from "@dapanoskop/dataset";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { progressTo } from "../progress.ts";
import { nothingPublished } from "../published-month.ts";
import { openStore } from "../store.ts";
import type { verifyDefinition } from "./definitions.ts";

/** `dapanoskop verify`: reads all published files again and checks every hash and every sum. */
export async function verify(
  { store: place }: CommandValues<typeof verifyDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const store = await openStore(place);
  const { loadParquetCodec } = await import("@dapanoskop/local/parquet");
  const progress = progressTo(context.err);
  const verification = await verifyPublished(store, await loadParquetCodec(), (text) =>
    progress.update(text),
  );
  progress.done();
  if (verification === null) throw new CommandError(nothingPublished(store.place));
  const { months, files, bytes, rows, sums, faults } = verification;
  context.out.write(
    `Checked in ${store.place}: ${counted(months, "month")}, ${counted(files, "file")} of ${bytes} bytes, ` +
      `${counted(rows, "parquet row")}, ${counted(sums, "sum")}.\n`,
  );
  for (const fault of faults) context.out.write(`✗ ${visible(fault, 1_000)}\n`);
  context.out.write(
    faults.length === 0
      ? "Everything is as it was published, and adds up.\n"
      : `${counted(faults.length, "fault")}.\n`,
  );
  return faults.length === 0 ? exitCode.done : exitCode.failed;
}
