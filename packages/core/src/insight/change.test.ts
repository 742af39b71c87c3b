import { describe, expect, it } from "vitest";
import { parseMoney } from "../money/index.ts";
import { type Change, changeAmountText, changeOf, changeRemark, changeSentence } from "./change.ts";
import { plainFigures } from "./render/index.ts";
import { sentenceText } from "./sentence.ts";

const usd = (text: string) => parseMoney(text, "USD");
const compared = (current: string | null, previous: string | null) =>
  changeOf(current === null ? null : usd(current), previous === null ? null : usd(previous));

const changeText = (change: Change) => sentenceText(changeSentence(change), plainFigures, (name) => name);
const cells = (change: Change) => [
  changeAmountText(change, plainFigures),
  changeRemark(change, plainFigures),
];

describe("comparing two amounts", () => {
  it("tells amount, percentage and direction", () => {
    const change = compared("15000", "14200");
    expect(change.direction).toBe("up");
    expect(changeText(change)).toBe("+$800 (+5.6 %)");
    expect(cells(change)).toEqual(["+$800.00", "+5.6 %"]);
  });

  it("calls less than half a cent unchanged, and half a cent a cent", () => {
    expect(changeText(compared("10.0049", "10"))).toBe("unchanged");
    expect(changeText(compared("9.9951", "10"))).toBe("unchanged");
    expect(changeText(compared("10.005", "10"))).toBe("+$0.01 (< 0.1 %)");
    expect(cells(compared("9.995", "10"))).toEqual(["−$0.01", "< 0.1 %"]);
    expect(cells(compared("10", "10"))).toEqual(["unchanged", ""]);
  });

  it("calls something against nothing new, without a percentage", () => {
    const change = compared("50", "0");
    expect(change).toMatchObject({ direction: "new", tenthsOfPercent: null });
    expect(changeText(change)).toBe("+$50.00 (new)");
    expect(cells(change)).toEqual(["+$50.00", "new"]);
  });

  it("does not make a percentage of what reads as $0.00 either", () => {
    expect(compared("50", "0.004")).toMatchObject({ direction: "new", tenthsOfPercent: null });
  });

  it("reads −100.0 % where the cost is gone", () => {
    expect(changeText(compared("0", "100"))).toBe("−$100 (−100.0 %)");
    expect(cells(compared("0", "100"))).toEqual(["−$100.00", "−100.0 %"]);
  });

  it("calls a credit against nothing new as well, with its sign", () => {
    expect(compared("-50", "0").direction).toBe("new");
    expect(cells(compared("-50", "0"))).toEqual(["−$50.00", "new"]);
    expect(changeText(compared("-50", "0"))).toBe("−$50.00 (new)");
  });

  it("gives the amount only against a negative one", () => {
    const change = compared("20", "-30");
    expect(change.direction).toBe("up");
    expect(changeText(change)).toBe("+$50.00");
    expect(cells(change)).toEqual(["+$50.00", ""]);
    expect(changeText(compared("-50", "-30"))).toBe("−$20.00");
  });

  it("never takes an unknown amount for nothing", () => {
    for (const change of [compared(null, "10"), compared("10", null), compared(null, null)]) {
      expect(change).toEqual({ direction: "unknown", difference: null, tenthsOfPercent: null });
      expect(changeText(change)).toBe("unknown");
      expect(cells(change)).toEqual(["unknown", ""]);
    }
  });

  it("is exact where doubles are not", () => {
    expect(compared("9007199254740993.01", "9007199254740993")).toMatchObject({
      difference: usd("0.01"),
      direction: "up",
    });
  });
});
