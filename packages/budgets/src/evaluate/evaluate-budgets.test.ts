import { aBudget } from "@dapanoskop/core/budget/testing";
import { accepted, refusedForGood, unknownOutcome } from "@dapanoskop/core/sending";
import { memoryState, StateError, type StateStore } from "@dapanoskop/core/state";
import { beforeEach, describe, expect, it } from "vitest";
import { alertStates } from "../alerts/alert-states.ts";
import { budgetOf, deleteBudget, putBudget } from "../records/budget-records.ts";
import { alertRaceContract, BudgetFixture, WATCHED } from "../testing/index.ts";

let fixture: BudgetFixture;
beforeEach(() => {
  fixture = new BudgetFixture();
});

const AT = "2026-01-05T08:00:00Z";

/** A time in March, one for each day. */
const on = (day: number, time = "08:00:00") => `2026-03-${String(day).padStart(2, "0")}T${time}Z`;

async function costs(...amounts: readonly (string | null)[]) {
  let day = 10;
  for (const amount of amounts) {
    fixture.cost = amount;
    await fixture.evaluate(on(day));
    day += 1;
  }
  return fixture.sent.map(
    ({ message }) => (message.json as { threshold: { percent: string } }).threshold.percent,
  );
}

async function sentStates(id = "all", at = on(20)) {
  const kept = await budgetOf("local", id, fixture.state);
  if (kept === null) throw new Error("There is no budget.");
  return (await alertStates("local", kept, fixture.state, at)).flatMap(({ sent }) => sent);
}

describe("an evaluation", () => {
  it("alerts of each threshold once, the highest of several, and again in the next month", async () => {
    await fixture.put();
    expect(await costs("49.99", "50.00", "50.01", "85", "85", "100.00", "100.01")).toEqual([
      "50",
      "80",
      "100",
    ]);
    await fixture.evaluate("2026-04-10T08:00:00Z");
    expect(fixture.sent).toHaveLength(4);
    expect(fixture.sent.at(-1)?.tags).toMatchObject({
      report: "alert",
      date: "2026-04-01",
      audience: "finance",
    });
  });

  it("does not alert twice when a credit lowers the cost, unless the budget re-arms", async () => {
    await fixture.put();
    expect(await costs("82", "70", "82")).toEqual(["80"]);
    fixture = new BudgetFixture();
    await fixture.put({ ...WATCHED, rearm: true });
    expect(await costs("82", "70", "82")).toEqual(["80", "80"]);
  });

  it("of unknown figures says so, sends nothing, and alerts as soon as they are known", async () => {
    await fixture.put();
    fixture.cost = "85";
    fixture.problem = "index.json cannot be read.";
    const { unknown, states, alerts } = await fixture.evaluate(on(10));
    expect({ unknown, alerts }).toEqual({ unknown: 1, alerts: [] });
    expect(states[0]?.state).toMatchObject({ status: "unknown", why: "index.json cannot be read." });
    expect(fixture.sent).toEqual([]);
    fixture.problem = null;
    await fixture.evaluate(on(10, "09:00:00"));
    expect(fixture.sent).toHaveLength(1);
  });

  it("of a month that has just begun does not count it as unknown", async () => {
    await fixture.put();
    fixture.cost = null;
    expect((await fixture.evaluate(on(3))).unknown).toBe(0);
    expect((await fixture.evaluate(on(7))).unknown).toBe(1);
  });

  it("finds the budgets of every owner, also of a group with any name", async () => {
    await fixture.put(WATCHED, "user:1234");
    await fixture.put(WATCHED, "group:Größe # / x");
    await fixture.put({ ...WATCHED, id: "other" });
    fixture.cost = "60";
    const { states } = await fixture.evaluate(on(10));
    expect(states.map(({ owner, state }) => `${owner} ${state.budget.id}`).sort()).toEqual([
      "group:Größe # / x all",
      "local other",
      "user:1234 all",
    ]);
    expect(fixture.sent).toHaveLength(3);
  });

  it("alerts every audience once, whatever became of another one", async () => {
    await fixture.put({ ...WATCHED, audiences: ["nobody", "finance", "platform"] });
    fixture.cost = "60";
    const { failures } = await fixture.evaluate(on(10));
    expect(failures).toMatchObject([{ budget: "all", audience: "nobody" }]);
    await fixture.evaluate(on(11));
    expect(fixture.sent.map(({ audience }) => audience)).toEqual(["finance", "platform"]);
    expect(await sentStates()).toEqual([
      { audience: "nobody", state: "pending" },
      { audience: "finance", state: "sent" },
      { audience: "platform", state: "sent" },
    ]);
  });

  it("sends an alert of the last days of a month that are published in the next one", async () => {
    await fixture.put();
    const at = "2026-04-03T08:00:00Z";
    fixture.cost = "79";
    await fixture.evaluate("2026-03-31T08:00:00Z");
    expect(fixture.sent).toHaveLength(1);
    // The figures of March are those of the month before in April.
    fixture.costBefore = "81";
    fixture.cost = "1";
    await fixture.evaluate(at);
    expect(fixture.sent.map(({ tags }) => tags.date)).toEqual(["2026-03-01", "2026-03-01"]);
    fixture.costBefore = "101";
    await fixture.evaluate("2026-04-11T08:00:00Z");
    expect(fixture.sent).toHaveLength(2);
  });

  it("says nothing of a period that had ended before the budget was made", async () => {
    await fixture.put(WATCHED, "local", "2026-04-02T08:00:00Z");
    fixture.costBefore = "500";
    fixture.cost = "1";
    await fixture.evaluate("2026-04-03T08:00:00Z");
    expect(fixture.sent).toEqual([]);
  });

  it("says nothing of a budget that was removed, and alerts anew of another one with its id", async () => {
    await fixture.put();
    fixture.cost = "60";
    await fixture.evaluate(on(10));
    expect(await deleteBudget("local", "all", fixture.state)).toBe(true);
    expect(await fixture.state.list("budget#local")).toEqual([]);
    fixture.cost = "90";
    expect((await fixture.evaluate(on(12))).states).toEqual([]);
    expect(fixture.sent).toHaveLength(1);
    const again = { at: on(13), mode: "create" } as const;
    expect(await putBudget("local", WATCHED, fixture.state, again)).toBe("created");
    await fixture.evaluate(on(13));
    expect(fixture.sent).toHaveLength(2);
  });

  const broken = (changes: object) => ({
    created_at: AT,
    updated_at: AT,
    schema: 1,
    budget: { ...WATCHED, id: "bad", ...changes },
  });
  it.each([
    ["nothing", {}],
    ["a later version", { ...broken({}), schema: 2 }],
    ["a limit that is no number", broken({ limit: "1e9" })],
    ["a limit below nothing", broken({ limit: "-1" })],
    ["a currency that is none", broken({ currency: "usd" })],
    ["a threshold that is no number", broken({ thresholds: [{ of: "actual", percent: "NaN" }] })],
  ])("of a record that cannot be read names it, and evaluates all others: %s", async (_what, value) => {
    await fixture.put(WATCHED, "user:1");
    await fixture.put();
    await fixture.state.putIfAbsent({ partition: "budget#user:1", sort: "bad" }, { value, expiresAt: null });
    await fixture.state.putIfAbsent(
      { partition: "budget-owners", sort: "a" },
      { value: {}, expiresAt: null },
    );
    fixture.cost = "60";
    const { states, failures } = await fixture.evaluate(on(10));
    expect(states.map(({ owner }) => owner)).toEqual(["local", "user:1"]);
    expect(fixture.sent).toHaveLength(2);
    expect(failures.map(({ budget }) => budget)).toEqual([null, "bad"]);
    expect(String(failures[0]?.error)).toMatch(/The record a of budget-owners .* names no owner/);
    expect(String(failures[1]?.error)).toMatch(/The record bad of budget#user:1 .* is no budget/);
  });

  it("names an owner that cannot be read where there is no other", async () => {
    await fixture.state.putIfAbsent({ partition: "budget-owners", sort: "a" }, { value: 7, expiresAt: null });
    expect(await fixture.evaluate(on(10))).toMatchObject({ states: [], failures: [{ budget: null }] });
  });
});

describe("an alert that is not sent", () => {
  beforeEach(async () => {
    await fixture.put();
    fixture.cost = "85";
  });

  it("is tried again by the next evaluation after a refusal, with the figures of the first one", async () => {
    fixture.answer = (attempts) => (attempts === 0 ? refusedForGood("Verify the sender.") : accepted("m"));
    const { alerts } = await fixture.evaluate(on(10));
    expect(alerts).toMatchObject([{ outcome: "failed" }]);
    expect(await sentStates()).toEqual([{ audience: "finance", state: "failed" }]);
    fixture.cost = "86";
    expect((await fixture.evaluate(on(11))).alerts).toMatchObject([{ outcome: "sent" }]);
    expect(fixture.subjects().every((subject) => subject.includes("$85.00"))).toBe(true);
    expect(await sentStates()).toEqual([{ audience: "finance", state: "sent" }]);
    expect((await fixture.evaluate(on(12))).alerts).toEqual([]);
  });

  it("is sent by the next evaluation where this one had no time", async () => {
    expect((await fixture.evaluate(on(10), { timeLeft: 10_000 })).alerts).toMatchObject([
      { outcome: "postponed" },
    ]);
    expect(fixture.sent).toEqual([]);
    await fixture.evaluate(on(11));
    expect(fixture.sent).toHaveLength(1);
  });

  it("is never sent again where its answer was lost", async () => {
    fixture.answer = () => unknownOutcome("No answer came.");
    expect((await fixture.evaluate(on(10))).alerts).toMatchObject([{ outcome: "unknown" }]);
    expect((await fixture.evaluate(on(11))).alerts).toEqual([]);
    expect(fixture.sent).toHaveLength(1);
    expect(await sentStates()).toEqual([{ audience: "finance", state: "unknown" }]);
  });

  it("is sent although the figures have become unknown since", async () => {
    fixture.answer = (attempts) => (attempts === 0 ? refusedForGood("Verify the sender.") : accepted("m"));
    await fixture.evaluate(on(10));
    fixture.problem = "index.json cannot be read.";
    await fixture.evaluate(on(11));
    expect(fixture.sent).toHaveLength(2);
  });
});

describe("a crash or a lost answer at any call to the state store", () => {
  const FAULTS = ["crash before", "crash after", "request lost", "answer lost"] as const;

  /** A store whose nth call fails in one way; a crash ends every later call too. */
  function failing(store: StateStore, nth: number, fault: (typeof FAULTS)[number]) {
    let calls = 0;
    let isCrashed = false;
    const counted = { store: null as unknown as StateStore, calls: () => calls };
    async function call<Answer>(isWrite: boolean, act: () => Promise<Answer>): Promise<Answer> {
      calls += 1;
      const isFaulty = calls === nth;
      const isLost = fault === "request lost" || fault === "answer lost";
      if (isCrashed || (isFaulty && fault === "crash before")) {
        isCrashed = true;
        throw new Error("The process has crashed.");
      }
      if (isFaulty && isLost && !isWrite) throw new StateError("unreachable", "No answer came.");
      if (isFaulty && fault === "request lost") throw new StateError("unknown-outcome", "It was lost.");
      const answer = await act();
      if (isFaulty && fault === "answer lost") throw new StateError("unknown-outcome", "It was lost.");
      if (isFaulty && fault === "crash after") isCrashed = true;
      return answer;
    }
    counted.store = {
      ...store,
      get: (key) => call(false, () => store.get(key)),
      list: (partition, after) => call(false, () => store.list(partition, after)),
      putIfAbsent: (key, next) => call(true, () => store.putIfAbsent(key, next)),
      putIfVersion: (key, next, version) => call(true, () => store.putIfVersion(key, next, version)),
    };
    return counted;
  }

  it.each(FAULTS)(
    "%s: the alert is sent at most once, and exactly once unless a message was under way",
    async (fault) => {
      let reached = 0;
      for (let nth = 1; nth <= 40; nth++) {
        fixture = new BudgetFixture(memoryState());
        await fixture.put();
        fixture.cost = "85";
        const { store, calls } = failing(fixture.state, nth, fault);
        await fixture.evaluate(on(10), { state: store }).catch(() => {});
        reached = Math.max(reached, calls());
        const before = fixture.sent.length;
        await fixture.evaluate(on(11));
        await fixture.evaluate(on(12));
        const states = await sentStates();
        expect(fixture.sent.length, `call ${nth}`).toBeLessThanOrEqual(1);
        if (fixture.sent.length === 0)
          expect(states, `call ${nth}`).toEqual([{ audience: "finance", state: "unknown" }]);
        else if (before === 0)
          expect(states, `call ${nth}`).toEqual([{ audience: "finance", state: "sent" }]);
      }
      // Owners, budgets, two periods, the alert's record, claim, intent, result and settlement.
      expect(reached).toBeGreaterThan(8);
      expect(reached).toBeLessThan(40);
    },
  );
});

alertRaceContract(
  { describe, it, expect },
  {
    name: "in memory",
    faultyRaces: 200,
    async open(clients) {
      const state = memoryState();
      return Array.from({ length: clients }, () => state);
    },
  },
);

describe("two schedulers of a budget without thresholds or audiences", () => {
  it("record and send nothing", async () => {
    await fixture.put(aBudget({ audiences: [], thresholds: WATCHED.thresholds }));
    await fixture.put(aBudget({ id: "plain" }));
    fixture.cost = "85";
    await Promise.all([fixture.evaluate(on(10)), fixture.evaluate(on(10))]);
    expect(fixture.sent).toEqual([]);
  });
});
