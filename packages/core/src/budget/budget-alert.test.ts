import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Money, parseMoney } from "../money/index.ts";
import {
  type Budget,
  type BudgetAlert,
  type BudgetState,
  isReached,
  nextAlerts,
  pendingAudiences,
} from "./index.ts";
import { aBudget } from "./testing/index.ts";

const AT = "2026-03-11T08:00:00Z";
const usd = (text: string): Money => parseMoney(text, "USD");
const actualThresholds = (...percents: readonly string[]) =>
  percents.map((percent) => ({ of: "actual", percent }) as const);

const BUDGET = aBudget({ thresholds: actualThresholds("50", "80", "100") });

function state(
  actual: string | null,
  { budget = BUDGET, forecast = null as string | null } = {},
): BudgetState {
  return {
    budget,
    periodStart: "2026-03",
    status: actual === null ? "unknown" : "on_track",
    actual: actual === null ? null : usd(actual),
    forecast: forecast === null ? null : { total: usd(forecast), low: null, high: null },
    forecastStatus: forecast === null ? "insufficient_data" : "known",
    why: null,
    isWaiting: false,
    completeThrough: "2026-03-10",
    collectedAt: AT,
  };
}

/** The alerts after some costs in order: what is sent and what is passed. */
function alertsAfter(states: readonly BudgetState[]): readonly BudgetAlert[] {
  return states.reduce<readonly BudgetAlert[]>((alerts, one) => nextAlerts(alerts, one, AT), []);
}

const words = (alerts: readonly BudgetAlert[]) =>
  alerts.map(
    ({ of, percent, outcome, turn }) => `${outcome} ${of} ${percent}${turn > 1 ? ` (${turn})` : ""}`,
  );

const costs = (...amounts: readonly (string | null)[]) =>
  words(alertsAfter(amounts.map((amount) => state(amount))));

describe("a budget that changes", () => {
  const scoped = (name: string, kind: "cost-center" | "workload" = "cost-center") =>
    aBudget({ thresholds: actualThresholds("50"), scope: { kind, name } });
  it.each([
    ["nothing", scoped("Web"), 1],
    ["its name", { ...scoped("Web"), name: "Other" }, 1],
    ["its audiences", { ...scoped("Web"), audiences: ["ops"] }, 1],
    ["the limit by a zero", { ...scoped("Web"), limit: "100.0" }, 1],
    ["the limit", { ...scoped("Web"), limit: "99" }, 2],
    ["the period", { ...scoped("Web"), period: "quarter" as const }, 2],
    ["the cost center", scoped("Ops"), 2],
    ["the kind of scope", scoped("Web", "workload"), 2],
    ["all of its scope", { ...scoped("Web"), scope: { kind: "everything" as const } }, 2],
  ])("in %s alerts anew where it is another one", (_name, budget, alerts) => {
    const before = nextAlerts([], state("60", { budget: scoped("Web") }), AT);
    expect(nextAlerts(before, state("60", { budget }), AT)).toHaveLength(alerts);
  });
});

describe("the alerts of a period", () => {
  it("of a limit of 100 with 50, 80 and 100 %: none at 49.99, then each once", () => {
    expect(costs("49.99")).toEqual([]);
    expect(costs("49.99", "50.00")).toEqual(["send actual 50"]);
    expect(costs("49.99", "50.00", "85")).toEqual(["send actual 50", "send actual 80"]);
    expect(costs("50.00", "85", "100.00")).toEqual(["send actual 50", "send actual 80", "send actual 100"]);
    expect(costs("50.00", "85", "100.00", "100.01")).toHaveLength(3);
  });

  it("are only the highest of those that were reached together", () => {
    expect(costs("85")).toEqual(["passed actual 50", "send actual 80"]);
    expect(costs("200")).toEqual(["passed actual 50", "passed actual 80", "send actual 100"]);
  });

  it("are the same record where nothing was reached since", () => {
    const before = alertsAfter([state("85")]);
    expect(nextAlerts(before, state("86"), AT)).toBe(before);
  });

  it("do not alert again when a credit lowered the cost and it rises again", () => {
    expect(costs("82", "70", "82")).toEqual(["passed actual 50", "send actual 80"]);
  });

  it("alert again where the budget re-arms, with the next number", () => {
    const budget = { ...BUDGET, rearm: true };
    const alerts = alertsAfter(["82", "70", "82", "83"].map((amount) => state(amount, { budget })));
    expect(words(alerts)).toEqual(["passed actual 50", "send actual 80", "send actual 80 (2)"]);
    expect(alerts.map(({ rearmedAt }) => rearmedAt)).toEqual([null, AT, null]);
  });

  it("are not re-armed by a state that is unknown, nor a forecast by one without a forecast", () => {
    const budget = { ...BUDGET, rearm: true, thresholds: [{ of: "forecast", percent: "100" } as const] };
    const before = alertsAfter([state("82", { budget, forecast: "100" })]);
    expect(words(before)).toEqual(["send forecast 100"]);
    expect(nextAlerts(before, state(null, { budget }), AT)).toBe(before);
    const reached = alertsAfter([state("85", { budget: { ...BUDGET, rearm: true } })]);
    expect(nextAlerts(reached, state(null, { budget: { ...BUDGET, rearm: true } }), AT)).toBe(reached);
    expect(nextAlerts(before, state("10", { budget }), AT)).toBe(before);
    expect(
      words(
        alertsAfter([
          state("82", { budget, forecast: "100" }),
          state("82", { budget, forecast: "99" }),
          state("82", { budget, forecast: "101" }),
        ]),
      ),
    ).toEqual(["send forecast 100", "send forecast 100 (2)"]);
  });

  it("tell actual cost and forecast apart", () => {
    const budget = {
      ...BUDGET,
      thresholds: [...actualThresholds("50", "80"), { of: "forecast", percent: "100" } as const],
    };
    expect(words(alertsAfter([state("55", { budget, forecast: "120" })]))).toEqual([
      "send actual 50",
      "send forecast 100",
    ]);
  });

  it("are none of an unknown state", () => {
    expect(costs(null, null)).toEqual([]);
  });

  it("pass a threshold that was added below one that was reached", () => {
    const later = { ...BUDGET, thresholds: actualThresholds("50", "60", "80") };
    const alerts = alertsAfter([state("85"), state("85", { budget: later })]);
    expect(words(alerts)).toEqual(["passed actual 50", "send actual 80", "passed actual 60"]);
  });

  it("alert anew where the budget has another limit or another scope, not where it has another name", () => {
    const again = (own: Partial<Budget>) =>
      words(alertsAfter([state("100"), state("180", { budget: { ...BUDGET, ...own } })])).slice(3);
    expect(again({ limit: "200" })).toEqual(["passed actual 50 (2)", "send actual 80 (2)"]);
    expect(again({ scope: { kind: "workload", name: "shop" } })).toHaveLength(3);
    expect(again({ name: "Renamed", limit: "100.00", audiences: ["other"] })).toEqual([]);
  });

  it("keep the figures and the audiences of the moment", () => {
    const [alert] = alertsAfter([state("50.004")]);
    expect(alert).toMatchObject({
      actual: usd("50.004"),
      reachedAt: AT,
      periodStart: "2026-03",
      budget: BUDGET,
    });
    expect(alert && pendingAudiences(alert)).toEqual(["finance"]);
    expect(alert && pendingAudiences({ ...alert, settled: ["finance"] })).toEqual([]);
    expect(alert && pendingAudiences({ ...alert, outcome: "passed" })).toEqual([]);
  });
});

describe("the alerts of any costs in order", () => {
  const percents = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 10 });
  const amounts = fc.array(fc.option(fc.integer({ min: -50, max: 250 })), { maxLength: 30 });

  it("name each threshold at most once, exactly those that were reached, and send the highest of each step", () => {
    fc.assert(
      fc.property(percents, amounts, (chosen, steps) => {
        const budget = { ...BUDGET, thresholds: actualThresholds(...chosen.map(String)) };
        let alerts: readonly BudgetAlert[] = [];
        for (const amount of steps) {
          const next = nextAlerts(alerts, state(amount === null ? null : String(amount), { budget }), AT);
          const fresh = next.slice(alerts.length);
          const sent = fresh
            .filter(({ outcome }) => outcome === "send")
            .map(({ percent }) => Number(percent));
          expect(sent.length).toBeLessThanOrEqual(1);
          for (const { percent } of next)
            expect(Number(percent)).toBeLessThanOrEqual(
              Math.max(
                0,
                ...sent,
                ...next.filter(({ outcome }) => outcome === "send").map((one) => Number(one.percent)),
              ),
            );
          alerts = next;
        }
        const named = alerts.map(({ percent }) => percent);
        expect(new Set(named).size).toBe(named.length);
        const highest = Math.max(-50, ...steps.filter((amount) => amount !== null));
        const reached = chosen.filter((percent) =>
          isReached(usd(String(highest)), String(percent), usd("100")),
        );
        expect(named.map(Number).sort((a, b) => a - b)).toEqual(reached.sort((a, b) => a - b));
      }),
    );
  });
});
