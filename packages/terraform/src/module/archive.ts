import { gzipSync } from "fflate";

/** The file name of a release of the module. */
export const archiveName = (version: string) => `${folderName(version)}.tar.gz`;

/** The one folder in the archive of a release. */
export const folderName = (version: string) => `dapanoskop-module-${version}`;

/**
 * A gzipped tar whose bytes depend on the names and bytes of its files alone: files are sorted by name, belong to user 0,
 * are readable by all, and carry no time. The gzip is fflate's, so no system library changes its bytes.
 * @throws RangeError for a name that is too long for a tar header: more than 100 bytes, beside a folder of 155
 */
export function tarGz(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const names = [...files.keys()].sort();
  const blocks = names.flatMap((name) => {
    const body = files.get(name) ?? new Uint8Array();
    return [header(name, body.byteLength), body, new Uint8Array(-body.byteLength & (BLOCK - 1))];
  });
  return gzipSync(Buffer.concat([...blocks, new Uint8Array(2 * BLOCK)]), { level: 9, mtime: 0 });
}

const BLOCK = 512;

/** A header of the POSIX format `ustar`. */
function header(path: string, size: number): Uint8Array {
  const [prefix, name] = splitName(path);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, "0")}\0`;
  block.write(name, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  // The checksum counts its own field as spaces.
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  block.write(prefix, 345);
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/** The folder and the name of a header: at most 155 and 100 bytes. */
function splitName(path: string): readonly [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= 100) return ["", path];
  const cuts = [...path.matchAll(/\//g)].map(({ index }) => index);
  const cut = cuts.find((at) => Buffer.byteLength(path.slice(at + 1)) <= 100);
  if (cut === undefined || Buffer.byteLength(path.slice(0, cut)) > 155) {
    throw new RangeError(`${path} is too long for a tar header.`);
  }
  return [path.slice(0, cut), path.slice(cut + 1)];
}
