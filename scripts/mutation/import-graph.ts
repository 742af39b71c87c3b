import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** For each file of the repository, the files that import it. Paths are relative to the root. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

const folders = ["packages", "tests"];
const skipped = new Set(["node_modules", "dist", "golden", "browser", "infra"]);

export function importGraph(root: string): ImportGraph {
  const importers = new Map<string, Set<string>>();
  for (const file of folders.flatMap((folder) => sourcesIn(join(root, folder)))) {
    for (const target of importsOf(root, file)) {
      const known = importers.get(target) ?? new Set();
      importers.set(target, known.add(relative(root, file)));
    }
  }
  return importers;
}

/** The test files that import a file, directly or through others. */
export function testsOf(graph: ImportGraph, file: string): readonly string[] {
  const seen = new Set([file]);
  const open = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const importer of graph.get(next) ?? []) {
      if (seen.has(importer)) continue;
      seen.add(importer);
      open.push(importer);
    }
  }
  return [...seen].filter((one) => /\.test\.tsx?$/.test(one)).sort();
}

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourcesIn(path);
    return /\.(ts|tsx)$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(root: string, file: string): readonly string[] {
  const specifiers = readFileSync(file, "utf8").matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"([^"]+)"/g);
  return [...specifiers].flatMap(([, specifier = ""]) => {
    const target = specifier.startsWith(".")
      ? resolve(dirname(file), specifier)
      : packageFile(root, specifier);
    return target !== null && existsSync(target) ? [relative(root, target)] : [];
  });
}

/** The file behind `@dapanoskop/core/money`, by the `exports` of the package. */
function packageFile(root: string, specifier: string): string | null {
  const [, name, rest = ""] = /^@dapanoskop\/([^/]+)\/?(.*)$/.exec(specifier) ?? [];
  if (name === undefined) return null;
  const folder = join(root, "packages", name);
  if (!existsSync(join(folder, "package.json"))) return null;
  const { exports = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    exports?: Readonly<Record<string, string>>;
  };
  const named = exports[rest === "" ? "." : `./${rest}`];
  if (named !== undefined) return join(folder, named);
  const pattern = exports["./*"];
  return pattern === undefined ? null : join(folder, pattern.replace("*", rest));
}
