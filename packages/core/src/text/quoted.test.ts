import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoted } from "./quoted.ts";

describe("a name from the bill in a sentence", () => {
  it("is quoted and shown as it is when it is harmless", () => {
    expect(quoted("Zoë Müller's $ 日本")).toBe(`"Zoë Müller's $ 日本"`);
  });

  it("shows controls, line ends and bidi marks as escapes", () => {
    expect(quoted('a"\n\u0000\u009b\u202e\u2028\ufeff')).toBe(
      String.raw`"a\"\n\u0000\u009b\u202e\u2028\ufeff"`,
    );
  });

  it("keeps its first characters, and says by an ellipsis that more follow", () => {
    expect(quoted("abcdef", 6)).toBe('"abcdef"');
    expect(quoted("abcdefg", 6)).toBe('"abcdef…"');
    expect(quoted("x".repeat(300))).toBe(`"${"x".repeat(80)}…"`);
  });

  it("is short, of one line, and whole characters", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 2_000 }),
        fc.integer({ min: 1, max: 200 }),
        (text, limit) => {
          const shown = quoted(text, limit);
          expect(shown).not.toMatch(/[\n\r\u0000\u0085\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
          expect([...JSON.parse(shown)].length).toBeLessThanOrEqual(limit + 1);
          expect(shown).not.toMatch(/\p{Surrogate}/u);
        },
      ),
    );
  });
});
