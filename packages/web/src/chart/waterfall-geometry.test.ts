import { describe, expect, it } from "vitest";
import { sparklineGeometry } from "./sparkline-geometry.ts";
import { waterfallGeometry } from "./waterfall-geometry.ts";

const size = { width: 100, height: 20 };

describe("a spark line", () => {
  it("begins at zero, so that a ripple looks like one", () => {
    const { end } = sparklineGeometry([100, 101], size);
    expect(end?.y).toBeCloseTo(3);
    expect(sparklineGeometry([100, 0], size).end?.y).toBeCloseTo(17);
  });

  it("breaks where a month is missing, and ends at the last that is known", () => {
    const { path, end } = sparklineGeometry([1, null, 2, 3, null], size);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(end?.x).toBeLessThan(97);
    expect(sparklineGeometry([], size)).toEqual({ path: "", end: null });
  });
});

describe("a waterfall", () => {
  it("hands each level on, and ends where the bill stands", () => {
    const bars = waterfallGeometry(
      [
        { kind: "total", amount: 100 },
        { kind: "change", amount: 50 },
        { kind: "change", amount: -30 },
        { kind: "total", amount: 120 },
      ],
      { width: 400, height: 100 },
    );
    expect(bars.map(({ direction }) => direction)).toEqual(["none", "up", "down", "none"]);
    expect(bars[1]?.bar.y).toBeCloseTo(0);
    expect(bars.some(({ isCut }) => isCut)).toBe(false);
    expect(bars[2]?.level).toBeCloseTo(bars[3]?.bar.y ?? -1);
  });

  it("cuts tall totals, and says so, where a small change would not be seen", () => {
    const bars = waterfallGeometry(
      [
        { kind: "total", amount: 1000 },
        { kind: "change", amount: 10 },
        { kind: "total", amount: 1010 },
      ],
      { width: 300, height: 100 },
    );
    expect(bars.map(({ isCut }) => isCut)).toEqual([true, false, true]);
    expect(bars[1]?.bar.height).toBeCloseTo(60);
  });

  it("stands on zero where nothing changed, or a credit leads below it", () => {
    for (const amounts of [
      [100, 0, 100],
      [-5, 8, 3],
      [0, 0, 0],
    ]) {
      const steps = amounts.map((amount, at) => ({
        kind: at === 1 ? ("change" as const) : ("total" as const),
        amount,
      }));
      const bars = waterfallGeometry(steps, { width: 300, height: 100 });
      expect(bars.every(({ isCut, bar }) => !isCut && Number.isFinite(bar.y) && bar.height >= 0)).toBe(true);
    }
  });
});
