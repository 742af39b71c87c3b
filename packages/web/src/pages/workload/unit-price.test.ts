import { aUse } from "@dapanoskop/core/insight/testing";
import { describe, expect, it } from "vitest";
import { priceChange, unitPriceOf } from "./unit-price.ts";

describe("a unit price", () => {
  it("is the cost of one unit, also 0 for free usage", () => {
    expect(unitPriceOf(aUse(10, 40))).toBe(0.25);
    expect(unitPriceOf(aUse(0, 40))).toBe(0);
  });

  it("is unknown without usage, without a quantity, and with a quantity that is not positive", () => {
    expect([null, aUse(10, null), aUse(10, 0), aUse(10, -1)].map(unitPriceOf)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("has a change in percent with one decimal", () => {
    expect([priceChange(1.2, 1), priceChange(1, 1.5), priceChange(0, 2)]).toEqual([20, -33.3, -100]);
  });

  it("has no change where it is unknown, was 0, or changed by less than 0.05 %", () => {
    expect([priceChange(null, 1), priceChange(1, null), priceChange(1, 0), priceChange(1.0004, 1)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(priceChange(1.0006, 1)).toBe(0.1);
  });
});
