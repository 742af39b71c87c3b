import { describe, expect, it } from "vitest";
import { SizeWindow } from "./size-window.ts";

function usualOf(...sizes: readonly number[]): number {
  const window = new SizeWindow();
  for (const size of sizes) window.add(size);
  return window.usual();
}

describe("the usual deviation", () => {
  it("is 0 of none", () => {
    expect(usualOf()).toBe(0);
  });

  it("is read from the median where most days deviate alike", () => {
    expect(usualOf(3, 1, 2, 2, 2)).toBeCloseTo(2 * 1.4826, 10);
  });

  it("is read from the ninth decile where few days deviate, and these much", () => {
    expect(usualOf(0, 0, 0, 0, 100, 0, 0, 0, 0, 50)).toBeCloseTo(100 / 1.645, 10);
    expect(usualOf(100, ...Array.from({ length: 10 }, () => 0))).toBe(0);
  });

  it("forgets what is older than six weeks, and everything when it is cleared", () => {
    const window = new SizeWindow();
    for (let day = 0; day < 42; day += 1) window.add(500);
    expect([window.length, window.usual()]).toEqual([42, 500 * 1.4826]);
    for (let day = 0; day < 42; day += 1) window.add(1);
    expect([window.length, window.usual()]).toEqual([42, 1.4826]);
    window.clear();
    expect([window.length, window.usual()]).toEqual([0, 0]);
  });
});
