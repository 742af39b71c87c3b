import { parseMoney } from "@dapanoskop/core/money";
import { describe, expect, it } from "vitest";
import { changeAmountText, changeOf, changePercentText, changeText } from "./change.ts";

const usd = (text: string) => parseMoney(text, "USD");
const compared = (current: string | null, previous: string | null) =>
  changeOf(current === null ? null : usd(current), previous === null ? null : usd(previous));

describe("comparing two amounts", () => {
  it("tells amount, percentage and direction", () => {
    const change = compared("15000", "14200");
    expect(change.direction).toBe("up");
    expect(changeText(change)).toBe("+$800 (+5.6 %)");
    expect(changeAmountText(change)).toBe("+$800.00");
    expect(changePercentText(change)).toBe("+5.6 %");
  });

  it("calls less than half a cent unchanged, and half a cent a cent", () => {
    expect(changeText(compared("10.0049", "10"))).toBe("unchanged");
    expect(changeText(compared("9.9951", "10"))).toBe("unchanged");
    expect(changeText(compared("10.005", "10"))).toBe("+$0.01 (< 0.1 %)");
    expect(changeAmountText(compared("9.995", "10"))).toBe("−$0.01");
  });

  it("calls something against nothing new, without a percentage", () => {
    const change = compared("50", "0");
    expect(change).toMatchObject({ direction: "new", tenthsOfPercent: null });
    expect(changeText(change)).toBe("+$50.00 (new)");
    expect(changeAmountText(change)).toBe("new");
  });

  it("does not make a percentage of what reads as $0.00 either", () => {
    expect(compared("50", "0.004")).toMatchObject({ direction: "new", tenthsOfPercent: null });
  });

  it("reads −100.0 % where the cost is gone", () => {
    expect(changeText(compared("0", "100"))).toBe("−$100 (−100.0 %)");
  });

  it("gives the amount only against a negative one", () => {
    const change = compared("20", "-30");
    expect(change.direction).toBe("up");
    expect(changeText(change)).toBe("+$50.00");
    expect(changePercentText(change)).toBe("");
  });

  it("never takes an unknown amount for nothing", () => {
    for (const change of [compared(null, "10"), compared("10", null), compared(null, null)]) {
      expect(change).toEqual({ direction: "unknown", difference: null, tenthsOfPercent: null });
      expect(changeText(change)).toBe("unknown");
    }
  });

  it("is exact where doubles are not", () => {
    expect(compared("9007199254740993.01", "9007199254740993")).toMatchObject({
      difference: usd("0.01"),
      direction: "up",
    });
  });
});
