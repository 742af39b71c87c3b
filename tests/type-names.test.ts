import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

// One type name has one meaning. Two types that share a name for the same thing in two formats are listed, with a reason.

const root = fileURLToPath(new URL("..", import.meta.url));

const shared: Readonly<Record<string, string>> = {};

const skipped = new Set(["node_modules", "dist", "golden", "fixtures"]);

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourcesIn(path);
    return /\.tsx?$/.test(entry.name) && !/\.d\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** The files that declare each type, interface or class. */
function declarations(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of ["packages", "infra", "tests", "scripts"].flatMap((folder) =>
    sourcesIn(join(root, folder)),
  )) {
    const declared = readFileSync(path, "utf8").matchAll(
      /^\s*(?:export )?(?:declare )?(?:abstract )?(?:interface|class|type) ([A-Z]\w*)(?=[\s<{=])/gm,
    );
    for (const name of new Set([...declared].map(([, name = ""]) => name))) {
      found.set(name, [...(found.get(name) ?? []), relative(root, path)]);
    }
  }
  return found;
}

describe("type names", () => {
  it("have one meaning each: no two files declare the same one", () => {
    const twice = [...declarations()].filter(([name, files]) => files.length > 1 && !(name in shared));
    expect(twice.map(([name, files]) => `${name}: ${files.join(", ")}`)).toEqual([]);
  });

  it("that are listed as shared are still declared twice", () => {
    const all = declarations();
    expect(Object.keys(shared).filter((name) => (all.get(name)?.length ?? 0) < 2)).toEqual([]);
  });
});
