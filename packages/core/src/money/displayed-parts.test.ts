import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayedParts, parseMoney, rounded, sum } from "./index.ts";

const usd = (text: string) => parseMoney(text, "USD");
const moneys = fc.array(
  fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map((units) => ({ units, currency: "USD" })),
  { maxLength: 30 },
);

describe("displayed parts of a sum", () => {
  it("read 33.34, 33.33, 33.33 for thirds of $100", () => {
    const third = usd("33.333333333333");
    expect(displayedParts(10_000n, [usd("33.333333333334"), third, third])).toEqual([3334n, 3333n, 3333n]);
  });

  it("add up to the whole, each part within a cent of itself", () => {
    void fc.assert(
      fc.property(moneys, (parts) => {
        const whole = rounded(sum(parts, "USD"));
        const shown = displayedParts(whole, parts);
        expect(shown.reduce((total, cents) => total + cents, 0n)).toBe(parts.length === 0 ? 0n : whole);
        for (const [at, { units }] of parts.entries()) {
          const off = (shown[at] ?? 0n) * 10n ** 10n - units;
          expect(off < 10n ** 10n && off > -(10n ** 10n)).toBe(true);
        }
      }),
    );
  });

  it("add up to a whole that was itself rounded up or down as a part", () => {
    expect(displayedParts(200n, [usd("1.004"), usd("1.004")])).toEqual([100n, 100n]);
    expect(displayedParts(201n, [usd("1.001"), usd("1.001")])).toEqual([101n, 100n]);
    expect(displayedParts(199n, [usd("1"), usd("1")]).reduce((a, b) => a + b)).toBe(199n);
  });

  it("are rounded alone when they are not the parts of this whole", () => {
    expect(displayedParts(10_000n, [usd("1.006"), usd("2")])).toEqual([101n, 200n]);
  });
});
