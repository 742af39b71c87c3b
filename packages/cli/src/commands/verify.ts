import { visible } from "@dapanoskop/core/text";
import { verifyPublished } from "@dapanoskop/dataset";
import type { CommandValues } from "../options/command-option.ts";
import { progressOn } from "../progress.ts";
import { nothingPublished } from "../published.ts";
import { openStore } from "../store.ts";
import { CommandError, exitCode, type World } from "../world.ts";
import type { verifyDefinition } from "./definitions.ts";

/** `dapanoskop verify`: reads everything published again, and proves it. */
export async function verify(
  { store: place }: CommandValues<typeof verifyDefinition.options>,
  world: World,
): Promise<number> {
  const store = await openStore(place);
  const { loadParquetCodec } = await import("@dapanoskop/local/parquet");
  const progress = progressOn(world);
  const verification = await verifyPublished(store, await loadParquetCodec(), (text) =>
    progress.update(text),
  );
  progress.done();
  if (verification === null) throw new CommandError(nothingPublished(store.place));
  const { months, files, bytes, rows, sums, faults } = verification;
  world.out.write(
    `Checked in ${store.place}: ${counted(months, "month")}, ${counted(files, "file")} of ${bytes} bytes, ` +
      `${counted(rows, "parquet row")}, ${counted(sums, "sum")}.\n`,
  );
  for (const fault of faults) world.out.write(`✗ ${visible(fault, 1_000)}\n`);
  world.out.write(
    faults.length === 0
      ? "Everything is as it was published, and adds up.\n"
      : `${counted(faults.length, "fault")}.\n`,
  );
  return faults.length === 0 ? exitCode.done : exitCode.failed;
}

const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? "" : "s"}`;
