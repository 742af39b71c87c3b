import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linear, niceTicks } from "./scale.ts";

describe("an axis of money", () => {
  it("has round steps that include all amounts", () => {
    expect(niceTicks(0, 97_000, 4)).toEqual({
      values: [0, 25_000, 50_000, 75_000, 100_000],
      from: 0,
      to: 100_000,
    });
    expect(niceTicks(-300, 1000, 4).values).toEqual([-500, 0, 500, 1000]);
    expect(niceTicks(0, 0, 4).values).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it("always covers its span with at most seven steps", () => {
    const amount = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const [min, max] = [Math.min(a, b, 0), Math.max(a, b, 0)];
        fc.pre(max - min > 1e-6);
        const { values, from, to } = niceTicks(min, max, 4);
        expect(from).toBeLessThanOrEqual(min + 1e-9);
        expect(to).toBeGreaterThanOrEqual(max - 1e-9);
        expect(values.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it("maps linearly, and maps a domain without extent to the start of the range", () => {
    expect(linear([0, 10], [100, 0])(2.5)).toBe(75);
    expect(linear([5, 5], [100, 0])(5)).toBe(100);
  });
});
