import { describe, expect, it } from "vitest";
import { sparklineGeometry } from "./sparkline-geometry.ts";

const size = { width: 100, height: 20 };

describe("a sparkline", () => {
  it("runs from the left inset to the right inset, with zero at the bottom", () => {
    expect(sparklineGeometry([0, 100], size)).toEqual({ path: "M3,17L97,3", end: { x: 97, y: 3 } });
    expect(sparklineGeometry([100, 0], size)).toEqual({ path: "M3,3L97,17", end: { x: 97, y: 17 } });
  });

  it("starts its scale at zero, so that a small change looks small", () => {
    const { path, end } = sparklineGeometry([100, 101], size);
    const first = Number(path.split(/[ML,]/)[2]);
    expect(end?.y).toBeCloseTo(3);
    expect(first - (end?.y ?? 0)).toBeLessThan(0.2);
  });

  it("has credits below the zero line", () => {
    expect(sparklineGeometry([-10, 10], size)).toEqual({ path: "M3,17L97,3", end: { x: 97, y: 3 } });
    // Without any cost the scale reaches up to 1, so that it has an extent.
    const { end } = sparklineGeometry([-10, -5], size);
    expect(end?.y).toBeCloseTo(17 - (14 * 5) / 11);
  });

  it("starts at the left where there is one month, and has nothing where there is none", () => {
    expect(sparklineGeometry([5], size).end).toEqual({ x: 3, y: 3 });
    expect(sparklineGeometry([0], size).end).toEqual({ x: 3, y: 17 });
    expect(sparklineGeometry([], size)).toEqual({ path: "", end: null });
    expect(sparklineGeometry([null, null], size)).toEqual({ path: "", end: null });
  });

  it("is interrupted at a missing month, and ends at the last known month", () => {
    const { path, end } = sparklineGeometry([1, null, 2, 3, null], size);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(end?.x).toBeCloseTo(3 + (94 * 3) / 4);
  });
});
