import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const scripts = (
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  }
).scripts;

/** Paths in code marks and links: they begin with a folder of the repository. Folders that are generated are left out. */
const paths = [...text.matchAll(/`([^`\s]+)`|\]\(([^)]+)\)/g)]
  .map(([, code, link]) => code ?? link ?? "")
  .filter((path) => /^(packages|infra|tests|docs|terraform-export|scripts)\//.test(path));

describe("CONTRIBUTING.md", () => {
  it("names paths that exist", () => {
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("names scripts of package.json", () => {
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it("has a row for each kind of change that contributors make", () => {
    const rows = [...text.matchAll(/^\| (an? [^|]+?) +\|/gm)].map(([, change]) => change);
    for (const change of [
      "a storage tier",
      "a column of a report",
      "a cost metric",
      "a CLI flag",
      "an alarm",
      "a bill format",
      "a usage category",
      "a page",
      "a store adapter",
      "a notification channel",
    ]) {
      expect(rows).toContain(change);
    }
  });
});
