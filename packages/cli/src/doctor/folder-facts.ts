import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { StoreFacts } from "@dapanoskop/doctor";

/** Whether a folder can be written to, or created where it does not exist. Nothing is written. */
export async function folderFacts(place: string): Promise<StoreFacts> {
  const facts = { kind: "folder", place } as const;
  for (let path = resolve(place); ; path = dirname(path)) {
    try {
      const found = await stat(path);
      if (!found.isDirectory()) return { ...facts, problem: "a file is in its place" };
      await access(path, constants.W_OK | constants.X_OK);
      return { ...facts, problem: null };
    } catch (cause) {
      const code = String(Reflect.get(Object(cause), "code"));
      if (code === "ENOENT" && dirname(path) !== path) continue;
      const why = code === "ENOTDIR" ? "a file is where a folder is needed" : `access is denied (${code})`;
      return { ...facts, problem: why };
    }
  }
}
