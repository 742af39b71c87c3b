import { parseMoney, rounded, sum } from "@dapanoskop/core/money";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundToWhole } from "./rounding.ts";

const usd = (text: string) => parseMoney(text, "USD");
const moneys = fc.array(
  fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map((units) => ({ units, currency: "USD" })),
  { maxLength: 30 },
);

describe("rounding parts to a whole", () => {
  it("shows thirds of $100 as 33.34, 33.33, 33.33", () => {
    const third = usd("33.333333333333");
    expect(roundToWhole([usd("33.333333333334"), third, third], 10_000n)).toEqual([3334n, 3333n, 3333n]);
  });

  it("adds up to the whole, each part within a cent of itself", () => {
    fc.assert(
      fc.property(moneys, (parts) => {
        const whole = rounded(sum(parts, "USD"));
        const shown = roundToWhole(parts, whole);
        expect(shown.reduce((total, cents) => total + cents, 0n)).toBe(parts.length === 0 ? 0n : whole);
        for (const [at, { units }] of parts.entries()) {
          const off = (shown[at] ?? 0n) * 10n ** 10n - units;
          expect(off < 10n ** 10n && off > -(10n ** 10n)).toBe(true);
        }
      }),
    );
  });

  it("follows a whole that was itself rounded up or down with others", () => {
    expect(roundToWhole([usd("1.004"), usd("1.004")], 200n)).toEqual([100n, 100n]);
    expect(roundToWhole([usd("1.001"), usd("1.001")], 201n)).toEqual([101n, 100n]);
    expect(roundToWhole([usd("1"), usd("1")], 199n).reduce((a, b) => a + b)).toBe(199n);
  });

  it("shows parts of some other whole as they are, rather than bending them to it", () => {
    expect(roundToWhole([usd("1.006"), usd("2")], 10_000n)).toEqual([101n, 200n]);
  });
});
