import { moneyNumber } from "@dapanoskop/core/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountSum, explained, nothing, plus, sumOf } from "./sums.ts";

const magnitudeOf = (units: bigint) => (units < 0n ? -units : units);
const published = (units: bigint) => moneyNumber({ units, currency: "USD" });

describe("a sum of published amounts", () => {
  it("differs from the exact amount by at most its tolerance", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 27n), max: 10n ** 27n }), (units) => {
        const sum = amountSum(published(units));
        expect(magnitudeOf(sum.units - units) <= sum.tolerance).toBe(true);
        expect(sum.tolerance <= magnitudeOf(units) / 2n ** 51n + 2n).toBe(true);
      }),
    );
  });

  it("is exact where a double keeps every digit", () => {
    expect(amountSum(1234.000000000001)).toEqual({ units: 1_234_000_000_000_001n, tolerance: 0n });
  });

  it("allows one unit more than what the last bit is worth", () => {
    expect(amountSum(published(2n ** 52n))).toEqual({ units: 2n ** 52n, tolerance: 2n });
    expect(amountSum(published(2n ** 52n - 1n)).tolerance).toBe(0n);
    expect(amountSum(published(-(2n ** 54n))).tolerance).toBe(5n);
  });

  it("adds amounts and tolerances", () => {
    expect(plus({ units: 5n, tolerance: 1n }, { units: -7n, tolerance: 2n })).toEqual({
      units: -2n,
      tolerance: 3n,
    });
    expect(sumOf([0.1, 0.2, -0.05])).toEqual({ units: 250_000_000_000n, tolerance: 0n });
    expect(sumOf([])).toEqual(nothing);
    expect(explained(0.000000000003).units).toBe(3n);
  });
});
