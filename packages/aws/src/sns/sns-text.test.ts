import { describe, expect, it } from "vitest";
import { snsText } from "./sns-text.ts";

const LONGEST = 260_000;

describe("a text for SNS", () => {
  it("stays as it is up to the limit, in bytes", () => {
    for (const text of ["a", "a".repeat(LONGEST), `${"é".repeat(LONGEST / 2 - 1)}\n.`]) {
      expect(snsText(text)).toBe(text);
    }
  });

  it("loses whole lines beyond it, and says how many", () => {
    const one = `${"a".repeat(100)}\n${"b".repeat(LONGEST)}`;
    expect(snsText(one)).toBe(
      `${"a".repeat(100)}\nShortened: 1 more line is left out, because SNS takes 256 kB.`,
    );
    const lines = Array.from({ length: 3_000 }, () => "é".repeat(50));
    const shortened = snsText(lines.join("\n"));
    const kept = shortened.split("\n").length - 1;
    expect(shortened).toContain(`Shortened: ${3_000 - kept} more lines are left out`);
    expect(Buffer.byteLength(shortened)).toBeLessThanOrEqual(LONGEST);
    // One more line would pass the limit, less what the statement needs.
    expect((kept + 1) * 101).toBeGreaterThan(LONGEST - 100);
    expect(snsText("b".repeat(LONGEST + 1))).toBe(
      "Shortened: 1 more line is left out, because SNS takes 256 kB.",
    );
  });

  it("keeps lines of up to 100 bytes less than the limit", () => {
    // A line with its end: 100 bytes less than the limit, and one more.
    const line = "a".repeat(LONGEST - 101);
    expect(snsText(`${line}\n${"b".repeat(200)}`)).toBe(
      `${line}\nShortened: 1 more line is left out, because SNS takes 256 kB.`,
    );
    expect(snsText(`${line}a\n${"b".repeat(200)}`)).toBe(
      "Shortened: 2 more lines are left out, because SNS takes 256 kB.",
    );
  });

  it.each(["", " \n\t"])("is never empty: %j", (text) => {
    expect(snsText(text)).toBe("(no text)");
  });
});
