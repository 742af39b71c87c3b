import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { INDEX_KEY, verifyPublished } from "@dapanoskop/core/artifacts";
import { visible } from "@dapanoskop/core/report";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { readArguments } from "../arguments.ts";
import { progressOn } from "../progress.ts";
import { nothingPublished } from "../published.ts";
import { openStore, USUAL_STORE } from "../store.ts";
import { CommandError, exitCode, type World } from "../world.ts";

/** `dapanoskop verify`: reads everything published again, and proves it. */
export async function verify(argv: readonly string[], world: World): Promise<number> {
  const given = readArguments("verify", { store: "text" }, argv);
  const folder = given.text("store") ?? USUAL_STORE;
  const store = await openStore(folder);
  const { loadParquetCodec } = await import("@dapanoskop/local/parquet");
  const progress = progressOn(world);
  const verification = await verifyPublished(store, await loadParquetCodec(), (text) =>
    progress.update(text),
  );
  progress.done();
  if (verification === null) throw new CommandError(nothingPublished(store.place));
  const { months, files, bytes, rows, sums } = verification;
  const faults = [...verification.faults, ...(await plainIndexFaults(folder, store))];
  world.out.write(
    `Checked in ${store.place}: ${months} months, ${files} files of ${bytes} bytes, ${rows} parquet rows, ${sums} sums.\n`,
  );
  for (const fault of faults) world.out.write(`✗ ${visible(fault, 1_000)}\n`);
  world.out.write(
    faults.length === 0 ? "Everything is as it was published, and adds up.\n" : `${faults.length} faults.\n`,
  );
  return faults.length === 0 ? exitCode.done : exitCode.failed;
}

/**
 * In a folder the pointer stands twice: the newest generation under `_index/`, which the store reads, and a plain copy
 * for everybody else. No hash vouches for either, so each vouches for the other.
 */
async function plainIndexFaults(folder: string, store: ArtifactStore): Promise<readonly string[]> {
  const pointer = await store.get(INDEX_KEY);
  const plain = await readFile(join(folder, INDEX_KEY)).catch(() => null);
  if (pointer === null || (plain !== null && Buffer.compare(plain, pointer.body) === 0)) return [];
  return [
    `${INDEX_KEY} is not the newest generation under _index/: one of the two was changed, or a run was ended before it ` +
      "copied it. The next collect writes the copy again.",
  ];
}
