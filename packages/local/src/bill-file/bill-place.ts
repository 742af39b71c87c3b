import type { CostSourceError } from "@dapanoskop/core/source";
import { billFileError } from "./bill-file-error.ts";
import type { BillFilePath } from "./bill-file-path.ts";

/** Where a bill is: a file, a folder of files, or objects of a bucket. */
export interface BillPlace {
  /** As given, for messages. */
  readonly name: string;
  /** The files of the bill as they are now. */
  find(): Promise<FoundBill>;
}

/** The files of a bill as they are now. */
export interface FoundBill {
  /** Sorted by path. */
  readonly files: readonly BillFilePath[];
  /** What is said of files that are not read, a sentence each. */
  readonly notes: readonly string[];
}

/** The error for a file, or a place of files, that changed while it was read. */
export const changedError = (name: string, cause?: unknown): CostSourceError =>
  billFileError(
    `${name} changed while the bill was read. Wait until the bill is written completely, then collect again.`,
    { cause },
  );

/**
 * The error for a bill that was read while one of its files, or the folder, changed.
 * @param failure the error of reading them, if there was one
 * @returns `null` when nothing has changed
 */
export async function changeSince(
  place: BillPlace,
  found: FoundBill,
  failure?: unknown,
): Promise<CostSourceError | null> {
  const changed = (what: string, cause = failure) => changedError(what, cause);
  try {
    const now = new Map((await place.find()).files.map((file) => [file.path, file]));
    for (const { path: name, location, version } of found.files) {
      const after = now.get(name);
      if (after?.location !== location || after.version !== version) return changed(name);
    }
    return now.size === found.files.length ? null : changed(place.name);
  } catch (cause) {
    return changed(place.name, cause);
  }
}
