import type { BigIntStats, Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { billFileError, messageOf } from "./bill-file-error.ts";

/** A regular file of a bill: the given path and the real one. */
export interface BillFilePath {
  /** As given; error messages name it. */
  readonly path: string;
  /** Absolute and without links. It is resolved once, and every reader opens this path. */
  readonly location: string;
  /** Changes when the file is replaced, written or cut. */
  readonly version: string;
  /** Equal for two names of one file. */
  readonly identity: string;
  /** Its size. */
  readonly bytes: number;
}

/** @throws CostSourceError when it does not exist, cannot be read, or is no regular file */
export async function billFilePath(path: string): Promise<BillFilePath> {
  const stats = await statOf(path);
  if (!stats.isFile()) {
    throw billFileError(
      `${path} is ${kindOf(stats)}. A bill is read more than once, so it must be a regular file: save it to one and use its path.`,
    );
  }
  const location = await realpath(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const { dev, ino, size, mtimeNs, ctimeNs } = stats;
  // Some network drives have the inode number 0 for every file.
  const identity = ino === 0n ? location : `${dev}:${ino}`;
  const version = [identity, size, mtimeNs, ctimeNs].join(" ");
  return { path, location, identity, version, bytes: Number(size) };
}

export async function isFolder(path: string): Promise<boolean> {
  return (await statOf(path)).isDirectory();
}

/** A folder's path without links. */
export async function realFolder(path: string): Promise<string> {
  return realpath(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
}

/** @throws CostSourceError when it cannot be read */
export async function folderEntries(path: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function statOf(path: string): Promise<BigIntStats> {
  try {
    return await stat(path, { bigint: true });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a named pipe";
  if (stats.isSocket()) return "a socket";
  return stats.isCharacterDevice() || stats.isBlockDevice() ? "a device" : "no file";
}

function unreadable(path: string, cause: unknown) {
  const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  if (isMissing && path.includes("\ufffd")) {
    return billFileError(`The name of ${path} is not UTF-8. Rename the file or folder.`, { cause });
  }
  return billFileError(
    isMissing ? `There is no file or folder ${path}.` : `${path} cannot be read: ${messageOf(cause)}.`,
    { failure: isMissing ? "validation" : "access-denied", cause },
  );
}
