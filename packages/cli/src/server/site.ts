import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built page, in memory: a few files, read once. */
export interface Site {
  /** A file by its path, or the page itself for an address that the page draws; `null` for anything else. */
  at(path: string): SiteFile | null;
}

export interface SiteFile {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** Named by its content: it never changes under this address. */
  readonly isImmutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

const BUILT = fileURLToPath(new URL("../../../web/dist/", import.meta.url));

/** The page as `npm run build` left it; `null` where it was not built. */
export async function builtSite(folder: string = BUILT): Promise<Site | null> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, SiteFile>();
  for (const entry of names.filter((one) => one.isFile())) {
    const path = `/${join(entry.parentPath, entry.name).slice(join(folder, "/").length).replaceAll("\\", "/")}`;
    const contentType = TYPES[extname(entry.name)];
    if (contentType === undefined) continue;
    const body = await readFile(join(entry.parentPath, entry.name));
    files.set(path, { body, contentType, isImmutable: path.startsWith("/assets/") });
  }
  const page = files.get("/index.html");
  if (page === undefined) return null;
  // An address without a dot is one that the page draws: it has to survive a refresh.
  return { at: (path) => files.get(path) ?? (/^\/[a-z-]*$/.test(path) ? page : null) };
}
