import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder's path, in a folder that goes when the test ends. */
export async function aFolder(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), "dapanoskop-"));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  return join(parent, "data");
}

/** A copy to damage. */
export async function copyOf(folder: string): Promise<string> {
  const copy = await aFolder();
  await cp(folder, copy, { recursive: true });
  return copy;
}

/** Every file below a folder with its hash: equal before and after means that nothing was changed. */
export async function contentOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = await Promise.all(
    files.sort().map(async (file) => {
      const hash = createHash("sha256")
        .update(await readFile(file))
        .digest("hex");
      return [file.slice(folder.length), hash] as const;
    }),
  );
  return new Map(hashes);
}

/** Edits the pointer as a hand would: the newest generation and the plain copy alike. */
export async function editIndex(folder: string, edit: (text: string) => string): Promise<void> {
  const generations = await readdir(join(folder, "_index"));
  const newest = generations.sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))[0] ?? "";
  for (const path of [join(folder, "_index", newest), join(folder, "index.json")]) {
    await writeFile(path, edit(await readFile(path, "utf8")));
  }
}
