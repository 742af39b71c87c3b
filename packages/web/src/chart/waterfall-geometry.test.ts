import { describe, expect, it } from "vitest";
import { type Step, waterfallGeometry } from "./waterfall-geometry.ts";

const size = { width: 400, height: 100 };
const steps = (...amounts: readonly number[]): readonly Step[] =>
  amounts.map((amount, at) => ({ kind: at === 0 || at === amounts.length - 1 ? "total" : "change", amount }));

describe("a waterfall", () => {
  it("passes each level on to the next step, and ends at the total", () => {
    const bars = waterfallGeometry(steps(100, 50, -30, 120), size);
    // From 0 to 150 on 100 pixels.
    expect(bars.map(({ level }) => level)).toEqual([
      expect.closeTo(100 / 3),
      0,
      expect.closeTo(20),
      expect.closeTo(20),
    ]);
    expect(bars.map(({ bar }) => [bar.y, bar.height])).toEqual([
      [expect.closeTo(100 / 3), expect.closeTo(200 / 3)],
      [0, expect.closeTo(100 / 3)],
      [0, expect.closeTo(20)],
      [expect.closeTo(20), expect.closeTo(80)],
    ]);
    expect(bars.some(({ isCut }) => isCut)).toBe(false);
  });

  it("has steps of equal width, with half a gap at both ends", () => {
    const bars = waterfallGeometry(steps(100, 50, -30, 120), size);
    expect(bars.map(({ bar }) => [bar.x, bar.width])).toEqual([
      [17.5, 65],
      [117.5, 65],
      [217.5, 65],
      [317.5, 65],
    ]);
  });

  it("cuts high totals where a small change would not be visible, and says which", () => {
    const bars = waterfallGeometry(steps(1000, 10, 1010), size);
    expect(bars.map(({ isCut }) => isCut)).toEqual([true, false, true]);
    expect(bars[1]?.bar.height).toBeCloseTo(60);
    expect(bars.map(({ bar }) => bar.y + bar.height)).toEqual([100, expect.closeTo(60), 100]);
  });

  it("cuts nothing where the change takes a quarter of the height", () => {
    expect(waterfallGeometry(steps(75, 25, 100), size).some(({ isCut }) => isCut)).toBe(false);
    expect(waterfallGeometry(steps(76, 24, 100), size).some(({ isCut }) => isCut)).toBe(true);
  });

  it("draws a change of 0 two pixels high, and a total of 0 without height", () => {
    const bars = waterfallGeometry(steps(0, 0, 0), size);
    expect(bars.map(({ bar }) => bar.height)).toEqual([0, 2, 0]);
  });

  it("draws a negative total below zero", () => {
    const bars = waterfallGeometry(steps(-5, 8, 3), size);
    // From -5 to 3 on 100 pixels: zero is at 37.5.
    expect(bars.map(({ bar }) => [bar.y, bar.height])).toEqual([
      [37.5, 62.5],
      [0, 100],
      [0, 37.5],
    ]);
    expect(bars.some(({ isCut }) => isCut)).toBe(false);
  });
});
