import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseSync, Visitor } from "oxc-parser";
import { describe, expect, it } from "vitest";

const root = new URL("..", import.meta.url);
const files = execFileSync("git", ["ls-files", "*.test.ts", "*.test.tsx"], { cwd: root, encoding: "utf8" })
  .trim()
  .split("\n");

interface CallNode {
  readonly start: number;
  readonly callee: { readonly property?: { readonly name?: string } };
  readonly arguments: readonly unknown[];
}

/** The pattern literals in a value, but for those that are an argument of a call, such as `expect.stringMatching(/a/)`. */
function patternsIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const { type, regex } = value as { readonly type?: string; readonly regex?: unknown };
  if (type === "CallExpression" || type === "ArrowFunctionExpression") return 0;
  if (type === "Literal" && regex !== undefined && regex !== null) return 1;
  return Object.values(value).reduce((count: number, child) => count + patternsIn(child), 0);
}

/** `file:line` of every `toMatchObject` that contains a pattern as it is. */
function patternsToMatch(file: string, source: string): readonly string[] {
  const found: string[] = [];
  new Visitor({
    CallExpression(node: unknown) {
      const call = node as CallNode;
      if (call.callee.property?.name !== "toMatchObject" || patternsIn(call.arguments) === 0) return;
      found.push(`${file}:${source.slice(0, call.start).split("\n").length}`);
    },
  } as never).visit(parseSync(file, source).program);
  return found;
}

describe("an assertion about a part of an object", () => {
  it("is found where it contains a pattern as it is", () => {
    const source =
      "expect(a).toMatchObject({ b: expect.stringMatching(/c/) });\nexpect(a).toMatchObject([{ b: /c/ }]);";
    expect(patternsToMatch("a.test.ts", source)).toEqual(["a.test.ts:2"]);
  });

  // vitest accepts every text for a pattern there: the assertion cannot fail. expect.stringMatching says what is meant.
  it("has no pattern as it is", () => {
    const found = files.flatMap((file) => patternsToMatch(file, readFileSync(new URL(file, root), "utf8")));
    expect(found).toEqual([]);
  });
});
