import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the golden pairs: see its README.md. */
export const goldenFolder = import.meta.dirname;

/** The names of the cases, which are the names of their folders. */
export const goldenCases: readonly string[] = readdirSync(goldenFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The committed files of a case, by key. */
export function goldenFiles(name: string): ReadonlyMap<string, Uint8Array> {
  const published = join(goldenFolder, name, "published");
  const files = readdirSync(published, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [path.slice(published.length + 1), readFileSync(path)];
    }),
  );
}
