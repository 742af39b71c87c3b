import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moneyText } from "../../money/index.ts";
import { aLine, aUse } from "../testing/index.ts";
import { changeSteps } from "./change-steps.ts";

describe("the steps of a change", () => {
  it("lead from the cost before by price, quantity, new and gone usage types to the cost now", () => {
    const steps = changeSteps(
      [
        aLine({ usageType: "a", previous: aUse(100, 1000), current: aUse(240, 2000) }),
        aLine({ usageType: "b", current: aUse(7, 1) }),
        aLine({ usageType: "c", previous: aUse(30, 1) }),
        aLine({ usageType: "d", previous: aUse(10, 1), current: aUse(15, 1) }),
      ],
      "USD",
    );
    expect(steps.map(({ name, kind, exact, cents }) => [name, kind, moneyText(exact), cents])).toEqual([
      ["before", "total", "140", 14000n],
      ["price", "change", "45", 4500n],
      ["quantity", "change", "100", 10000n],
      ["appeared", "change", "7", 700n],
      ["gone", "change", "-30", -3000n],
      ["now", "total", "262", 26200n],
    ]);
  });

  it("end at the cost that the page displays already, and still add up to it", () => {
    const line = aLine({ previous: aUse(10, 10), current: aUse(33.333333333333, 20) });
    const steps = changeSteps([line], "USD", 3334n).map(({ cents }) => cents);
    expect([steps[0], steps.at(-1)]).toEqual([1000n, 3334n]);
    expect(steps.slice(0, -1).reduce((sum, cents) => sum + cents, 0n)).toBe(3334n);
  });

  it("are 0 without usage types", () => {
    expect(changeSteps([], "USD").map(({ cents }) => cents)).toEqual([0n, 0n, 0n, 0n, 0n, 0n]);
  });

  it("add up exactly, and to the cent", () => {
    const use = fc.option(
      fc.tuple(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((cost) => Number(cost.toFixed(12))),
        fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
      ),
    );
    const lines = fc.array(fc.tuple(use, use), { maxLength: 20 }).map((pairs) =>
      pairs.map(([current, previous]) =>
        aLine({
          current: current && aUse(...current),
          previous: previous && aUse(...previous),
        }),
      ),
    );
    fc.assert(
      fc.property(lines, (all) => {
        const steps = changeSteps(all, "USD");
        const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n);
        const [exact, cents] = [steps.map((step) => step.exact.units), steps.map((step) => step.cents)];
        expect(sumOf(exact.slice(0, -1))).toBe(exact.at(-1));
        expect(sumOf(cents.slice(0, -1))).toBe(cents.at(-1));
      }),
    );
  });
});
