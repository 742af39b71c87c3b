import { describe, expect, it } from "vitest";
import { addDays, type Day, daysIn, daysInMonth, firstDay, monthOf, monthsFrom } from "../calendar/index.ts";
import type { DailyFigures } from "../daily/index.ts";
import { moneyNumber, parseMoney } from "../money/index.ts";
import { type MonthEndForecast, monthEndForecast } from "./index.ts";
import { type AccountLines, accountFigures, chargeLine, generatedAccount } from "./testing/index.ts";

const FIRST = "2025-01-01";

/** One usage type from January 2025 on, and what is billed beside it. */
function account(
  costOn: (at: number, day: Day) => number,
  { first = FIRST, other }: { first?: Day; other?: (at: number, day: Day) => number } = {},
): AccountLines {
  const usage = chargeLine(first, 500, costOn);
  const fee = { service: "Tax", usageType: "NoUsageType", chargeType: "Tax" };
  return { first, lines: other === undefined ? [usage] : [usage, chargeLine(first, 500, other, fee)] };
}

const forecastOn = (lines: AccountLines, day: Day) => monthEndForecast(accountFigures(lines, day));

/** What a month cost in the end. */
function endOf({ first, lines }: AccountLines, month: string): number {
  const start = daysIn({ start: first, end: firstDay(month) });
  return (
    lines.reduce(
      (sum, { costs }) => sum + costs.slice(start, start + daysInMonth(month)).reduce((a, b) => a + b, 0),
      0,
    ) / 1e6
  );
}

const errorOf = (forecast: MonthEndForecast | null, actual: number) =>
  forecast === null ? Number.NaN : moneyNumber(forecast.total) / actual - 1;

const weekdayCost = (at: number) => [100, 104, 103, 101, 98, 40, 35][at % 7] ?? 0;

describe("the month-end forecast", () => {
  it.each(["2026-02-10", "2026-03-30", "2025-12-05", "2026-04-01"])(
    "of a steady bill is its days, %s",
    (day) => {
      const forecast = forecastOn(
        account(() => 10),
        day,
      );
      expect(forecast?.total).toEqual(parseMoney(String(10 * daysInMonth(monthOf(day))), "USD"));
      expect([forecast?.low, forecast?.high]).toEqual([forecast?.total, forecast?.total]);
      expect(forecast).toMatchObject({ month: monthOf(day), through: day, level: 0.8 });
    },
  );

  it("is what the days cost exactly and whole cents for those that remain", () => {
    const lines = account((at) => (at < 400 ? 1 / 3 : 0.123_456));
    const forecast = forecastOn(lines, "2026-02-27");
    const sofar = [...(lines.lines[0]?.costs ?? [])].slice(396, 396 + 27).reduce((a, b) => a + b, 0);
    const remaining = (forecast?.total.units ?? 0n) - BigInt(sofar) * 10n ** 6n;
    expect(remaining % 10n ** 10n).toBe(0n);
    expect(remaining).toBeGreaterThan(0n);
  });

  it.each([
    ["2026-03-02", 1],
    ["2026-03-04", 1],
    ["2026-03-21", 1],
  ])("places a fee on the 3rd that is half of the month: within 1 %% on %s", (day, percent) => {
    const lines = account((at) => weekdayCost(at) / 8.3, {
      other: (_, date) => (date.endsWith("-03") ? 300 : 0),
    });
    expect(endOf(lines, "2026-03")).toBeGreaterThan(590);
    expect(Math.abs(errorOf(forecastOn(lines, day), endOf(lines, "2026-03")))).toBeLessThan(percent / 100);
  });

  it("places such a fee also where it is booked as usage", () => {
    const lines = account((_, date) => 10 + (date.endsWith("-03") ? 300 : 0));
    for (const day of ["2026-03-02", "2026-03-03", "2026-03-21"]) {
      expect(errorOf(forecastOn(lines, day), 610)).toBe(0);
    }
  });

  it("places a charge of the last day in months of any length, and a credit", () => {
    const isLast = (day: Day) => addDays(day, 1).endsWith("-01");
    const lines = account(() => 10, {
      other: (_, day) => (isLast(day) ? 90 : 0) - (day.endsWith("-15") ? 40 : 0),
    });
    for (const month of ["2026-02", "2026-03", "2026-04"]) {
      expect(errorOf(forecastOn(lines, `${month}-10`), 10 * daysInMonth(month) + 50)).toBeCloseTo(0, 9);
      expect(errorOf(forecastOn(lines, `${month}-20`), 10 * daysInMonth(month) + 50)).toBeCloseTo(0, 9);
    }
  });

  it("does not expect again what was charged once", () => {
    const lines = account((_, day) => (day === "2026-02-12" ? 5000 : 10));
    expect(errorOf(forecastOn(lines, "2026-03-05"), 310)).toBe(0);
    expect(errorOf(forecastOn(lines, "2026-02-14"), 270 + 5000)).toBeCloseTo(0, 9);
  });

  it("counts no day after the last complete one", () => {
    const lines = account(weekdayCost);
    const figures = accountFigures(lines, "2026-03-12");
    const late: DailyFigures = {
      ...figures,
      history: figures.history.map((month) =>
        month.isRunning ? { ...month, total: [...month.total, 3, 0], usage: [...month.usage, 3, 0] } : month,
      ),
    };
    expect(monthEndForecast(late)).toEqual(monthEndForecast(figures));
  });

  it("expects what its weekday costs for a day that is not known", () => {
    const figures = accountFigures(
      account(() => 10),
      "2026-03-12",
    );
    const gap: DailyFigures = {
      ...figures,
      history: figures.history.map((month) =>
        month.isRunning
          ? { ...month, total: month.total.with(4, null), usage: month.usage.with(4, null) }
          : month,
      ),
    };
    expect(monthEndForecast(gap)?.total).toEqual(parseMoney("310", "USD"));
  });

  it("is unknown without a week of days, on the last day of a month, and where no day is complete", () => {
    const lines = account(() => 10, { first: "2026-03-01" });
    expect(forecastOn(lines, "2026-03-06")).toBeNull();
    expect(forecastOn(lines, "2026-03-31")).toBeNull();
    expect(monthEndForecast({ ...accountFigures(lines, "2026-03-20"), completeThrough: null })).toBeNull();
  });

  it("has neither range nor coverage in a new account", () => {
    const forecast = forecastOn(
      account(() => 10, { first: "2026-03-01" }),
      "2026-03-07",
    );
    expect(forecast).toMatchObject({
      total: parseMoney("310", "USD"),
      low: null,
      high: null,
      coverage: null,
    });
  });

  it("has a range after four months that could be tested, and a coverage after four more", () => {
    const at = (day: Day) => forecastOn(account(weekdayCost), day);
    expect(at("2025-06-10")?.low).toBeNull();
    expect(at("2025-07-10")?.low).not.toBeNull();
    expect(at("2025-10-10")?.coverage).toBeNull();
    expect(at("2025-11-10")?.coverage?.months).toBe(4);
  });

  it("is 0 for an account that costs nothing, and right for one that only has credits", () => {
    const nothing = forecastOn(
      account(() => 0),
      "2026-03-10",
    );
    expect([nothing?.total.units, nothing?.low?.units, nothing?.high?.units]).toEqual([0n, 0n, 0n]);
    const credits = forecastOn(
      account(() => 2, { other: () => -5 }),
      "2026-03-10",
    );
    expect(credits?.total).toEqual(parseMoney("-93", "USD"));
    expect(credits?.low?.units).toBeLessThanOrEqual(credits?.total.units ?? 0n);
  });

  it("takes errors only of months before: what comes later changes nothing", () => {
    const long = generatedAccount({ seed: 5, first: "2024-06", months: 20 });
    const cut = { ...long, lines: long.lines.map((line) => ({ ...line, costs: line.costs.slice(0, 500) })) };
    const changed = {
      ...long,
      lines: long.lines.map((line) => ({
        ...line,
        costs: line.costs.map((cost, at) => (at < 500 ? cost : 9 * cost)),
      })),
    };
    const day = addDays("2024-06-01", 480);
    expect(forecastOn(changed, day)).toEqual(forecastOn(cut, day));
  });

  it("holds the end of 70 to 95 % of generated months in its range, and says so", () => {
    let [inside, months, told, toldMonths] = [0, 0, 0, 0];
    for (const seed of [11, 12, 13, 14]) {
      const lines = generatedAccount({ seed, first: "2024-01", months: 24, noise: 0.02 + 0.03 * (seed % 3) });
      for (const month of monthsFrom("2025-01", "2025-12")) {
        const forecast = forecastOn(lines, `${month}-10`);
        const end = endOf(lines, month);
        if (forecast?.low == null || forecast.high === null) continue;
        months += 1;
        if (moneyNumber(forecast.low) <= end && end <= moneyNumber(forecast.high)) inside += 1;
        told += forecast.coverage?.inside ?? 0;
        toldMonths += forecast.coverage?.months ?? 0;
      }
    }
    expect(months).toBe(48);
    expect(inside / months).toBeGreaterThan(0.7);
    expect(inside / months).toBeLessThan(0.95);
    expect(Math.abs(inside / months - told / toldMonths)).toBeLessThan(0.15);
  });

  it("is nearer to the end of generated months than run rate, the day before and the week before", () => {
    const errors = { ours: 0, runRate: 0, naive: 0, seasonalNaive: 0 };
    for (const seed of [21, 22]) {
      const lines = generatedAccount({ seed, first: "2024-01", months: 24 });
      for (const month of monthsFrom("2025-01", "2025-12")) {
        const end = endOf(lines, month);
        const others = otherForecasts(accountFigures(lines, `${month}-05`));
        errors.ours += Math.abs(errorOf(forecastOn(lines, `${month}-05`), end));
        for (const [name, total] of Object.entries(others))
          errors[name as keyof typeof others] += Math.abs(total / end - 1);
      }
    }
    expect(errors.ours / 24).toBeLessThan(0.02);
    expect(errors.ours).toBeLessThan(errors.seasonalNaive / 3);
    expect(errors.ours).toBeLessThan(errors.naive / 3);
    expect(errors.ours).toBeLessThan(errors.runRate / 20);
  });
});

/** What others would say on the last complete day. */
function otherForecasts({ history, total }: DailyFigures) {
  const running = history.at(-1);
  const days = (running?.total ?? []).map((cost) => cost ?? 0);
  const known = days.reduce((a, b) => a + b, 0);
  const remaining = daysInMonth(running?.month ?? "") - days.length;
  const lastWeek = total.slice(-7).map((cost) => cost ?? 0);
  const week = Array.from({ length: remaining }, (_, at) => lastWeek[at % 7] ?? 0).reduce((a, b) => a + b, 0);
  return {
    runRate: (known / days.length) * (remaining + days.length),
    naive: known + remaining * (days.at(-1) ?? 0),
    seasonalNaive: known + week,
  };
}
