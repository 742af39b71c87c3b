import { describe, expect, it } from "vitest";
import {
  entriesOf,
  keysInOrder,
  listProperty,
  property,
  scalarText,
  textList,
  textProperty,
} from "./json-object.ts";

describe("a value of a plan's JSON", () => {
  it("has properties of its own alone", () => {
    const value = JSON.parse('{"a":"b","n":1,"list":[1],"__proto__":"c"}');
    expect(["a", "__proto__", "constructor", "x"].map((name) => property(value, name))).toEqual([
      "b",
      "c",
      undefined,
      undefined,
    ]);
    expect([textProperty(value, "a"), textProperty(value, "n"), textProperty(null, "a")]).toEqual([
      "b",
      null,
      null,
    ]);
    expect([listProperty(value, "list"), listProperty(value, "a"), property(["a"], "0")]).toEqual([
      [1],
      [],
      undefined,
    ]);
    expect([entriesOf({ a: 1 }), entriesOf([1]), entriesOf(null), entriesOf(undefined)]).toEqual([
      [["a", 1]],
      [],
      [],
      [],
    ]);
  });

  it("has texts where it is a list, and is a text where it is one value", () => {
    expect([textList(["a", 1, null, "b"]), textList("a"), textList({ 0: "a" })]).toEqual([
      ["a", "b"],
      [],
      [],
    ]);
    expect([scalarText("a"), scalarText(1.5), scalarText(true), scalarText(null), scalarText({})]).toEqual([
      "a",
      "1.5",
      "true",
      null,
      null,
    ]);
  });

  it("is the same where its keys are in order, else a copy that has them so, at every depth", () => {
    const inOrder = { a: [{ b: 1, c: 2 }], d: null };
    expect(keysInOrder(inOrder)).toBe(inOrder);
    for (const other of [
      { d: null, a: [{ b: 1, c: 2 }] },
      { a: [{ c: 2, b: 1 }], d: null },
    ]) {
      expect(JSON.stringify(keysInOrder(other))).toBe(JSON.stringify(inOrder));
    }
  });
});
