import { buffer } from "node:stream/consumers";
import { gzipSync } from "fflate";
import { pack } from "tar-stream";

/** The file name of a release of the module. */
export const archiveName = (version: string) => `${folderName(version)}.tar.gz`;

/** The one folder in the archive of a release. */
export const folderName = (version: string) => `dapanoskop-module-${version}`;

/**
 * A gzipped tar whose bytes depend on the names and bytes of its files alone: files are sorted by name, belong to user 0,
 * are readable by all, and carry no time. The gzip is fflate's, so no system library changes its bytes.
 */
export async function tarGz(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const tar = pack();
  for (const [name, body] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    tar.entry({ name, mode: 0o644, mtime: new Date(0) }, Buffer.from(body));
  }
  tar.finalize();
  return gzipSync(await buffer(tar), { level: 9, mtime: 0 });
}
