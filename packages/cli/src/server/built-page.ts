import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { contentTypeOf, isDrawn } from "@dapanoskop/edge";
import { builtPageFolder } from "../built-files.ts";

/** The files of the built page, in memory. */
export interface BuiltPage {
  /** The file at a path, or index.html for a path that the page itself draws; `null` for any other path. */
  at(path: string): PageFile | null;
}

export interface PageFile {
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** Reads the page that `npm run build` wrote; `null` where it was not built. */
export async function readBuiltPage(folder: string = builtPageFolder): Promise<BuiltPage | null> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, PageFile>();
  for (const entry of names.filter((one) => one.isFile())) {
    const path = `/${join(entry.parentPath, entry.name).slice(join(folder, "/").length).replaceAll("\\", "/")}`;
    const body = await readFile(join(entry.parentPath, entry.name));
    files.set(path, { body, contentType: contentTypeOf(path) });
  }
  const page = files.get("/index.html");
  if (page === undefined) return null;
  return { at: (path) => files.get(path) ?? (isDrawn(path) ? page : null) };
}
