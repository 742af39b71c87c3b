import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvText } from "./csv.ts";

describe("a table as CSV", () => {
  it("writes numbers as numbers, including negative ones", () => {
    expect(csvText([["web", -12.5, null, 1e-7]])).toBe("web,-12.5,,1e-7\r\n");
  });

  it("quotes cells with quotes, commas or line breaks", () => {
    expect(csvText([['say "hi", twice', "two\r\nlines"]])).toBe('"say ""hi"", twice","two\r\nlines"\r\n');
  });

  it.each([
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@x",
    "\tx",
    "\rx",
    "\0x",
    " =1",
    "\ufeff=1",
    "\u200b\u200b@x",
    "\u202e=1",
  ])("escapes a formula: %j", (name) => {
    expect(csvText([[name]]).replace(/^"/, "")).toMatch(/^'/);
  });

  it("does not change ordinary names", () => {
    for (const name of ["web", "a=b", "Zoë Müller", "__proto__", "日本"])
      expect(csvText([[name]])).toBe(`${name}\r\n`);
  });

  it("never starts a cell as a formula", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(csvText([[name]])).not.toMatch(/^"?\s*[=+\-@\t]/);
      }),
    );
  });
});
