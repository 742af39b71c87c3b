import { testRandom } from "@dapanoskop/core/testing";
import { describe, expect, it } from "vitest";
import type { FailureClass } from "./failure-class.ts";
import { isRetryable, pauseAfter, type RetryPolicy } from "./retry-policy.ts";

const policy: RetryPolicy = { attempts: 9, throttledBase: 1_000, transientBase: 100, cap: 5_000 };
const pauses = (failureClass: FailureClass, fraction: number) =>
  [1, 2, 3, 4, 5].map((attempt) => pauseAfter(attempt, failureClass, policy, testRandom(fraction)));

describe("the pause between two attempts", () => {
  it("doubles up to the cap, from the base of the failure", () => {
    expect(pauses("throttled", 1)).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
    expect(pauses("lost", 1)).toEqual([100, 200, 400, 800, 1_600]);
    expect(pauses("unsent", 1)).toEqual([100, 200, 400, 800, 1_600]);
  });

  it("has full jitter: any part of it, from zero", () => {
    expect(pauses("throttled", 0.25)).toEqual([250, 500, 1_000, 1_250, 1_250]);
    expect(pauses("lost", 0)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe("another attempt", () => {
  it.each([
    ["unsent", true],
    ["throttled", true],
    ["lost", true],
    ["clock-corrected", false],
    ["credentials", false],
    ["untrusted", false],
    ["rejected", false],
  ] as const)("after %s: %s", (failureClass, expected) => {
    expect(isRetryable(failureClass)).toBe(expected);
  });
});
