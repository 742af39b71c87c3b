/**
 * Arrow's writers keep their own types in a parquet file's footer, beside the file's. Ours would tell pyarrow, polars
 * and the like that a text is a dictionary, where the contract says `string`. So the hint is kept under a name that
 * only our reader looks for: it gets codes, everybody else plain text. Both names have 12 bytes; nothing moves.
 */
const ARROW = "ARROW:schema";
const OURS = "DAPANO:codes";

/** Hides the hint from outside readers, in place: the bytes are a file that was just written. */
export const hideHint = (file: Uint8Array): Uint8Array => rename(file, ARROW, OURS);

/** The same file with the hint where Arrow's reader finds it. */
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
