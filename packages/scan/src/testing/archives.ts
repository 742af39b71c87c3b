import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";

/** An entry of an archive; a file without a type. */
export interface ArchiveEntry {
  readonly name: string;
  readonly text?: string;
  readonly type?: Header["type"];
  readonly linkname?: string;
}

/** A `.tar.gz` of entries. */
export async function archiveOf(entries: readonly ArchiveEntry[]): Promise<Uint8Array> {
  const archive = pack();
  for (const { name, text = "", type = "file", linkname } of entries) {
    archive.entry({ name, type, ...(linkname === undefined ? {} : { linkname }) }, text);
  }
  archive.finalize();
  return gzipSync(await buffer(archive as unknown as NodeJS.ReadableStream));
}

/** Bytes in chunks, as a network delivers them. */
export async function* inChunks(bytes: Uint8Array, size = 1_000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
