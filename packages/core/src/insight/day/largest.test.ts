import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestCandidates } from "./largest.ts";

const size = (value: number) => Math.abs(value);

describe("the candidates for the largest amounts", () => {
  it("contain the largest ones, however the rough numbers are rounded and whatever their sign", () => {
    const amounts = fc.array(
      fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom(0, 5, -5, 1e9)),
    );
    void fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: -3, max: 3 }),
        (all, count, off) => {
          const largest = all.toSorted((a, b) => size(b) - size(a)).slice(0, count);
          const candidates = largestCandidates(all, count, (value) => value * (1 + off * Number.EPSILON));
          const chosen = candidates.toSorted((a, b) => size(b) - size(a)).slice(0, count);
          expect(chosen.map(size)).toEqual(largest.map(size));
        },
      ),
    );
  });

  it("are all that are as large as the last of them, and few otherwise", () => {
    expect(largestCandidates([1, 2, 3, 3, 3, 9], 2, (value) => value)).toEqual([3, 3, 3, 9]);
    expect(largestCandidates([1, null, 3], 1, (value) => value)).toEqual([3]);
  });
});
