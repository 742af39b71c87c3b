import type { Month } from "@dapanoskop/core/calendar";
import { type IndexDocument, indexSchema, type SnapshotFile } from "../documents/index-document.ts";
import { ArtifactError, parseDocument } from "../documents/parse.ts";
import { INDEX_KEY } from "../keys/file-kinds.ts";
import { parseKey } from "../keys/key.ts";

/**
 * Parses `index.json` and checks every name in it: anybody who can write the store may have changed it.
 * @throws ArtifactError `corrupt` or `newer-schema`
 */
export function parseIndex(bytes: Uint8Array): IndexDocument {
  const index = parseDocument(indexSchema, INDEX_KEY, bytes);
  const months = Object.keys(index.snapshot).sort().reverse();
  if (months.join() !== index.periods.join()) {
    throw corrupt("its periods are not the months that it has snapshots of, newest first");
  }
  for (const [month, { run_id, files }] of Object.entries(index.snapshot)) {
    for (const file of Object.keys(files)) namedFile(index, month, file, run_id);
  }
  for (const file of Object.keys(index.shared)) namedFile(index, null, file);
  return index;
}

/**
 * What the index says about a file of a month, or of all months (`month` is `null`). `null` when it names no such file.
 * @param run the run that must have staged the file; any run by default
 * @throws ArtifactError `corrupt` when the key is not the key of such a file of a run
 */
export function namedFile(
  index: IndexDocument,
  month: Month | null,
  file: string,
  run?: string,
): SnapshotFile | null {
  const files = month === null ? index.shared : own(index.snapshot, month)?.files;
  const named = own(files, file);
  if (named === undefined) return null;
  const parsed = parseKey(named.key);
  const isOfRun = parsed !== null && parsed.run !== null && (run === undefined || parsed.run === run);
  if (isOfRun && parsed.file === file && parsed.month === month) return named;
  const quoted = (text: string) => JSON.stringify(text.slice(0, 80));
  throw corrupt(
    `${quoted(named.key)} is not the key of a run's file ${quoted(file)} of ${month ?? "all months"}`,
  );
}

const corrupt = (why: string) =>
  new ArtifactError("corrupt", INDEX_KEY, `${INDEX_KEY} is not as published: ${why}.`);

function own<Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
