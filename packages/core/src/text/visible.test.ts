import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, fit, padEnd, wrap } from "./display-width.ts";
import { visible } from "./visible.ts";

const names = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "__proto__",
    "\0\0\0",
    "x".repeat(10_000),
    "e\u0301".repeat(50),
    `a${"\u0300".repeat(9000)}`,
    "👩‍👩‍👧‍👦",
    "データ",
  ),
);

describe("a name from the bill", () => {
  it("stays as it is when it is only text", () => {
    for (const name of [
      "web",
      "Zoë Müller",
      "データ基盤",
      "👩‍👩‍👧‍👦 team ❤️",
      "<img onerror=x>",
      "=HYPERLINK(1)",
    ]) {
      expect(visible(name)).toBe(name);
    }
  });

  it("shows escape sequences, bidi marks and zero-width characters instead of obeying them", () => {
    expect(visible("\u001b[31mred\u0007")).toBe("\\u001b[31mred\\u0007");
    expect(visible("a\u202etxt.exe")).toBe("a\\u202etxt.exe");
    expect(visible("we\u200bb\u200c\u200d\ufeff")).toBe("we\\u200bb\\u200c\\u200d\\ufeff");
    expect(visible("\0\r\n\t\u009b\u2028")).toBe("\\u0000\\u000d\\u000a\\u0009\\u009b\\u2028");
    expect(visible("\ud800x\u{e0041}")).toBe("\\ud800x\\u{e0041}");
  });

  it("is seen also when it is empty", () => {
    expect(visible("")).toBe("(empty)");
  });

  it("is seen also when it is nothing but spaces, which a link could not be found by", () => {
    expect(visible(" ")).toBe("\\u0020");
    expect(visible("\u00a0 \u3000")).toBe("\\u00a0\\u0020\\u3000");
    expect(visible(" a ")).toBe(" a ");
  });

  it("ends in an ellipsis when it is long, and is never cut inside a letter", () => {
    expect(visible("x".repeat(10_000), 10)).toBe(`${"x".repeat(10)}…`);
    expect(visible("e\u0301e\u0301e\u0301", 2)).toBe("e\u0301e\u0301…");
    expect(visible("x".repeat(120))).toBe("x".repeat(120));
  });

  it("is cut at the same place, plain or not: as if no letter of it were plain", () => {
    const plain = fc.string({ unit: "grapheme-ascii", minLength: 1 });
    void fc.assert(
      fc.property(plain, fc.integer({ min: 1, max: 30 }), (name, limit) => {
        // The umlaut in front is one more letter, and keeps all of it from being taken for plain.
        expect(`ä${visible(`x${name}`, limit).slice(1)}`).toBe(visible(`ä${name}`, limit));
      }),
    );
    const long = "x".repeat(5_000);
    expect(visible(long, 9_000)).toBe(`${"x".repeat(4_096)}…`);
    expect(visible(`ä${long}`, 9_000)).toBe(`ä${"x".repeat(4_095)}…`);
  });

  it("does not bury the screen in marks", () => {
    expect(visible(`a${"\u0300".repeat(10_000)}`).length).toBeLessThan(10);
  });

  it("never lets through what a terminal would obey or hide", () => {
    void fc.assert(
      fc.property(names, (name) => {
        expect(visible(name)).not.toMatch(
          /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u,
        );
        expect([...visible(name)].length).toBeLessThan(120 * 12 + 2);
      }),
    );
  });
});

describe("a column of names", () => {
  it("counts wide characters and emoji as two, marks as none", () => {
    expect(displayWidth("web")).toBe(3);
    expect(displayWidth("データ")).toBe(6);
    expect(displayWidth("e\u0301")).toBe(1);
    expect(displayWidth("👩‍👩‍👧‍👦")).toBe(2);
    expect(displayWidth("❤️")).toBe(2);
    expect(displayWidth("ｶﾅ")).toBe(2);
    expect(displayWidth("−$1…█")).toBe(5);
  });

  it("is straight, whatever the names", () => {
    void fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 60 }), (name, width) => {
        expect(displayWidth(padEnd(visible(name), width))).toBe(width);
        expect(displayWidth(fit(visible(name), width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it("breaks sentences between words, and keeps every line within the page", () => {
    expect(wrap("up by much more than before", 12)).toEqual(["up by much", "more than", "before"]);
    void fc.assert(
      fc.property(fc.array(names), (words) => {
        for (const line of wrap(words.map((name) => visible(name)).join(" "), 40)) {
          expect(displayWidth(line)).toBeLessThanOrEqual(40);
        }
      }),
    );
  });
});
