/**
 * Arrow's writers keep their own types in a parquet file's footer, beside the file's. With ours, pyarrow, polars
 * and similar readers would return a dictionary where the contract says `string`. So the hint has a name that only our
 * reader looks for: it gets codes, every other reader plain text. Both names have 12 bytes, so no offset changes.
 */
const ARROW = "ARROW:schema";
const OURS = "DAPANO:codes";

/** Renames the hint so that outside readers do not find it; changes the given bytes of a file that was just written. */
export const hideHint = (file: Uint8Array): Uint8Array => rename(file, ARROW, OURS);

/** A copy of the file with the hint under the name that Arrow's reader looks for. */
export const showHint = (file: Uint8Array): Uint8Array => rename(new Uint8Array(file), OURS, ARROW);

/** A parquet file ends with its footer, the footer's length in four bytes, and `PAR1`. */
function rename(file: Uint8Array, from: string, to: string): Uint8Array {
  if (file.length < 12) return file;
  const length = new DataView(file.buffer, file.byteOffset + file.length - 8, 4).getUint32(0, true);
  const start = Math.max(0, file.length - 8 - length);
  const at = indexOf(file, new TextEncoder().encode(from), start);
  if (at !== null) file.set(new TextEncoder().encode(to), at);
  return file;
}

function indexOf(file: Uint8Array, name: Uint8Array, start: number): number | null {
  const [first = 0] = name;
  for (let at = file.indexOf(first, start); at !== -1; at = file.indexOf(first, at + 1)) {
    if (name.every((byte, offset) => file[at + offset] === byte)) return at;
  }
  return null;
}
