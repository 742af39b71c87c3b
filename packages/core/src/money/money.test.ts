import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allocate,
  displayedParts,
  moneyFromNumber,
  moneyNumber,
  moneyText,
  parseMoney,
  rounded,
  sum,
} from "./index.ts";
import { add, type Money } from "./money.ts";

const usd = (text: string) => parseMoney(text, "USD");
const units = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });

describe("amounts on a bill", () => {
  it("add exactly: 0.1 and 0.2 are 0.3", () => {
    expect(moneyText(add(usd("0.1"), usd("0.2")))).toBe("0.3");
  });

  it("add exactly at any number: 300 charges of $0.004 are $1.20, a million of $0.1 are $100,000", () => {
    expect(moneyText(sum(Array(300).fill(usd("0.004")), "USD"))).toBe("1.2");
    expect(moneyText(sum(Array(1_000_000).fill(usd("0.1")), "USD"))).toBe("100000");
  });

  it.each([
    ["1E-7", "0.0000001"],
    ["-2.5e3", "-2500"],
    ["1234567890.1234567890", "1234567890.123456789"],
    ["+7", "7"],
    [".5", "0.5"],
    ["5.", "5"],
    ["-0", "0"],
    ["0E-12", "0"],
    ["4.9E-324", "0"],
  ])("reads %s as %s", (text, plain) => {
    expect(moneyText(usd(text))).toBe(plain);
  });

  it.each([
    [`${"0".repeat(39)}7`, "7"],
    [`0.5${"0".repeat(59)}`, "0.5"],
    ["1E40", `1${"0".repeat(40)}`],
    ["1E-400", "0"],
  ])("reads %s at the bounds of what a bill has", (text, plain) => {
    expect(moneyText(usd(text))).toBe(plain);
  });

  it.each([
    `${"0".repeat(40)}7`,
    `0.5${"0".repeat(60)}`,
    "1E41",
    "1E-401",
    "",
    ".",
    "-",
    "1.2.3",
    "Infinity",
    "0x1",
    " 1",
  ])("refuses %s", (text) => {
    expect(() => usd(text)).toThrow(`${JSON.stringify(text.slice(0, 60))} is not a decimal number.`);
  });

  it("keep negative rows: a credit stays a credit", () => {
    expect(sum([usd("10"), usd("-12.5")], "USD")).toEqual(usd("-2.5"));
  });

  it("round what is finer than 10^-12 half to even, once", () => {
    expect(usd("0.0000000000005").units).toBe(0n);
    expect(usd("0.0000000000015").units).toBe(2n);
    expect(usd("-0.0000000000025").units).toBe(-2n);
    expect(usd("0.00000000000251").units).toBe(3n);
  });

  it.each([
    "",
    " ",
    "NaN",
    "Infinity",
    "1,000",
    "0x10",
    "1e",
    "--1",
    "1.2.3",
    "1e999999999",
    "1e41",
    "1e-401",
    "٣",
    ".",
    "9".repeat(500),
  ])("refuse %j with a sentence", (text) => {
    expect(() => usd(text)).toThrow(/is not a decimal number/);
  });

  it("do not mix currencies, not even past the compiler", () => {
    const euros: Money<string> = parseMoney("1", "EUR");
    expect(() => add<string>(usd("1"), euros)).toThrow("Amounts in USD and EUR cannot be combined.");
  });

  it("read back from text as they were", () => {
    fc.assert(
      fc.property(units, (size) => {
        expect(usd(moneyText({ units: size, currency: "USD" })).units).toBe(size);
      }),
    );
  });

  it("become the double nearest to them, the one that reading their text gives", () => {
    fc.assert(
      fc.property(units, (size) => {
        const money = { units: size, currency: "USD" };
        expect(moneyNumber(money)).toBe(Number(moneyText(money)));
      }),
    );
    // The first amount that no double counts exactly in units, and the last one that it does.
    for (const text of ["9007.199254740993", "-9007.199254740991"]) {
      expect(moneyNumber(usd(text))).toBe(Number(text));
    }
  });

  it("survive a published double up to fifteen digits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (size) => {
        const money = { units: size, currency: "USD" };
        expect(moneyFromNumber(moneyNumber(money), "USD")).toEqual(money);
      }),
    );
  });
});

describe("amounts before a reader", () => {
  it("are rounded once, half to even", () => {
    expect(
      [usd("1.005"), usd("1.015"), usd("-1.005"), usd("0.0049999")].map((money) => rounded(money)),
    ).toEqual([100n, 102n, -100n, 0n]);
  });

  it("add up to the whole that is shown: a third of 100 reads 33.34, 33.33, 33.33", () => {
    const thirds = allocate(usd("100"), [1n, 1n, 1n]);
    expect(displayedParts(10_000n, thirds)).toEqual([3334n, 3333n, 3333n]);
  });
});

describe("an amount that is shared out", () => {
  it("keeps every unit, whatever the weights", () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(units, weights, (size, parts) => {
        fc.pre(parts.some((part) => part > 0n));
        const shares = allocate({ units: size, currency: "USD" }, parts);
        expect(sum(shares, "USD").units).toBe(size);
        shares.forEach((share, at) => {
          if (parts[at] === 0n) expect(share.units).toBe(0n);
        });
      }),
    );
  });

  it("shares a credit like a cost", () => {
    expect(allocate(usd("-1"), [1n, 1n, 2n])).toEqual([usd("-0.25"), usd("-0.25"), usd("-0.5")]);
  });

  it("needs something to be shared by", () => {
    expect(() => allocate(usd("1"), [0n, 0n])).toThrow(RangeError);
    expect(() => allocate(usd("1"), [2n, -1n])).toThrow(RangeError);
  });
});
