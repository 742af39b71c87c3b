import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Money, parseMoney, rounded } from "../../money/index.ts";
import { amountText, bytesText, plainFigures } from "./plain-figures.ts";

const signedAmountText = (money: Money) => plainFigures.signed(rounded(money), money.currency);
const usd = (text: string) => parseMoney(text, "USD");

describe("amounts as text", () => {
  it("shows dollars with their sign, separators and cents", () => {
    expect(amountText(usd("1240.5"))).toBe("$1,240.50");
    expect(amountText(usd("1234567890.126"))).toBe("$1,234,567,890.13");
    expect(amountText(usd("0"))).toBe("$0.00");
  });

  it("names any other currency by its code", () => {
    expect(amountText(parseMoney("12", "EUR"))).toBe("EUR 12.00");
    expect(amountText(parseMoney("-1200", "CNY"))).toBe("−CNY 1,200.00");
  });

  it("gives what rounds to nothing no sign", () => {
    expect(amountText(usd("-0.004"))).toBe("$0.00");
    expect(signedAmountText(usd("0.004"))).toBe("$0.00");
  });

  it("signs a change", () => {
    expect(signedAmountText(usd("800"))).toBe("+$800.00");
    expect(signedAmountText(usd("-120"))).toBe("−$120.00");
    expect(plainFigures.changePercent(-12345n)).toBe("−1,234.5 %");
  });

  it("reads back as the same cents, whatever the amount", () => {
    void fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (cents) => {
        const text = amountText({ units: cents * 10n ** 10n, currency: "USD" });
        expect(BigInt(text.replace("−", "-").replaceAll(/[$,.]/g, ""))).toBe(cents);
      }),
    );
  });

  it("says n/a where a share of nothing was asked", () => {
    expect(plainFigures.percent(null)).toBe("n/a");
    expect(plainFigures.percent(93.3)).toBe("93.3 %");
    expect(plainFigures.percent(100)).toBe("100.0 %");
  });

  it("counts bytes as AWS bills them: a TB is 2^40", () => {
    expect(bytesText(2 ** 40)).toBe("1.00 TB");
    expect(bytesText(500 * 2 ** 30)).toBe("500.00 GB");
    expect(bytesText(0)).toBe("0 bytes");
    expect(bytesText(1023)).toBe("1,023 bytes");
    expect(bytesText(2 ** 40 - 1)).toBe("1.00 TB");
    expect(bytesText(3000 * 2 ** 60)).toBe("3,000.00 EB");
  });

  it("writes days with the last one included, and says when they are a whole month", () => {
    expect(plainFigures.window({ start: "2026-02-01", end: "2026-02-08" })).toBe("Feb 1–7");
    expect(plainFigures.window({ start: "2026-02-01", end: "2026-03-01" })).toBe(
      "Feb 1–28 (the whole month)",
    );
    expect(plainFigures.instant("2026-03-08T06:05:00Z")).toBe("Mar 8, 2026, 06:05 UTC");
  });
});
