import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { quoted } from "@dapanoskop/core/text";
import { billFileError, messageOf } from "./bill-file-error.ts";
import type { BillFilePath } from "./bill-file-path.ts";

export type Encoding = "csv" | "csv.gz" | "parquet";

const FIRST_BYTES = 4096;

/** A header begins with names of columns; later a tag may contain any character. */
const HEADER_BYTES = 64;

/**
 * The encoding of a file, by its first bytes. Its name does not matter.
 * @throws CostSourceError when it cannot be a bill: empty, compressed in another way, a page, a picture
 */
export async function encodingOf(file: BillFilePath): Promise<Encoding> {
  const { path } = file;
  const bytes = await firstBytes(file, FIRST_BYTES);
  if (bytes.length === 0) throw billFileError(`${path} is empty. Download it again.`);
  const head = bytes.toString("latin1");
  if (head.startsWith("PAR1")) return "parquet";
  if (head.startsWith("\x1f\x8b")) return "csv.gz";
  const other = otherKinds.find(([begins]) => begins.test(head));
  if (other !== undefined) throw billFileError(`${path} is ${other[1]}.`);
  if (head.slice(0, HEADER_BYTES).includes("\0"))
    throw billFileError(`${path} contains binary data: ${EXPECTED}.`);
  return "csv";
}

const EXPECTED = "a bill is CSV (also gzipped) or Parquet";

const otherKinds: readonly (readonly [RegExp, string])[] = [
  [/^PK\x03\x04/, "a zip archive: unpack it and use the CSV inside"],
  [/^\x28\xb5\x2f\xfd/, "packed with zstd: unpack it and use the CSV inside"],
  [/^BZh/, "packed with bzip2: unpack it and use the CSV inside"],
  [/^(\xff\xfe|\xfe\xff)/, "UTF-16 text: save it as UTF-8"],
  [/^(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|\w+)/i, `a page of HTML or XML, not a bill: ${EXPECTED}`],
  [/^(\xef\xbb\xbf)?\s*[{[]/, `JSON, not a bill: ${EXPECTED}`],
];

/** The bytes of a CSV, unpacked. */
export function csvBytes({ location }: BillFilePath, encoding: Encoding): AsyncIterable<Uint8Array> {
  const file = createReadStream(location, { highWaterMark: 1 << 18 });
  if (encoding !== "csv.gz") return file;
  const unpacked = createGunzip({ chunkSize: 1 << 18 });
  file.on("error", (error) => unpacked.destroy(error));
  return file.pipe(unpacked);
}

/**
 * Reads a gzip file to its end, checksum included. DuckDB reads a cut-off file as a short one, without an
 * error: the bill would lack charges.
 * @throws CostSourceError when it is cut off or damaged
 */
export async function checkGzip({ path, location }: BillFilePath): Promise<void> {
  const packed = createReadStream(location, { highWaterMark: 1 << 20 });
  const unpacked = createGunzip({ chunkSize: 1 << 20 });
  try {
    await pipeline(packed, unpacked, async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const _ of chunks);
    });
  } catch (cause) {
    throw billFileError(
      `${path} is cut off or damaged: it does not unpack to its end (${quoted(messageOf(cause))}). Download it again.`,
      { cause },
    );
  }
}

async function firstBytes({ path, location }: BillFilePath, count: number): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(location);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw billFileError(`${path} cannot be read: ${messageOf(cause)}.`, { failure: "access-denied", cause });
  } finally {
    await file?.close();
  }
}
