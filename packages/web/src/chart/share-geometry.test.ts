import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareGeometry } from "./share-geometry.ts";

const shares = (...amounts: readonly number[]) => amounts.map((amount, at) => ({ tone: at + 1, amount }));

describe("a bar of shares", () => {
  it("has its shares side by side, in their order, together 100 wide", () => {
    expect(shareGeometry(shares(60, 30, 10))).toEqual([
      { tone: 1, x: 0, width: 60 },
      { tone: 2, x: 60, width: 30 },
      { tone: 3, x: 90, width: 10 },
    ]);
  });

  it("gives a credit no width, and the others the whole bar", () => {
    expect(shareGeometry(shares(30, -50, 10)).map(({ x, width }) => [x, width])).toEqual([
      [0, 75],
      [75, 0],
      [75, 25],
    ]);
  });

  it("is empty where nothing was spent", () => {
    expect(shareGeometry(shares(0, 0)).map(({ x, width }) => [x, width])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(shareGeometry([])).toEqual([]);
  });

  it("is never wider than 100", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 }), (amounts) => {
        for (const { x, width } of shareGeometry(shares(...amounts))) {
          expect(width).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(100 + 1e-9);
        }
      }),
    );
  });
});
