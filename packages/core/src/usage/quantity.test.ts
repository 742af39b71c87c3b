import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuantity, QuantityError, quantityToNumber } from "./index.ts";

const hours = (text: string) => parseQuantity(text, "Hrs");

describe("a quantity on the bill", () => {
  it.each<[string, bigint]>([
    ["0", 0n],
    ["744", 744_000_000_000_000n],
    ["0.1", 100_000_000_000n],
    [".5", 500_000_000_000n],
    ["3.", 3_000_000_000_000n],
    ["1E-7", 100_000n],
    ["1.5e3", 1_500_000_000_000_000n],
    ["-2.25", -2_250_000_000_000n],
    ["+1", 1_000_000_000_000n],
    ["4.9E-324", 0n],
    ["1234567890.123456789012", 1_234_567_890_123_456_789_012n],
  ])("reads %s exactly", (text, units) => {
    expect(hours(text)).toEqual({ units, unit: "Hrs" });
  });

  it("rounds what is finer than 12 decimals half to even", () => {
    expect(hours("0.0000000000005").units).toBe(0n);
    expect(hours("0.0000000000015").units).toBe(2n);
    expect(hours("0.0000000000025").units).toBe(2n);
    expect(hours("0.00000000000250000001").units).toBe(3n);
    expect(hours("-0.0000000000015").units).toBe(-2n);
  });

  it.each([
    "",
    " ",
    ".",
    "abc",
    "1,000",
    "0x10",
    "NaN",
    "Infinity",
    "1e",
    "--1",
    "1e999999999",
    "1E-401",
    "9".repeat(2_000),
  ])("refuses %s with a sentence", (text) => {
    expect(() => hours(text)).toThrow(QuantityError);
    expect(() => hours(text)).toThrow(RangeError);
    expect(() => hours(text)).toThrow(/"Hrs" is not a quantity: .+\.$/);
  });

  it("becomes the nearest number for JSON", () => {
    expect(quantityToNumber(hours("1099.511627776"))).toBe(1099.511627776);
    expect(quantityToNumber(hours("-0.1"))).toBe(-0.1);
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 5 }), (digits, places) => {
        const text = `${digits}e-${places}`;
        expect(quantityToNumber(hours(text))).toBe(Number(text));
      }),
    );
  });
});
