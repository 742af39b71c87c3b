import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { billFileError } from "./bill-file-error.ts";
import type { BillFilePath } from "./bill-file-path.ts";

/**
 * Compares the files of equal size.
 * @throws CostSourceError when two files have the same bytes
 */
export async function checkSameBytes(files: readonly BillFilePath[]): Promise<void> {
  const bySize = new Map<number, BillFilePath[]>();
  for (const file of files) {
    bySize.set(file.bytes, [...(bySize.get(file.bytes) ?? []), file]);
  }
  for (const equal of bySize.values()) {
    if (equal.length < 2) continue;
    const paths = new Map<string, string>();
    for (const { path, location } of equal) {
      const digest = await digestOf(location);
      const other = paths.get(digest);
      if (other !== undefined) {
        throw billFileError(
          `${other} and ${path} have the same bytes, and their charges would be counted twice. Keep one of the files.`,
        );
      }
      paths.set(digest, path);
    }
  }
}

async function digestOf(location: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(location, { highWaterMark: 1 << 18 })) hash.update(bytes);
  return hash.digest("hex");
}
