import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  isConfiguration,
  isSkippedFolder,
  LARGEST_FILE_BYTES,
  MOST_BYTES,
  MOST_FILES,
  type RepositoryFile,
  type RepositoryFiles,
  type SkippedFile,
} from "../repository-file.ts";
import { ScanError } from "../scan-error.ts";

/**
 * The configuration files of a folder and the folders in it. A link is followed only where it is a file inside of the folder;
 * other links are left out by name.
 * @throws ScanError when the folder cannot be read, or has more than anybody writes
 */
export async function readFolder(folder: string): Promise<RepositoryFiles> {
  const root = await realpath(folder).catch((cause: unknown) => {
    throw unreadable(folder, cause);
  });
  const files: RepositoryFile[] = [];
  const skipped: SkippedFile[] = [];
  let bytes = 0;
  const open = [""];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const entries = await readdir(join(root, path), { withFileTypes: true }).catch((cause: unknown) => {
      throw unreadable(join(folder, path ?? ""), cause);
    });
    for (const entry of entries) {
      const inside = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!isSkippedFolder(entry.name)) open.push(inside);
        continue;
      }
      if (entry.isSymbolicLink() && !(await isFileInside(root, inside))) {
        skipped.push({
          path: inside,
          why: "it is a link to a folder or to something outside of the repository",
        });
        continue;
      }
      if (!isConfiguration(inside) || !(entry.isFile() || entry.isSymbolicLink())) continue;
      const { size } = await stat(join(root, inside));
      if (size > LARGEST_FILE_BYTES) {
        skipped.push({ path: inside, why: "it is larger than 1 MB" });
        continue;
      }
      bytes += size;
      if (files.length >= MOST_FILES || bytes > MOST_BYTES) throw tooMuch(folder);
      files.push({ path: inside, text: await readFile(join(root, inside), "utf8") });
    }
  }
  return { files, skipped };
}

async function isFileInside(root: string, path: string): Promise<boolean> {
  try {
    const target = await realpath(join(root, path));
    return target.startsWith(`${root}/`) && (await stat(target)).isFile();
  } catch {
    return false; // a link to nothing
  }
}

const unreadable = (folder: string, cause: unknown) => {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no reason given";
  return new ScanError(
    "not-found",
    `The folder ${folder} cannot be read (${code}). Check its name and who may read it.`,
    {
      cause,
    },
  );
};

const tooMuch = (folder: string) =>
  new ScanError(
    "too-large",
    `${folder} has more than ${MOST_FILES} configuration files or ${MOST_BYTES / 1_000_000} MB of them. Scan the folders in it one by one.`,
  );
