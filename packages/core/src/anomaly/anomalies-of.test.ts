import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Day, daysIn } from "../calendar/index.ts";
import { monthEndForecast } from "../forecast/index.ts";
import {
  type AccountLine,
  type AccountLines,
  accountFigures,
  chargeLine,
  generatedAccount,
  randomOf,
  withJump,
} from "../forecast/testing/index.ts";
import { moneyNumber, parseMoney, subtract } from "../money/index.ts";
import { type Anomaly, anomaliesOf } from "./index.ts";

const FIRST = "2025-11-01";
const COUNT = 150;
const at = (day: Day) => daysIn({ start: FIRST, end: day });

const line = (costOn: (at: number, day: Day) => number, parts: Partial<AccountLine> = {}) =>
  chargeLine(FIRST, COUNT, costOn, parts);
const account = (...lines: readonly AccountLine[]): AccountLines => ({ first: FIRST, lines });
const anomaliesOn = (lines: AccountLines, day: Day) => anomaliesOf(accountFigures(lines, day), day);

/** A steady service beside what a test is about, so that 1 % of the account is 1 dollar. */
const rest = line(() => 100, {
  service: "Amazon Redshift",
  usageType: "Node:ra3",
  costCenter: "Data",
  workload: "warehouse",
});
const office = (day: number) => (day % 7 < 5 ? 40 : 12);
const usd = (text: string) => parseMoney(text, "USD");

/** Used quantities of a line at a price that may change. */
function priced(
  quantityOn: (at: number) => number,
  priceOn: (at: number) => number,
  parts: Partial<AccountLine> = {},
) {
  const quantities = Array.from({ length: COUNT }, (_, day) => quantityOn(day));
  return line((day) => quantityOn(day) * priceOn(day), { unit: "Hrs", quantities, ...parts });
}

describe("unusual costs of a day", () => {
  it("have amount, expectation and the excess between them, exactly", () => {
    const lines = account(
      rest,
      line((day) => office(day) + (day === at("2026-03-11") ? 61.234_567 : 0)),
    );
    const [anomaly, ...others] = anomaliesOn(lines, "2026-03-11");
    expect(others).toEqual([]);
    expect(anomaly).toMatchObject({
      scope: {
        kind: "usage type",
        service: "Amazon Elastic Compute Cloud - Compute",
        name: "BoxUsage:m5.large",
      },
      day: "2026-03-11",
      since: "2026-03-11",
      expected: usd("40"),
      excess: usd("61.234567"),
    });
    expect(anomaly?.id).toMatch(/^[0-9a-f]{16}$/);
  });

  it("are none on weekends, on the 1st with its fees, on the 3rd with a fee, and on the 15th with a credit", () => {
    const fee = (date: string, amount: number, chargeType: string) =>
      line((_, day) => (day.endsWith(date) ? amount : 0), {
        service: `Billed ${date}`,
        usageType: date,
        chargeType,
      });
    const credit = line((_, day) => (day.endsWith("-15") ? -80 : 0), {
      usageType: "Credit",
      chargeType: "Credit",
    });
    const lines = account(rest, line(office), fee("-01", 900, "Tax"), fee("-03", 300, "Fee"), credit);
    for (let day = "2026-02-04"; day < "2026-03-30"; day = addDays(day, 1))
      expect(anomaliesOn(lines, day)).toEqual([]);
  });

  it("let monthly charges follow the bill: half as much again is usual, twice as much is not", () => {
    const tax = (march: number) =>
      line((_, day) => (day === "2026-03-01" ? march : day.endsWith("-01") ? 100 : 0), {
        service: "Tax",
        chargeType: "Tax",
      });
    expect(anomaliesOn(account(rest, tax(140)), "2026-03-01")).toEqual([]);
    expect(anomaliesOn(account(rest, tax(20)), "2026-03-01")).toEqual([]);
    expect(anomaliesOn(account(rest, tax(220)), "2026-03-01")).toHaveLength(1);
  });

  it("are one event while a new level lasts, with one id and its first day, and the expectation after two weeks", () => {
    const lines = account(
      rest,
      line((day) => office(day) * (day >= at("2026-02-09") ? 2 : 1)),
    );
    const days = Array.from({ length: 30 }, (_, ago) => addDays("2026-02-09", ago));
    const found = days.map((day) => anomaliesOn(lines, day));
    expect(found.slice(0, 14).map(([one]) => one?.since)).toEqual(Array(14).fill("2026-02-09"));
    expect(new Set(found.flat().map(({ id }) => id)).size).toBe(1);
    expect(found.slice(14)).toEqual(Array(16).fill([]));
    expect(found[13]?.[0]?.expected).toEqual(found[6]?.[0]?.expected);
  });

  it("do not include a single large day in what the next weeks are expected to cost", () => {
    const lines = account(
      rest,
      line((day) => (day === at("2026-02-10") ? 500 : 40)),
    );
    for (const day of ["2026-02-11", "2026-02-17", "2026-02-24", "2026-03-10"])
      expect(anomaliesOn(lines, day)).toEqual([]);
  });

  it("are of the service where several of its usage types moved, with the rows behind it, largest first", () => {
    const jump = (amount: number) => (day: number) => (day === at("2026-03-11") ? 4 * amount : amount);
    const lines = account(
      rest,
      line(jump(10)),
      line(jump(7), { usageType: "BoxUsage:c5" }),
      line(() => 5, { usageType: "x" }),
    );
    const [anomaly] = anomaliesOn(lines, "2026-03-11");
    expect(anomaly?.scope).toEqual({ kind: "service", name: "Amazon Elastic Compute Cloud - Compute" });
    expect(anomaly?.rows).toEqual([
      { name: "BoxUsage:m5.large", cost: usd("40"), expected: usd("10"), excess: usd("30") },
      { name: "BoxUsage:c5", cost: usd("28"), expected: usd("7"), excess: usd("21") },
    ]);
  });

  it("are none where one usage type replaces another of its service", () => {
    const from = at("2026-03-11");
    const lines = account(
      rest,
      line((day) => (day >= from ? 0 : 30)),
      line((day) => (day >= from ? 30 : 0), { usageType: "BoxUsage:m7g.large" }),
    );
    expect(anomaliesOn(lines, "2026-03-11")).toEqual([]);
    expect(anomaliesOn(lines, "2026-03-12")).toEqual([]);
  });

  it("are of a cost center only where no service explains it: charges that moved to it", () => {
    const moved = (costCenter: string, inMarch: boolean) =>
      line((day) => (day >= at("2026-03-11") === inMarch ? 30 : 0), {
        costCenter,
        workload: `${costCenter}-web`,
      });
    const lines = account(
      rest,
      moved("Shop", false),
      moved("Brand", true),
      line(() => 20, { costCenter: "Brand" }),
    );
    const anomalies = anomaliesOn(lines, "2026-03-12");
    expect(anomalies.map(({ scope, excess }) => [scope, moneyNumber(excess)])).toEqual([
      [{ kind: "cost center", name: "Brand" }, 30],
      [{ kind: "cost center", name: "Shop" }, -30],
    ]);
    expect(anomalies[0]?.rows.map(({ name }) => name)).toEqual(["Brand-web"]);
    expect(
      anomaliesOn(
        account(
          rest,
          line((day) => (day === at("2026-03-12") ? 90 : 30)),
        ),
        "2026-03-12",
      ),
    ).toHaveLength(1);
  });

  it("tell a price at steady quantity from a quantity at a steady price", () => {
    const from = at("2026-03-10");
    const step = (before: number, after: number) => (day: number) => (day >= from ? after : before);
    const causeOf = (...lines: readonly AccountLine[]) =>
      anomaliesOn(account(rest, ...lines), "2026-03-11")[0]?.cause;
    expect(causeOf(priced((day) => office(day), step(1, 1.6)))).toBe("price");
    expect(
      causeOf(
        priced(
          (day) => office(day) * step(1, 1.6)(day),
          () => 1,
        ),
      ),
    ).toBe("quantity");
    expect(causeOf(priced((day) => office(day) * step(1, 1.5)(day), step(1, 1.5)))).toBe(
      "price and quantity",
    );
    expect(causeOf(priced(step(0, 30), () => 2))).toBe("quantity");
    expect(causeOf(line((day) => office(day) * step(1, 2)(day)))).toBeNull();
  });

  it("are no falls that a credit explains, nor of one day; a fall that lasts is one", () => {
    const credit = line((day) => (day >= at("2026-03-10") ? -35 : 0), {
      usageType: "Credit",
      chargeType: "Credit",
    });
    const credited = account(
      rest,
      line(() => 40),
      credit,
    );
    const fallen = account(
      rest,
      line((day) => (day >= at("2026-03-10") ? 4 : 40)),
    );
    const holiday = account(
      rest,
      line((day) => (day === at("2026-03-10") ? 4 : 40)),
    );
    expect(anomaliesOn(credited, "2026-03-12")).toEqual([]);
    expect(anomaliesOn(holiday, "2026-03-10")).toEqual([]);
    expect(anomaliesOn(fallen, "2026-03-10")).toEqual([]);
    const [fall] = anomaliesOn(fallen, "2026-03-11");
    expect(fall).toMatchObject({ since: "2026-03-10", excess: usd("-36") });
  });

  it("are none of a service that is used now and then, unless it costs more than before", () => {
    const jobs = (last: number) =>
      line((day) => (day === at("2026-03-11") ? last : day % 11 === 3 ? 20 + (day % 5) : 0), {
        service: "AWS Batch",
      });
    expect(anomaliesOn(account(rest, jobs(30)), "2026-03-11")).toEqual([]);
    expect(anomaliesOn(account(rest, jobs(60)), "2026-03-11")).toHaveLength(1);
  });

  it("include a new service, from nothing", () => {
    const lines = account(
      rest,
      line((day) => (day >= at("2026-03-11") ? 30 : 0), { service: "Amazon Bedrock" }),
    );
    expect(anomaliesOn(lines, "2026-03-12")).toMatchObject([
      { since: "2026-03-11", expected: usd("0"), cost: usd("30") },
    ]);
  });

  it("are none below 1 % of the account's day, and below one unit of the currency", () => {
    const small = line((day) => (day === at("2026-03-11") ? 0.9 : 0.1), { service: "Amazon SNS" });
    expect(
      anomaliesOn(
        account(
          line(() => 1),
          small,
        ),
        "2026-03-11",
      ),
    ).toEqual([]);
    const steps = (amount: number) =>
      line((day) => (day === at("2026-03-11") ? amount : 5), { service: "Amazon SNS" });
    const large = line(() => 995, { service: "Amazon Redshift" });
    expect(anomaliesOn(account(large, steps(14)), "2026-03-11")).toEqual([]);
    expect(anomaliesOn(account(large, steps(16)), "2026-03-11")).toHaveLength(1);
  });

  it("are none of days that are not complete, not published or not known, and of an account of two weeks", () => {
    const lines = account(
      rest,
      line((day) => (day === at("2026-03-11") ? 400 : 40)),
    );
    const figures = accountFigures(lines, "2026-03-11");
    expect(anomaliesOf({ ...figures, completeThrough: "2026-03-10" }, "2026-03-11")).toEqual([]);
    expect(anomaliesOf({ ...figures, completeThrough: null }, "2026-03-11")).toEqual([]);
    expect(anomaliesOf(figures, "2026-03-12")).toEqual([]);
    const unknown = figures.services.map((one) => ({ ...one, costs: one.costs.with(-1, null) }));
    const noUsageTypes = { ...figures, services: unknown, usageTypes: [], costCenters: [] };
    expect(anomaliesOf(noUsageTypes, "2026-03-11")).toEqual([]);
    const young = {
      first: "2026-03-01",
      lines: [chargeLine("2026-03-01", 31, (day) => (day === 13 ? 400 : 40))],
    };
    expect(anomaliesOf(accountFigures(young, "2026-03-14"), "2026-03-14")).toEqual([]);
    expect(anomaliesOn(account(line(() => 0)), "2026-03-11")).toEqual([]);
  });

  it("are judged past days that are not known", () => {
    const lines = account(
      rest,
      line((day) => (day === at("2026-03-11") ? 400 : 40)),
    );
    const figures = accountFigures(lines, "2026-03-11");
    const gap = (costs: readonly (number | null)[]) =>
      costs.map((cost, day) => (day >= 60 && day < 64 ? null : cost));
    const services = figures.services.map((one) => ({ ...one, costs: gap(one.costs) }));
    const usageTypes = figures.usageTypes.map((one) => ({ ...one, costs: gap(one.costs) }));
    expect(anomaliesOf({ ...figures, services, usageTypes }, "2026-03-11")).toHaveLength(1);
  });

  it("stay the same when days after them are published", () => {
    const lines = account(
      rest,
      line((day) => office(day) * (day >= at("2026-03-09") ? 3 : 1)),
    );
    expect(anomaliesOf(accountFigures(lines, "2026-03-20"), "2026-03-12")).toEqual(
      anomaliesOn(lines, "2026-03-12"),
    );
  });

  it("sum: the excess of each is its cost less its expectation", () => {
    const lines = generatedAccount({ seed: 9, first: "2025-11", months: 5 });
    const jumped = withJump(lines, { line: 0, from: "2026-03-01", days: 20, factor: 6, what: "price" });
    const all = anomaliesOf(accountFigures(jumped, "2026-03-08"), "2026-03-08");
    expect(all.length).toBeGreaterThan(0);
    for (const one of all.flatMap((anomaly): readonly Pick<Anomaly, "cost" | "expected" | "excess">[] => [
      anomaly,
      ...anomaly.rows,
    ])) {
      expect(one.excess).toEqual(subtract(one.cost, one.expected));
      expect(one.expected.units % 10n ** 10n).toBe(0n);
    }
  });
});

describe("any figures", () => {
  const cost = fc.oneof(
    fc.constant(0),
    fc.constant(null),
    fc.double({ min: -1e4, max: 1e9, noNaN: true }).map((value) => Number(value.toFixed(6))),
  );
  const costs = fc.array(cost, { minLength: 90, maxLength: 90 });

  it("have anomalies whose parts are exact, and a forecast inside its range", () => {
    const base = accountFigures(account(rest, line(office)), "2026-03-20");
    const check = fc.property(costs, costs, (one, other) => {
      const figures = {
        ...base,
        services: base.services.map((service, at) => ({ ...service, costs: at === 0 ? one : other })),
        usageTypes: base.usageTypes.map((usageType) => ({ ...usageType, costs: other, quantities: one })),
        costCenters: base.costCenters.map((center) => ({ ...center, costs: other })),
        history: base.history.map((month) => ({
          ...month,
          total: one.slice(0, month.total.length),
          usage: other.slice(0, month.total.length),
        })),
      };
      for (const anomaly of anomaliesOf(figures, "2026-03-20")) {
        expect(anomaly.excess).toEqual(subtract(anomaly.cost, anomaly.expected));
        expect(anomaly.since <= anomaly.day).toBe(true);
      }
      const forecast = monthEndForecast(figures);
      if (forecast?.low == null || forecast.high === null) return;
      expect(forecast.low.units <= forecast.total.units && forecast.total.units <= forecast.high.units).toBe(
        true,
      );
    });
    void fc.assert(check, { numRuns: 60 });
  });
});

describe("the budget of false alarms", () => {
  it.each([0.02, 0.05, 0.1])(
    "is two a month in accounts where nothing happens, at a noise of %d",
    (noise) => {
      const [seeds, first, last] = [[31, 32], "2024-04-15", "2024-12-14"];
      const events = seeds.flatMap((seed) => {
        const lines = generatedAccount({ seed, first: "2024-01", months: 12, noise });
        const ids = new Set<string>();
        for (let day: Day = first; day <= last; day = addDays(day, 1)) {
          for (const { id } of anomaliesOf(accountFigures(lines, day), day)) ids.add(id);
        }
        return [...ids];
      });
      expect(events.length / (8 * seeds.length)).toBeLessThan(1);
    },
  );

  it("leaves jumps to be found: 5 × and 2 × of what is worth 3 % of a day", () => {
    const found = { 2: 0, 5: 0 };
    const jumps = { 2: 0, 5: 0 };
    for (const seed of [41, 42, 43]) {
      const lines = generatedAccount({ seed, first: "2024-01", months: 7, noise: 0.05 });
      const { uniform } = randomOf(seed);
      for (const factor of [2, 5] as const) {
        for (let tries = 0; tries < 25; tries += 1) {
          const place = Math.floor(uniform() * lines.lines.length);
          const from = addDays("2024-05-01", Math.floor(uniform() * 80));
          const jumped = withJump(lines, { line: place, from, days: 1, factor, what: "quantity" });
          const day = daysIn({ start: lines.first, end: from });
          const [before, after] = [lines.lines[place], jumped.lines[place]];
          const figures = accountFigures(jumped, from);
          const excess = ((after?.costs[day] ?? 0) - (before?.costs[day] ?? 0)) / 1e6;
          if (before?.quantities === null || excess < 0.03 * (figures.total.at(-1) ?? 0)) continue;
          jumps[factor] += 1;
          const names = anomaliesOf(figures, from).map(({ scope }) =>
            scope.kind === "usage type" ? scope.service : scope.name,
          );
          if (names.includes(before?.service ?? "") || names.includes(before?.costCenter ?? ""))
            found[factor] += 1;
        }
      }
    }
    expect(jumps[2]).toBeGreaterThan(8);
    expect(jumps[5]).toBeGreaterThan(15);
    expect(found[2] / jumps[2]).toBeGreaterThan(0.8);
    expect(found[5] / jumps[5]).toBeGreaterThan(0.95);
  });
});
