import { StoreError, type StoreFailure } from "@dapanoskop/core/store";
import { testClock, testRandom, testRuntime } from "@dapanoskop/core/testing";
import { describe, expect, it } from "vitest";
import { isOutcomeUnknown, pauseBeforeRetry } from "./retry.ts";

describe("the pause before a retry", () => {
  it("doubles its upper bound from 100 ms to 3 s, and is a random part of it", async () => {
    const pauses = async (fraction: number) => {
      const clock = testClock();
      const runtime = testRuntime({ clock, random: testRandom(fraction) });
      for (let attempt = 1; attempt <= 7; attempt++)
        expect(await pauseBeforeRetry(runtime, attempt)).toBe(true);
      return clock.sleeps;
    };
    expect(await pauses(0.5)).toEqual([50, 100, 200, 400, 800, 1_500, 1_500]);
    expect(await pauses(0.25)).toEqual([25, 50, 100, 200, 400, 750, 750]);
    expect(await pauses(0)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it.each([
    [51, true, [50]],
    [50, false, []],
    [0, false, []],
    [-1, false, []],
  ])("of 50 ms with %i ms left: %s", async (left, mayRetry, sleeps) => {
    const clock = testClock();
    const runtime = testRuntime({ clock, deadline: { timeLeft: () => left } });
    expect(await pauseBeforeRetry(runtime, 1)).toBe(mayRetry);
    expect(clock.sleeps).toEqual(sleeps);
  });
});

describe("a failure", () => {
  const failures: Readonly<Record<StoreFailure, boolean>> = {
    "unknown-outcome": true,
    unreachable: true,
    "access-denied": false,
    "no-such-place": false,
    "no-space": false,
    credentials: false,
    contention: false,
    "bad-key": false,
    "newer-schema": false,
    corrupt: false,
  };

  it.each(Object.entries(failures))("%s leaves the outcome open: %s", (failure, isOpen) => {
    expect(isOutcomeUnknown(new StoreError(failure as StoreFailure, null, "It failed."))).toBe(isOpen);
  });

  it("that is no failure of a store leaves nothing open", () => {
    expect(isOutcomeUnknown(new Error("unknown-outcome"))).toBe(false);
    expect(isOutcomeUnknown({ failure: "unknown-outcome" })).toBe(false);
  });
});
