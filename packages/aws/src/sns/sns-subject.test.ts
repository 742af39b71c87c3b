import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { snsSubject } from "./sns-subject.ts";

describe("a subject for SNS", () => {
  it.each([
    ["AWS costs 14 Jan: $1,234.50 (+23.5 %)", "AWS costs 14 Jan: $1,234.50 (+23.5 %)"],
    ["−€5.00 – “Zoë” · Łódź…", '-EUR 5.00 - "Zoe" - Lodz...'],
    ["e\u0301t\u00e9 ﬁn ① ½", "ete fin 1 1/2"],
    ["データ 👩‍👩‍👧", "??? ?????"],
    ["Straße\u00a0\u2003x", "Strasse x"],
  ])("%j reads %j", (subject, ascii) => expect(snsSubject(subject)).toBe(ascii));

  it("that is too long ends in three dots", () => {
    expect(snsSubject("x".repeat(99))).toBe("x".repeat(99));
    expect(snsSubject("x".repeat(100))).toBe(`${"x".repeat(96)}...`);
  });

  it("is 1 to 99 characters of printable ASCII and begins with none that is a space, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(snsSubject(text)).toMatch(/^[!-~][ -~]{0,98}$/);
      }),
    );
  });
});
