import { evaluateBudgets, readBudgetFigures } from "@dapanoskop/budgets";
import { aDailyFigures } from "@dapanoskop/core/daily/testing";
import { aWorkload } from "@dapanoskop/core/insight/testing";
import { refusedForGood, type SendOutcome, unknownOutcome } from "@dapanoskop/core/sending";
import { testRuntime } from "@dapanoskop/core/testing";
import { aSummary, publishSummary, storeOfDays } from "@dapanoskop/dataset/testing";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { budgetAlerts, budgetList } from "../documents/index.ts";
import { testApi } from "../testing/index.ts";

const budget = { id: "all", name: "Everything", scope: { kind: "everything" }, limit: "100.10" };
const with80 = (percent: unknown) => ({ ...budget, thresholds: [{ of: "actual", percent }] });

describe("budgets", () => {
  it("are created, shown, listed, changed and deleted", async () => {
    const api = testApi();
    const created = await api.send("alice", "POST", "/budgets", with80(33.3));
    expect(created).toMatchObject({
      status: 201,
      body: { id: "all", limit: "100.10", currency: "USD", period: "month", thresholds: [{ percent: 33.3 }] },
    });
    // Nothing is published: the budget is unknown, never on track.
    expect(created.body.state).toMatchObject({ status: "unknown", actual: null, actual_percent: null });
    expect((await api.send("alice", "GET", "/budgets/all")).body).toEqual(created.body);
    expect((await api.send("alice", "GET", "/budgets")).body).toEqual({ items: [created.body] });
    expect((await api.send("alice", "GET", "/budgets/all/alerts")).body).toEqual({ items: [] });
    const { id: _, ...fields } = budget;
    await api.clock.sleep(1_000);
    const changed = await api.send("alice", "PUT", "/budgets/all", {
      ...fields,
      limit: "7",
      version: created.body.version,
    });
    expect(changed).toMatchObject({ status: 200, body: { limit: "7", created_at: created.body.created_at } });
    expect(changed.body.version).not.toBe(created.body.version);
    const late = await api.send("alice", "PUT", "/budgets/all", { ...fields, version: created.body.version });
    expect(late).toMatchObject({ status: 409, body: { error: "conflict" } });
    expect((await api.send("alice", "DELETE", "/budgets/all")).status).toBe(204);
    for (const [method, path] of [
      ["GET", "/budgets/all"],
      ["DELETE", "/budgets/all"],
      ["GET", "/budgets/all/alerts"],
    ] as const) {
      expect((await api.send("alice", method, path)).status).toBe(404);
    }
    expect((await api.send("alice", "PUT", "/budgets/all", fields)).status).toBe(404);
  });

  it("get an id from their name, and are created once", async () => {
    const api = testApi();
    const { id: _, ...fields } = budget;
    const named = await api.send("alice", "POST", "/budgets", { ...fields, name: "Team Ü, 2026!" });
    expect([named.status, named.body.id]).toEqual([201, "team-2026"]);
    const again = await api.send("alice", "POST", "/budgets", { ...fields, name: "team 2026" });
    expect(again).toMatchObject({ status: 409, body: { error: "conflict" } });
    expect((await api.send("bob", "POST", "/budgets", { ...fields, name: "team 2026" })).status).toBe(201);
  });

  it.each([
    ["", "budget"],
    ["!!", "budget"],
    ["-A--b-", "a-b"],
    [`${"x".repeat(40)}y`, "x".repeat(40)],
  ])("have of the name %j the id %s", async (name, id) => {
    const { id: _, ...fields } = budget;
    const created = await testApi().send("alice", "POST", "/budgets", { ...fields, name: `${name}!` });
    expect([created.status, created.body.id]).toEqual([201, id]);
  });

  it.each([
    [{ name: "x".repeat(120) }, 201],
    [{ name: "x".repeat(121) }, 400],
    [{ name: "" }, 400],
    [{ id: "x".repeat(40) }, 201],
    [{ id: "x".repeat(41) }, 400],
    [{ scope: { kind: "service", name: "x".repeat(200) } }, 201],
    [{ scope: { kind: "workload", name: "" } }, 400],
    [{ thresholds: Array.from({ length: 10 }, (_, at) => ({ of: "forecast", percent: at + 1 })) }, 201],
    [{ audiences: Array.from({ length: 20 }, (_, at) => `a-${at}`) }, 201],
    [{ audiences: Array.from({ length: 21 }, (_, at) => `a-${at}`) }, 400],
    [{ period: "quarter", currency: "EUR", rearm: true }, 201],
    [{ currency: "eur" }, 400],
    [{ limit: `${"9".repeat(15)}.${"9".repeat(12)}` }, 201],
    [{ limit: "1".repeat(16) }, 400],
  ])("have bounds: %j", async (own, status) => {
    const answered = await testApi().send("alice", "POST", "/budgets", { ...budget, ...own });
    expect(answered.status).toBe(status);
    if (status === 201) expect(answered.body).toMatchObject(own);
  });

  it("are a hundred at most: one more is a 409", async () => {
    const api = testApi();
    for (let at = 0; at < 100; at++)
      await api.send("alice", "POST", "/budgets", { ...budget, id: `b-${at}` });
    expect(await api.send("alice", "POST", "/budgets", budget)).toMatchObject({
      status: 409,
      body: { error: "conflict", message: expect.stringMatching(/^There are 100 budgets/) },
    });
  });

  it.each([
    [0, "0.0"],
    [0.05, "0.1"],
    [0.049, "0.0"],
    [9.94, "9.9"],
    [9.95, "10.0"],
    [-0.04, "0.0"],
    [-0.05, "-0.1"],
    [-50.04, "-50.0"],
    [250.25, "250.3"],
  ])(
    "have their cost in percent of the limit, half away from zero: $%f of $100 is %s",
    async (cost, percent) => {
      const store = await storeOfDays(aDailyFigures());
      await publishSummary(
        store,
        aSummary({ period: "2026-03", centers: [{ name: "Web", workloads: [aWorkload("shop", cost)] }] }),
      );
      const created = await testApi({ store }).send("alice", "POST", "/budgets", { ...budget, limit: "100" });
      expect(created.body.state).toMatchObject({ actual: String(cost), actual_percent: percent });
    },
  );

  it.each([
    ["0", with80(0)],
    ["-5", with80(-5)],
    ["a text", with80("80")],
    ["NaN, which JSON writes as null", with80(Number.NaN)],
    [
      "11 thresholds",
      { ...budget, thresholds: Array.from({ length: 11 }, (_, at) => ({ of: "actual", percent: at + 1 })) },
    ],
    ["a threshold twice", { ...budget, thresholds: [with80(80).thresholds[0], with80(80).thresholds[0]] }],
    ["a limit of 0", { ...budget, limit: "0.00" }],
    ["a limit as a number", { ...budget, limit: 100 }],
    ["an exponent", { ...budget, limit: "1e3" }],
    ["a scope without a name", { ...budget, scope: { kind: "workload" } }],
    ["an unknown field", { ...budget, color: "red" }],
    ["an id with a capital", { ...budget, id: "All" }],
  ])("are refused with a 400: %s", async (_, body) => {
    const api = testApi();
    const refused = await api.send("alice", "POST", "/budgets", body);
    expect(refused).toMatchObject({ status: 400, body: { error: "bad_request" } });
    expect((await api.send("alice", "GET", "/budgets")).body.items).toEqual([]);
  });
});

describe("the alerts of a budget", () => {
  it("are listed newest first, with the amounts that reached the thresholds and what became of each message", async () => {
    const store = await storeOfDays(aDailyFigures());
    const api = testApi({ store });
    const publish = (cost: number) =>
      publishSummary(
        store,
        aSummary({ period: "2026-03", centers: [{ name: "Web", workloads: [aWorkload("shop", cost)] }] }),
      );
    const audiences = ["accepts", "refuses", "loses", "unprepared"];
    const outcomes: Readonly<Record<string, SendOutcome>> = {
      accepts: { outcome: "accepted", messageId: "m-1" },
      refuses: refusedForGood("The mailbox does not exist."),
      loses: unknownOutcome("The connection was reset."),
    };
    const runtime = testRuntime({ clock: api.clock });
    const sent: string[] = [];
    const evaluate = () =>
      evaluateBudgets(api.clock.now(), {
        state: api.state,
        runtime,
        figures: (at) => readBudgetFigures(store, at),
        sender: async (audience) => {
          const outcome = outcomes[audience];
          if (outcome === undefined) throw new Error(`There is no audience ${audience}.`);
          return async () => {
            sent.push(audience);
            return outcome;
          };
        },
        dashboardUrl: null,
      });

    await publish(50.05);
    const thresholds = [50, 33.3, 100].map((percent) => ({ of: "actual", percent }));
    await api.send("alice", "POST", "/budgets", { ...budget, thresholds, audiences });
    await evaluate();
    await api.clock.sleep(3_600_000);
    await publish(100.11);
    await evaluate();
    expect(sent).toEqual(["accepts", "refuses", "loses", "refuses", "accepts", "refuses", "loses"]);

    const { status, body } = await api.send("alice", "GET", "/budgets/all/alerts");
    expect([status, v.parse(budgetAlerts, body)]).toEqual([200, body]);
    const of = { budget: "all", period_start: "2026-03", of: "actual", limit: "100.10", currency: "USD" };
    const states = [
      { audience: "accepts", state: "sent" },
      { audience: "refuses", state: "failed" },
      { audience: "loses", state: "unknown" },
      { audience: "unprepared", state: "pending" },
    ];
    expect(body.items).toEqual([
      {
        ...of,
        percent: 100,
        reached_at: "2026-03-08T07:00:00Z",
        amount: "100.11",
        passed: false,
        sent: states,
      },
      {
        ...of,
        percent: 50,
        reached_at: "2026-03-08T06:00:00Z",
        amount: "50.05",
        passed: false,
        sent: states,
      },
      { ...of, percent: 33.3, reached_at: "2026-03-08T06:00:00Z", amount: "50.05", passed: true, sent: [] },
    ]);

    const list = (await api.send("alice", "GET", "/budgets")).body;
    expect(v.parse(budgetList, list)).toEqual(list);
    expect(list.items[0].state).toMatchObject({
      period_start: "2026-03",
      status: "over_budget",
      actual: "100.11",
      actual_percent: "100.0",
    });
    expect((await api.send("bob", "GET", "/budgets/all/alerts")).status).toBe(404);
  });
});
