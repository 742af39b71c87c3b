import { randomBytes } from "node:crypto";
import { constants, type Dirent } from "node:fs";
import * as nodeFs from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LONGEST_OBJECT } from "@dapanoskop/core/store";

/** The part of a file system that a folder store uses: tests replace it to fill the disk. */
export type FileSystem = Pick<
  typeof nodeFs,
  "link" | "mkdir" | "open" | "readdir" | "realpath" | "rename" | "unlink"
>;

export const systemFiles: FileSystem = nodeFs;

/** Whether an error of the system has one of these codes. */
export const isSystemError = (error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException =>
  error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? "");

// A link is no published file, and opening a pipe would never return. Windows has neither flag.
const PLAIN = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A file's bytes; `null` when it does not exist. @throws `ELOOP` for a link, `EISDIR` for anything else that is no file, `EFBIG` */
export async function bytesOf(fs: FileSystem, path: string): Promise<Uint8Array | null> {
  const file = await unlessMissing(() => fs.open(path, PLAIN), null);
  if (file === null) return null;
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw Object.assign(new Error("not a file"), { code: "EISDIR" });
    if (stats.size > LONGEST_OBJECT) throw Object.assign(new Error("too long"), { code: "EFBIG" });
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** The entries of a folder; none when it does not exist. */
export function entriesOf(fs: FileSystem, folder: string): Promise<readonly Dirent[]> {
  return unlessMissing<readonly Dirent[]>(() => fs.readdir(folder, { withFileTypes: true }), []);
}

/** The path with every link followed; `null` when it does not exist. */
export function realPathOf(fs: FileSystem, path: string): Promise<string | null> {
  return unlessMissing<string | null>(() => fs.realpath(path), null);
}

/** Creates a folder whose parent exists, unless it exists. Its name is on the disk afterwards. */
export async function createFolder(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.mkdir(path);
  } catch (error) {
    if (isSystemError(error, "EEXIST")) return;
    throw error;
  }
  await syncFolder(fs, dirname(path));
}

async function unlessMissing<Result>(read: () => Promise<Result>, missing: Result): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return missing;
    throw error;
  }
}

/**
 * Creates a file whole, or not at all: the bytes are on the disk before the name is.
 * @returns `false` when the name exists already
 */
export async function create(fs: FileSystem, path: string, body: Uint8Array): Promise<boolean> {
  return withTemporary(fs, path, body, async (temporary) => {
    try {
      await fs.link(temporary, path);
    } catch (error) {
      if (isSystemError(error, "EEXIST")) return false;
      throw error;
    }
    await syncFolder(fs, dirname(path));
    return true;
  });
}

/** Replaces a file whole: a reader sees the old bytes or the new ones. */
export async function replace(fs: FileSystem, path: string, body: Uint8Array): Promise<void> {
  await withTemporary(fs, path, body, async (temporary) => {
    await fs.rename(temporary, path);
    await syncFolder(fs, dirname(path));
  });
}

// The name of a temporary file is no key: one that remains after a kill is never listed or read.
async function withTemporary<Result>(
  fs: FileSystem,
  path: string,
  body: Uint8Array,
  use: (temporary: string) => Promise<Result>,
): Promise<Result> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString("hex")}.tmp`);
  try {
    const file = await fs.open(temporary, "wx");
    try {
      await file.writeFile(body);
      await file.sync();
    } finally {
      await file.close();
    }
    return await use(temporary);
  } finally {
    await fs.unlink(temporary).catch(() => {});
  }
}

async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  // Some systems cannot open a folder; there the system alone decides when a name is on the disk.
  const handle = await fs.open(folder, "r").catch(() => null);
  if (handle === null) return;
  try {
    await handle.sync().catch(() => {});
  } finally {
    await handle.close();
  }
}
