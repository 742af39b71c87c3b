import { memoryState, type StateStore } from "@dapanoskop/core/state";
import { describe, expect, it } from "vitest";
import { countUse, limits } from "./limits.ts";

describe("how often something may be done", () => {
  it("is bounded for everything that costs money or time", () => {
    expect(Object.values(limits).map(({ name, uses, seconds }) => `${name} ${uses} in ${seconds} s`)).toEqual(
      ["uploads 60 in 60 s", "scans 20 in 60 s", "queries 30 in 3600 s", "daily-queries 200 in 86400 s"],
    );
  });

  const limit = { name: "things", uses: 2, seconds: 60, what: "things in a minute" };
  const use = (state: StateStore, now: string, owner = "user:a") =>
    countUse(limit, owner, state, now).then(
      () => "counted",
      (problem) => `${problem.code} ${problem.retryAfter} ${problem.message}`,
    );

  it("counts in periods of the clock, each owner by itself, and says when the next one begins", async () => {
    const state = memoryState();
    expect(await use(state, "2026-03-08T06:00:30Z")).toBe("counted");
    expect(await use(state, "2026-03-08T06:00:59Z")).toBe("counted");
    expect(await use(state, "2026-03-08T06:00:30Z")).toBe(
      "too_many_requests 30 There were 2 things in a minute, the most that are done. Try again later.",
    );
    expect(await use(state, "2026-03-08T06:00:59Z")).toMatch(/^too_many_requests 1 /);
    expect(await use(state, "2026-03-08T06:00:30Z", "user:b")).toBe("counted");
    expect(await use(state, "2026-03-08T06:01:00Z")).toBe("counted");
    const [record] = await state.list("limit#user:a");
    expect(record).toMatchObject({
      value: { from: "2026-03-08T06:01:00Z", uses: 1 },
      expiresAt: "2026-03-09T06:02:00Z",
    });
  });

  it.each([
    [29, "counted"],
    [30, "too_many_requests"],
  ])("is tried 30 times where others count at the same moment: %i are refused", async (refused, outcome) => {
    const memory = memoryState();
    let writes = 0;
    const state: StateStore = {
      ...memory,
      async putIfAbsent(...args) {
        writes += 1;
        return writes > refused ? memory.putIfAbsent(...args) : { outcome: "refused" };
      },
    };
    expect([(await use(state, "2026-03-08T06:00:30Z")).split(" ")[0], writes]).toEqual([outcome, 30]);
  });
});
