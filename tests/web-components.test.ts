import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SOURCES = fileURLToPath(new URL("../packages/web/src/", import.meta.url));
const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
const components = files.filter((file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx"));

/** Lines that a component's file has at most. */
const MOST_LINES = 120;

describe("the components of the page", () => {
  it("have at most 120 lines in each file", () => {
    expect(components.length).toBeGreaterThan(40);
    const long = components
      .map(
        (file) =>
          [
            file,
            readFileSync(SOURCES + file, "utf8")
              .trimEnd()
              .split("\n").length,
          ] as const,
      )
      .filter(([, lines]) => lines > MOST_LINES);
    expect(long).toEqual([]);
  });

  it("are in files with names in kebab-case, and so are their style sheets", () => {
    const named = files.map((file) => basename(file)).filter((name) => name.includes("."));
    expect(named.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name))).toEqual([]);
  });

  it("use each style sheet, and each class of it", () => {
    const sources = files.filter((file) => /\.tsx?$/.test(file));
    const code = sources.map((file) => readFileSync(SOURCES + file, "utf8"));
    const unused = files
      .filter((file) => file.endsWith(".module.css"))
      .flatMap((file) => {
        const importing = code.filter((text) => text.includes(`/${basename(file)}"`));
        const classes = new Set(
          [...readFileSync(SOURCES + file, "utf8").matchAll(/\.([a-z][\w-]*)(?=[^{}]*\{)/gi)].map(
            ([, name]) => name,
          ),
        );
        return [...classes]
          .filter((name) => !importing.some((text) => text.includes(`.${name}`)))
          .map((name) => `${file}: .${name}`);
      });
    expect(unused).toEqual([]);
  });
});
