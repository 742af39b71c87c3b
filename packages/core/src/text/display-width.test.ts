import { describe, expect, it } from "vitest";
import { displayWidth, fit, padEnd, padStart, wrap } from "./display-width.ts";

describe("a text in columns", () => {
  it("is cut to the width, with an ellipsis in the last column", () => {
    expect(fit("Storage", 7)).toBe("Storage");
    expect(fit("Storage", 6)).toBe("Stora…");
    expect(fit("Storage", 1)).toBe("…");
    expect(fit("Storage", 0)).toBe("");
  });

  it("is cut between whole characters, some of which are two columns wide", () => {
    expect(fit("日本語", 6)).toBe("日本語");
    expect(fit("日本語", 5)).toBe("日本…");
    expect(fit("日本語", 4)).toBe("日…");
    expect(displayWidth(fit("日本語", 4))).toBe(3);
  });

  it("is filled to the width on either side", () => {
    expect(padEnd("日本", 6)).toBe("日本  ");
    expect(padStart("12", 5)).toBe("   12");
    expect(padEnd("Storage", 3)).toContain("S");
  });

  it("is wrapped between words; a longer word stands alone", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("one abcdefghij two", 6)).toEqual(["one", "abcde…", "two"]);
  });
});
