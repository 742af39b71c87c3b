import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, moneyText, subtract, sum, zero } from "../../money/index.ts";
import { aLine, aUse } from "../testing/index.ts";
import { splitChange, splitLine } from "./split-change.ts";
import { costBefore, costNow } from "./usage-line.ts";

const words = (line: Parameters<typeof splitLine>[0]) => {
  const { price, quantity, appeared, gone } = splitLine(line, "USD");
  return {
    price: moneyText(price),
    quantity: moneyText(quantity),
    appeared: moneyText(appeared),
    gone: moneyText(gone),
  };
};

describe("why a usage type costs more or less", () => {
  it("is quantity when more is used at the same price", () => {
    const line = aLine({ previous: aUse(100, 1000), current: aUse(150, 1500) });
    expect(words(line)).toEqual({ price: "0", quantity: "50", appeared: "0", gone: "0" });
  });

  it("is price when the same use costs more", () => {
    const line = aLine({ previous: aUse(100, 1000), current: aUse(120, 1000) });
    expect(words(line)).toEqual({ price: "20", quantity: "0", appeared: "0", gone: "0" });
  });

  it("is both: more use counts at the old price, the new price counts on what is used now", () => {
    const line = aLine({ previous: aUse(100, 1000), current: aUse(240, 2000) });
    expect(words(line)).toEqual({ price: "40", quantity: "100", appeared: "0", gone: "0" });
  });

  it("is new or gone when one side has no such row", () => {
    expect(words(aLine({ current: aUse(7, 1) }))).toMatchObject({ appeared: "7", gone: "0" });
    expect(words(aLine({ previous: aUse(7, 1) }))).toMatchObject({ appeared: "0", gone: "-7" });
  });

  it("is price where there is no quantity to speak of: a fee, a credit, mixed units", () => {
    for (const quantity of [null, 0, -3]) {
      const line = aLine({ previous: aUse(100, quantity), current: aUse(90, 10) });
      expect(words(line)).toMatchObject({ price: "-10", quantity: "0" });
    }
  });

  it("counts what was free before as price", () => {
    expect(words(aLine({ previous: aUse(0, 10), current: aUse(5, 20) }))).toMatchObject({
      price: "5",
      quantity: "0",
    });
  });
});

// As published: at most twelve decimals.
const cost = fc.double({ min: -1e6, max: 1e9, noNaN: true }).map((amount) => Number(amount.toFixed(12)));
const quantity = fc.option(fc.double({ min: -1e3, max: 1e12, noNaN: true }));
const use = fc.option(fc.tuple(cost, quantity).map(([amount, used]) => aUse(amount, used)));
const line = fc.tuple(use, use).map(([current, previous]) => aLine({ current, previous }));

describe("the split of a change", () => {
  it("sums to the change exactly, whatever the bill holds", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { price, quantity, appeared, gone } = splitChange(lines, "USD");
        const now = sum(
          lines.map((each) => costNow(each, "USD")),
          "USD",
        );
        const before = sum(
          lines.map((each) => costBefore(each, "USD")),
          "USD",
        );
        expect([price, quantity, appeared, gone].reduce(add)).toEqual(subtract(now, before));
      }),
    );
  });

  it("is nothing when nothing changed", () => {
    fc.assert(
      fc.property(use, (same) => {
        const parts = splitLine(aLine({ current: same, previous: same }), "USD");
        expect(Object.values(parts)).toEqual(Array(4).fill(zero("USD")));
      }),
    );
  });
});
