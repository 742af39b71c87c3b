import type { Month } from "@dapanoskop/core/calendar";
import { type ArtifactStore, StoreError, sha256Hex } from "@dapanoskop/core/store";
import type { IndexDocument, SnapshotFile } from "../documents/index-document.ts";
import type { Summary } from "../documents/summary.ts";
import { parseKey } from "../keys/key.ts";
import type { ParquetCodec } from "../parquet/parquet-codec.ts";
import type { PublishedFiles } from "../verify/checked-files.ts";
import { type DatasetReader, datasetReader } from "./dataset-reader.ts";
import { namedFile } from "./named-file.ts";

/** The published dataset in a store. Every file is checked by its SHA-256. */
export const storeReader = (store: ArtifactStore, parquet: ParquetCodec | null = null): DatasetReader =>
  datasetReader({
    bytes: (named) => readNamedFile(store, named),
    async parquet() {
      if (parquet === null) throw new TypeError("This reader was made without a parquet codec.");
      return parquet;
    },
  });

/** The summary of a month, where the index names one. @throws StoreError, ArtifactError when it is not as published */
export const readSummary = (
  store: ArtifactStore,
  index: IndexDocument,
  month: Month,
): Promise<Summary | null> => storeReader(store).summary(index, month);

/**
 * The file of a month that the index names, checked by its SHA-256. `null` when the index names no such file.
 * @throws StoreError `corrupt`, naming the key, when it is missing or is not what was published
 */
export async function readSnapshotFile(
  store: ArtifactStore,
  index: IndexDocument,
  period: Month,
  file: string,
): Promise<Uint8Array | null> {
  const named = namedFile(index, period, file);
  return named === null ? null : readNamedFile(store, named);
}

/** A file about all months that the index names (`trend.json`), checked like a month's. */
export async function readShared(
  store: ArtifactStore,
  index: IndexDocument,
  file: string,
): Promise<Uint8Array | null> {
  const named = namedFile(index, null, file);
  return named === null ? null : readNamedFile(store, named);
}

/** A file as the index names it. @throws StoreError `corrupt` when it is missing or has another SHA-256 */
export async function readNamedFile(
  store: Pick<PublishedFiles, "place" | "get">,
  named: SnapshotFile,
): Promise<Uint8Array> {
  const found = await store.get(named.key);
  if (found === null) throw damaged(store, named.key, "is missing");
  if ((await sha256Hex(found.body)) !== named.sha256) {
    throw damaged(store, named.key, "is not what was published (another SHA-256)");
  }
  return found.body;
}

function damaged(store: Pick<PublishedFiles, "place">, key: string, what: string): StoreError {
  const month = parseKey(key)?.month ?? null;
  const again =
    month === null ? "run dapanoskop collect, which writes it again" : `collect ${month} again with --force`;
  return new StoreError(
    "corrupt",
    key,
    `${key} in ${store.place} ${what}. Restore it from a copy, or ${again}.`,
  );
}
