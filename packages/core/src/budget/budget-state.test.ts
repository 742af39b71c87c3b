import { describe, expect, it } from "vitest";
import { aDailyFigures } from "../daily/testing/index.ts";
import { moneyText, parseMoney } from "../money/index.ts";
import { type BudgetState, budgetState } from "./index.ts";
import { aBudget, budgetFiguresOf } from "./testing/index.ts";

const usd = (text: string) => parseMoney(text, "USD");
const forecastText = ({ forecast }: BudgetState) =>
  forecast && [forecast.total, forecast.low, forecast.high].map((one) => one && moneyText(one));

/** A time in the middle of March, of which ten days are known. */
const AT = "2026-03-11T08:00:00Z";

describe("the status of a budget", () => {
  const stateAt = (actual: string, limit = "1000") =>
    budgetState(aBudget({ limit }), budgetFiguresOf(AT, { "2026-03": actual }), AT);

  it.each([
    ["99.99", "100", "forecast_over"],
    ["100.00", "100", "at_limit"],
    ["100.01", "100", "over_budget"],
    ["100.000000000001", "100", "over_budget"],
    ["99.999999999999", "100", "forecast_over"],
    ["100.10", "100.10", "at_limit"],
    ["49.99", "310", "on_track"],
    ["49.99", "309.99", "forecast_over"],
    ["-3", "400", "on_track"],
  ])("of %s of %s is %s, with a forecast of 310", (actual, limit, status) => {
    expect(stateAt(actual, limit)).toMatchObject({ status, actual: usd(actual), isWaiting: false });
  });

  it("is of the month of the day before: on the 1st of the month that has ended", () => {
    const at = "2026-04-01T08:00:00Z";
    const figures = budgetFiguresOf(at, { "2026-03": "310" });
    expect(budgetState(aBudget({ limit: "400" }), figures, at)).toMatchObject({
      periodStart: "2026-03",
      status: "on_track",
      forecast: { total: usd("310"), low: usd("310"), high: usd("310") },
    });
  });

  it("says how old its figures are and through which day they are complete", () => {
    expect(stateAt("50")).toMatchObject({ collectedAt: AT, completeThrough: "2026-03-10" });
  });
});

describe("what a budget limits", () => {
  const month = {
    total: "100",
    costCenters: [
      { name: "Web", cost: "60", workloads: { shop: "40", Untagged: "20" } },
      { name: "Data", cost: "40", workloads: { shop: "15", etl: "25" } },
      { name: "Old", cost: "0", hasCharges: false },
      { name: "Shared", cost: "0" },
    ],
  };
  const days = {
    costCenters: [
      { name: "Web", costs: 6 },
      { name: "Data", costs: 4 },
      { name: "Shared", costs: 0 },
    ],
    services: [
      { name: "Amazon S3", costs: 3 },
      { name: "Amazon EC2", costs: 7 },
    ],
    workloads: [
      { costCenter: "Web", name: "shop", costs: 4 },
      { costCenter: "Data", name: "shop", costs: 1.5 },
    ],
  };
  const stateOf = (kind: "cost-center" | "workload" | "service", name: string) =>
    budgetState(
      aBudget({ limit: "1000", scope: { kind, name } }),
      budgetFiguresOf(AT, { "2026-03": month }, days),
      AT,
    );

  it("is a cost center, with its own forecast", () => {
    const state = stateOf("cost-center", "Web");
    expect(state).toMatchObject({ status: "on_track", actual: usd("60") });
    expect(forecastText(state)?.[0]).toBe("186");
  });

  it("is a workload in all of its cost centers", () => {
    const state = stateOf("workload", "shop");
    expect(state.actual).toEqual(usd("55"));
    expect(forecastText(state)?.[0]).toBe("170.5");
  });

  it("is a workload whose days are not published: it has no forecast", () => {
    const state = stateOf("workload", "etl");
    expect(state).toMatchObject({
      status: "on_track",
      actual: usd("25"),
      forecastStatus: "insufficient_data",
    });
    expect(state.why).toMatch(/only those of the largest are/);
  });

  it("is a service, by its days", () => {
    const state = stateOf("service", "Amazon S3");
    expect(state.actual).toEqual(usd("30"));
    expect(forecastText(state)?.[0]).toBe("93");
  });

  it("is a cost center whose own charges are all allocated elsewhere: it costs 0, and exists", () => {
    expect(stateOf("cost-center", "Shared")).toMatchObject({ status: "on_track", actual: usd("0") });
  });

  it.each([
    ["cost-center", "Old"],
    ["cost-center", "Gone"],
    ["cost-center", "__proto__"],
    ["workload", "gone"],
    ["service", "Gone"],
  ] as const)("that has no charge is unknown, and not 0: %s %s", (kind, name) => {
    const state = stateOf(kind, name);
    expect(state).toMatchObject({ status: "unknown", actual: null, forecast: null, isWaiting: false });
    expect(state.why).toMatch(
      /^No charge of 2026-03 is in the (cost center|workload|service) of the budget\./,
    );
  });
});

describe("a budget is unknown, never on track", () => {
  const unknown = (figures: Parameters<typeof budgetState>[1], at = AT) => {
    const state = budgetState(aBudget({ limit: "1000" }), figures, at);
    expect(state).toMatchObject({ status: "unknown", forecast: null, forecastStatus: "unknown" });
    return state;
  };

  it("where the figures cannot be read", () => {
    const figures = { ...budgetFiguresOf(AT, { "2026-03": "50" }), problem: "index.json is damaged." };
    expect(unknown(figures).why).toBe("index.json is damaged.");
  });

  it("where the month is not published", () => {
    expect(unknown(budgetFiguresOf(AT, { "2026-02": "50" })).why).toBe("2026-03 is not published.");
  });

  it.each([
    ["2026-03-02T08:00:00Z", true],
    ["2026-03-05T08:00:00Z", true],
    ["2026-03-06T08:00:00Z", false],
  ])("at %s, where the month has just begun that is expected: %s", (at, isWaiting) => {
    expect(unknown(budgetFiguresOf(at, { "2026-02": "50" }), at).isWaiting).toBe(isWaiting);
  });

  it.each([
    ["2026-03-09T20:00:00Z", "on_track"],
    ["2026-03-09T19:59:59Z", "unknown"],
  ])("where the last collection was more than 36 hours ago: %s is %s", (collectedAt, status) => {
    const figures = budgetFiguresOf(AT, { "2026-03": { total: "50", collectedAt } });
    expect(budgetState(aBudget({ limit: "1000" }), figures, AT).status).toBe(status);
  });

  it("where the bill has another currency", () => {
    const figures = budgetFiguresOf(AT, { "2026-03": { total: "50", currency: "EUR" } }, { currency: "EUR" });
    expect(unknown(figures).why).toMatch(/in EUR, and the budget in USD/);
  });

  it("where no days are published, though its cost is known", () => {
    expect(unknown(budgetFiguresOf(AT, { "2026-03": "50" }, null))).toMatchObject({ actual: usd("50") });
  });

  it("but over its limit where that is certain without a forecast", () => {
    const state = budgetState(aBudget(), budgetFiguresOf(AT, { "2026-03": "101" }, null), AT);
    expect(state).toMatchObject({ status: "over_budget", forecast: null, forecastStatus: "unknown" });
  });

  it("where a month that has ended was not collected since", () => {
    const months = { "2026-02": { total: "5", isRunning: true }, "2026-03": "50", "2026-01": "9" };
    const state = budgetState(aBudget({ period: "quarter" }), budgetFiguresOf(AT, months), AT);
    expect(state).toMatchObject({ status: "unknown", actual: null });
    expect(state.why).toMatch(/^2026-02 was collected before it ended/);
  });

  it("of a service, where the published days do not contain all of the month", () => {
    const budget = aBudget({ scope: { kind: "service", name: "Amazon S3" } });
    const figures = budgetFiguresOf(AT, { "2026-03": "50" }, { from: "2026-03-02" });
    expect(budgetState(budget, figures, AT)).toMatchObject({ status: "unknown", actual: null });
  });

  it("of a service, where one of its days is not known", () => {
    const budget = aBudget({ scope: { kind: "service", name: "Amazon S3" } });
    const services = [{ name: "Amazon S3", costs: (day: string) => (day === "2026-03-04" ? null : 1) }];
    const figures = budgetFiguresOf(AT, { "2026-03": "50" }, { services, total: 1 });
    expect(budgetState(budget, figures, AT).why).toMatch(/^Some days of 2026-03 are not known/);
  });
});

describe("the forecast of a budget", () => {
  it("of 9 complete days of 90.00 in a month of 30 days is 300.00", () => {
    const at = "2026-04-10T08:00:00Z";
    const figures = budgetFiguresOf(at, { "2026-04": "90.00" }, { from: "2026-04-01" });
    const state = budgetState(aBudget({ limit: "300" }), figures, at);
    expect(forecastText(state)).toEqual(["300", null, null]);
    expect(state).toMatchObject({ status: "on_track", forecastStatus: "known", why: null });
    expect(budgetState(aBudget({ limit: "299.99" }), figures, at).status).toBe("forecast_over");
  });

  it.each([
    ["2026-04-03T08:00:00Z", 2, "insufficient_data"],
    ["2026-04-07T08:00:00Z", 6, "insufficient_data"],
    ["2026-04-08T08:00:00Z", 7, "known"],
  ])("at %s, with %i complete days, is %s", (at, days, forecastStatus) => {
    const state = budgetState(aBudget({ limit: "500" }), budgetFiguresOf(at, { "2026-04": `${days}0` }), at);
    expect(state).toMatchObject({ status: "on_track", forecastStatus });
    expect(state.why === null).toBe(forecastStatus === "known");
  });

  it("has the range of past months, where enough are known", () => {
    const at = "2026-03-11T08:00:00Z";
    const daily = aDailyFigures({
      from: "2025-01-01",
      through: "2026-03-10",
      total: (_, day) => 10 + (day % 5),
    });
    const { forecast } = budgetState(
      aBudget({ limit: "1000" }),
      budgetFiguresOf(at, { "2026-03": "120" }, daily),
      at,
    );
    expect(forecast?.low?.units).toBeLessThanOrEqual(forecast?.total.units ?? 0n);
    expect(forecast?.high?.units).toBeGreaterThanOrEqual(forecast?.total.units ?? 0n);
  });

  it("of a quarter is its closed months, the running one and those to come", () => {
    const at = "2026-02-11T08:00:00Z";
    const figures = budgetFiguresOf(at, { "2026-01": "1310.5", "2026-02": "100" });
    const state = budgetState(aBudget({ period: "quarter", limit: "5000" }), figures, at);
    expect(state).toMatchObject({ periodStart: "2026-01", actual: usd("1410.5"), status: "on_track" });
    expect(forecastText(state)?.[0]).toBe("1900.5");
  });

  it("of a quarter is known as soon as seven days of it are complete, whatever the month", () => {
    const at = "2026-02-03T08:00:00Z";
    const figures = budgetFiguresOf(at, { "2026-01": "310", "2026-02": "20" });
    const state = budgetState(aBudget({ period: "quarter", limit: "5000" }), figures, at);
    expect(forecastText(state)?.[0]).toBe("900");
  });

  it("of a quarter has the range of past spans of three months", () => {
    const at = "2026-02-11T08:00:00Z";
    const daily = aDailyFigures({ from: "2025-01-01", through: "2026-02-10", total: 10 });
    const figures = budgetFiguresOf(at, { "2026-01": "310", "2026-02": "100" }, daily);
    const state = budgetState(aBudget({ period: "quarter", limit: "5000" }), figures, at);
    expect(forecastText(state)).toEqual(["900", "900", "900"]);
  });

  it("of a period that has ended is what it has cost", () => {
    const at = "2026-04-08T08:00:00Z";
    const figures = budgetFiguresOf(at, { "2026-03": "310.25", "2026-04": "70" });
    const state = budgetState(aBudget({ limit: "400" }), figures, at, "2026-03");
    expect(forecastText(state)).toEqual(["310.25", "310.25", "310.25"]);
  });
});
