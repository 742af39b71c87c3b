import { describe, expect, it } from "vitest";
import { parseMoney } from "../money/index.ts";
import { changeOf } from "./change.ts";
import { isSignificant } from "./significant.ts";

const usd = (text: string) => parseMoney(text, "USD");
const mark = (now: string, before: string | null, whole = "1000") =>
  isSignificant(changeOf(usd(now), before === null ? null : usd(before)), usd(whole));

describe("a significant change", () => {
  it("is both a tenth of what it was and a hundredth of the bill", () => {
    expect(mark("110", "100")).toBe(true);
    expect(mark("109.9", "100")).toBe(false); // 9.9 %
    expect(mark("18", "9")).toBe(false); // doubled, and 0.9 % of the bill
    expect(mark("500", "600")).toBe(true);
  });

  it("may be new or gone, and never unknown", () => {
    expect(mark("10", "0")).toBe(true);
    expect(mark("0", "10")).toBe(true);
    expect(mark("10", null)).toBe(false);
    expect(mark("10", "10")).toBe(false);
  });
});
