import { describe, expect, it } from "vitest";
import { childMark, eitherMark, type SensitiveMark, sensitiveMark } from "./sensitive-mark.ts";

/** The paths that are sensitive; `.` where all of it is. */
function paths(mark: SensitiveMark, path = ""): readonly string[] {
  if (mark === null) return [];
  if (mark === true) return [path === "" ? "." : path];
  return [...mark.children]
    .flatMap(([key, child]) => paths(child, path === "" ? key : `${path}.${key}`))
    .sort();
}

describe("what is sensitive", () => {
  it.each([
    [undefined, []],
    [null, []],
    [false, []],
    [{}, []],
    [[], []],
    [{ a: false, b: {}, c: [false] }, []],
    [true, ["."]],
    ["yes", ["."]],
    [0, ["."]],
    [{ a: true, b: { c: true, d: false } }, ["a", "b.c"]],
    [
      [false, true, { x: true }],
      ["1", "2.x"],
    ],
  ])("of %j is %j", (written, expected) => {
    expect(paths(sensitiveMark(written))).toEqual(expected);
  });

  it.each([
    [null, { a: true }, ["a"]],
    [{ a: true }, null, ["a"]],
    [true, { a: true }, ["."]],
    [{ a: true }, true, ["."]],
    [{ a: true }, [true], ["."]],
    [{ a: true, c: { x: true } }, { b: true, c: { y: true } }, ["a", "b", "c.x", "c.y"]],
    [{ a: { x: true } }, { a: true }, ["a"]],
    [[true], [false, true], ["0", "1"]],
  ])("by %j or %j is %j", (one, other, expected) => {
    expect(paths(eitherMark(sensitiveMark(one), sensitiveMark(other)))).toEqual(expected);
  });

  it("of tags is that of tags_all too, and the reverse", () => {
    const mark = sensitiveMark({ tags: { a: true }, tags_all: { b: true }, other: true });
    if (mark === null || mark === true) throw new Error("It has children.");
    expect(["tags", "tags_all", "other", "none"].map((key) => paths(childMark(mark, key)))).toEqual([
      ["a", "b"],
      ["a", "b"],
      ["."],
      [],
    ]);
  });
});
