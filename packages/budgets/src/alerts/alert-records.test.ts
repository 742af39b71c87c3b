import type { BudgetAlert } from "@dapanoskop/core/budget";
import { memoryState, StateError, type StateFailure, type StateStore } from "@dapanoskop/core/state";
import { testClock, testRuntime } from "@dapanoskop/core/testing";
import { describe, expect, it } from "vitest";
import { WATCHED } from "../testing/index.ts";
import { alertsOf, changeAlerts } from "./alert-records.ts";

const AT = "2026-03-11T08:00:00Z";

const of = {
  owner: "local",
  kept: { budget: WATCHED, createdAt: "2026-01-05T08:00:00Z", updatedAt: AT, version: "1" },
  periodStart: "2026-03",
} as const;

const alert = (own: Partial<BudgetAlert> = {}): BudgetAlert => ({
  of: "actual",
  percent: "80",
  turn: 1,
  periodStart: "2026-03",
  reachedAt: AT,
  budget: WATCHED,
  actual: null,
  forecast: null,
  outcome: "send",
  rearmedAt: null,
  settled: [],
  ...own,
});

/** A state whose writes fail so many times: `refused` by another change, or by a failure of the store. */
function failing(failures: number, how: StateFailure | "refused") {
  const state = memoryState();
  let writes = 0;
  const put: StateStore["putIfAbsent"] = async (...args) => {
    writes += 1;
    if (writes > failures) return state.putIfAbsent(...args);
    if (how === "refused") return { outcome: "refused" };
    throw new StateError(how, "It failed.");
  };
  return { ...state, putIfAbsent: put, writes: () => writes };
}

async function change(state: ReturnType<typeof failing>, timeLeft = 60_000) {
  const clock = testClock(AT);
  const runtime = testRuntime({ clock, deadline: { timeLeft: () => timeLeft } });
  const outcome = await changeAlerts(of, () => [alert()], { state, runtime }).then(
    (alerts) => `${alerts.length} written`,
    (error: unknown) => (error instanceof StateError ? `${error.failure}: ${error.message}` : String(error)),
  );
  return { outcome, writes: state.writes(), sleeps: clock.sleeps };
}

describe("a change of alerts", () => {
  it("is tried eight times, with pauses that double up to two seconds, half of each by chance", async () => {
    expect(await change(failing(7, "refused"))).toEqual({
      outcome: "1 written",
      writes: 8,
      sleeps: [25, 50, 100, 200, 400, 800, 1_000],
    });
    expect(await change(failing(8, "refused"))).toMatchObject({
      outcome:
        "throttled: all#2026-03 of budget-alerts#local in memory was changed by others in every round. Run again.",
      writes: 8,
    });
  });

  it.each(["unknown-outcome", "throttled", "unreachable"] as const)(
    "is tried again after %s",
    async (failure) => {
      expect(await change(failing(7, failure))).toMatchObject({ outcome: "1 written", writes: 8 });
      expect(await change(failing(8, failure))).toMatchObject({
        outcome: `${failure}: It failed.`,
        writes: 8,
      });
    },
  );

  it.each(["access-denied", "corrupt", "no-space", "no-such-place"] as const)(
    "is not tried again after %s",
    async (failure) => {
      expect(await change(failing(1, failure))).toMatchObject({
        outcome: `${failure}: It failed.`,
        writes: 1,
      });
    },
  );

  it("is not tried again after a defect", async () => {
    const state = failing(0, "refused");
    const broken = { ...state, get: () => Promise.reject(new TypeError("x")) };
    expect(await change(broken)).toMatchObject({ outcome: "TypeError: x", sleeps: [] });
  });

  it.each([
    [30, [25, 30, 30]],
    [0, [0, 0, 0]],
    [-5, [0, 0, 0]],
  ])("does not wait longer than there is time: %i ms", async (timeLeft, sleeps) => {
    expect((await change(failing(3, "refused"), timeLeft)).sleeps).toEqual(sleeps);
  });

  it("is kept for 400 days; one that changes nothing is not written", async () => {
    const state = failing(0, "refused");
    expect((await change(state)).writes).toBe(1);
    const [record] = await state.list("budget-alerts#local");
    expect(record?.expiresAt).toBe("2027-04-15T08:00:00Z");
    await changeAlerts(of, (alerts) => alerts, { state, runtime: testRuntime() });
    expect((await state.list("budget-alerts#local"))[0]?.version).toBe(record?.version);
  });

  it("keeps every field, and alerts of an earlier budget of the same id are none of this one", async () => {
    const state = memoryState();
    const usd = (units: bigint) => ({ units, currency: "USD" });
    const alerts = [
      alert({ actual: usd(5n), settled: ["a"], rearmedAt: AT, turn: 2 }),
      alert({
        of: "forecast",
        percent: "33.3",
        outcome: "passed",
        forecast: { total: usd(1n), low: usd(-2n), high: null },
      }),
    ];
    await changeAlerts(of, () => alerts, { state, runtime: testRuntime() });
    expect(await alertsOf("local", of.kept, state, AT)).toEqual(alerts);
    expect(await alertsOf("local", of.kept, state, "2026-04-30T08:00:00Z")).toEqual(alerts);
    expect(await alertsOf("local", of.kept, state, "2026-05-03T08:00:00Z")).toEqual([]);
    expect(await alertsOf("local", { ...of.kept, createdAt: AT }, state, AT)).toEqual([]);
  });
});
