import { describe, expect, it } from "vitest";
import { mutantsOf } from "./mutants.ts";

/** Each as `line after the change`, of a source of one line. */
const changed = (source: string, kind?: string) =>
  mutantsOf("file.ts", source)
    .filter((mutant) => kind === undefined || mutant.kind === kind)
    .map(({ start, end, replacement }) => source.slice(0, start) + replacement + source.slice(end));

describe("the mistakes put into a source file", () => {
  it.each([
    ["const a = b < c;", "boundary", "const a = b <= c;"],
    ["const a = b === c;", "comparison", "const a = b !== c;"],
    ["const a = b && c;", "logic", "const a = b || c;"],
    ["const a = b ?? 0;", "default removed", "const a = b;"],
    ["const a = 3;", "number", "const a = (3 + 1);"],
    ["const a = 3n;", "number", "const a = (3n + 1n);"],
    ["const a = 1_001;", "number", "const a = (1_001 + 1);"],
    ["const a = 20_000;", "number", "const a = (20_000 * 10);"],
    ["const a = 3 as number;", "number", "const a = (3 + 1) as number;"],
    ["const a = [b, c] satisfies D[];", "last entry removed", "const a = [b] satisfies D[];"],
    ["a(b, c.d);", "arguments swapped", "a(c.d, b);"],
    ["const a = b.sort();", "sort removed", "const a = b;"],
    ["const a = b ? c : d;", "branches swapped", "const a = b ? d : c;"],
    ["const a = await b();", "await removed", "const a = b();"],
  ])("%s: %s", (source, kind, expected) => {
    expect(changed(source, kind)).toEqual([expected]);
  });

  it.each([
    "type A = 1 | true;",
    "interface A { readonly a: 1 }",
    "function f(a: 1 | 2): a is 1 {}",
    "let a: 3;",
  ])("leave types alone: %s", (source) => {
    expect(changed(source)).toEqual([]);
  });
});

describe("the size of the result of a comparison, of which only the sign matters, is left alone", () => {
  it.each([
    "list.sort((a, b) => (a.x < b.x ? -1 : 1));",
    "const byText = (a: string, b: string) => (a.x < b.x ? -1 : 1);",
    "const by = (a, b) => compare(a, b) || (a.x < b.x ? -1 : 1);",
    "function by(a, b) { if (a.y !== b.y) return a.x < b.x ? -1 : 1; return compare(a, b); }",
    "list.sort(([a], [b]) => { const x = f(a); return x < b ? 1 : -1; });",
  ])("%s", (source) => {
    expect(changed(source, "number")).toEqual([]);
    expect([changed(source, "sign removed"), changed(source, "branches swapped")]).toEqual([
      [expect.any(String)],
      [expect.any(String)],
    ]);
  });

  it.each([
    // Only the 0 of the equal case.
    ["const by = (a, b) => (a.x < b.x ? -1 : a.x > b.x ? 1 : 0);", 1],
    ["const size = (a, b) => (a ? -1 : 1) * b;", 2],
    ["const size = (a, b) => { const c = a ? -1 : 1; return c * b; };", 2],
    ["const count = (a) => (a ? -1 : 1);", 2],
    ["const step = (a, b) => (a < b ? 1 : b);", 0],
    ["const step = (a, b) => (a < b ? 2 : b);", 1],
    ["const next = (a, b) => (a < 1 ? b : a);", 1],
  ])("but no other number: %s", (source, count) => {
    expect(changed(source, "number")).toHaveLength(count);
  });
});

describe("the boundary of a comparison whose sides are never equal is left alone", () => {
  it.each([
    "const by = (a, b) => (a.x === b.x ? 0 : a.x < b.x ? -1 : 1);",
    "const by = (a, b) => (a.x !== b.x ? (a.x > b.x ? -1 : 1) : 0);",
    "function by(a, b) { if (a.x !== b.x) return a.x > b.x ? -1 : 1; return 0; }",
    "texts.sort((a, b) => (a < b ? -1 : 1));",
    "[...map].sort(([a], [b]) => (a < b ? -1 : 1));",
  ])("%s", (source) => {
    expect(changed(source, "boundary")).toEqual([]);
  });

  it.each([
    "const by = (a, b) => (a.x === b.x ? (a.x < b.x ? -1 : 1) : 0);",
    "const by = (a, b) => (a.y === b.y ? 0 : a.x < b.x ? -1 : 1);",
    "list.sort((a, b) => (a.x < b.x ? -1 : 1));",
    "list.sort(([, a], [, b]) => (a < b ? -1 : 1));",
    "function least(a, b) { return a < b ? -1 : 1; }",
  ])("but no other: %s", (source) => {
    expect(changed(source, "boundary")).toHaveLength(1);
  });
});

describe("the await of what an async function returns is left alone", () => {
  it.each([
    "async function a() { return await b(); }",
    "const a = async () => await b();",
    "async function a() { try { c(); } catch {} return await b(); }",
    "async function a() { try { c(async () => await b()); } catch {} }",
  ])("%s", (source) => {
    expect(changed(source, "await removed")).toEqual([]);
  });

  it.each([
    "async function a() { try { return await b(); } catch {} }",
    "async function a() { return (await b()).c; }",
    "async function a() { await b(); }",
    "const a = async () => [await b()];",
  ])("but no other: %s", (source) => {
    expect(changed(source, "await removed")).toHaveLength(1);
  });
});
