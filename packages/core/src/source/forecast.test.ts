import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Day } from "../calendar/index.ts";
import { type Money, parseMoney } from "../money/index.ts";
import { billSource } from "./bill-source.ts";
import { forecastDays, forecastFrom } from "./forecast.ts";

const usd = (amount: string) => parseMoney(amount, "USD");
const MARCH_8 = "2026-03-08"; // a Sunday
const REST = { start: MARCH_8, end: "2026-04-01" };

/** The days before March 8, the day before first. */
const totals = (days: number, cost: (before: number) => Money) =>
  new Map<Day, Money>(Array.from({ length: days }, (_, at) => [addDays(MARCH_8, -1 - at), cost(at + 1)]));

describe("a forecast", () => {
  it("of a steady bill is steady", () => {
    expect(
      forecastFrom(
        totals(60, () => usd("10")),
        REST,
      ),
    ).toEqual(usd("240"));
  });

  it("treats each weekday by itself: cheap Sundays stay cheap", () => {
    const bill = totals(56, (before) => (before % 7 === 0 ? usd("1") : usd("8")));
    const days = forecastDays(bill, { start: MARCH_8, end: "2026-03-16" }) ?? [];
    expect(days.map(({ cost }) => cost)).toEqual(["1", "8", "8", "8", "8", "8", "8", "1"].map(usd));
  });

  it("does not take the month's fees, which are charged on the 1st, for what a Sunday costs", () => {
    // February 1 and March 1, 2026 are Sundays, as March 8 is.
    const bill = totals(56, (before) => (before === 7 || before === 35 ? usd("14000") : usd("10")));
    const days = forecastDays(bill, { start: MARCH_8, end: "2026-04-02" }) ?? [];
    expect(days.map(({ cost }) => cost)).toEqual([...Array(24).fill(usd("10")), usd("14000")]);
  });

  it("names the least and the most that the weekday cost", () => {
    const bill = totals(28, (before) => usd(String(before)));
    expect(forecastDays(bill, { start: MARCH_8, end: "2026-03-09" })).toEqual([
      { day: MARCH_8, cost: usd("21"), low: usd("14"), high: usd("28") },
    ]);
  });

  it("is unknown with less than four weeks of data", () => {
    expect(
      forecastFrom(
        totals(27, () => usd("10")),
        REST,
      ),
    ).toBeNull();
    expect(
      forecastFrom(
        totals(28, () => usd("10")),
        REST,
      ),
    ).toEqual(usd("240"));
    expect(forecastFrom(new Map(), REST)).toBeNull();
  });

  it("looks eight weeks back, and no further", () => {
    const bill = totals(300, (before) => usd(before <= 56 ? "2" : "1000"));
    expect(forecastFrom(bill, REST)).toEqual(usd("48"));
  });

  it("counts a day without charges, after the first one, as nothing", () => {
    const bill = totals(28, () => usd("4"));
    bill.delete(addDays(MARCH_8, -6));
    expect(forecastFrom(bill, { start: "2026-03-09", end: "2026-03-10" }, { knownUntil: MARCH_8 })).toEqual(
      usd("3"),
    );
  });

  it("of a window that starts after what is known looks at what is known", () => {
    const bill = totals(28, (before) => (before % 7 === 0 ? usd("1") : usd("8")));
    const window = { start: "2026-03-14", end: "2026-03-16" };
    expect(forecastDays(bill, window, { knownUntil: MARCH_8 })?.map(({ cost }) => cost)).toEqual(
      ["8", "1"].map(usd),
    );
  });

  it("is between the least and the most of its days, rounded to a unit at most", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(-(10n ** 15n), 10n ** 15n), { minLength: 28, maxLength: 70 }),
        (costs) => {
          const bill = totals(costs.length, (before) => ({
            units: costs[before - 1] ?? 0n,
            currency: "USD",
          }));
          for (const { cost, low, high } of forecastDays(bill, REST) ?? []) {
            expect(low.units <= cost.units && cost.units <= high.units).toBe(true);
          }
        },
      ),
    );
  });

  it("is what a bill in memory answers", async () => {
    const charges = [...totals(40, (before) => usd(String(before % 7)))].map(([day, cost]) => ({
      day,
      service: "Amazon Simple Storage Service",
      usageType: "TimedStorage-ByteHrs",
      chargeType: "Usage",
      dimensions: {},
      tags: new Map<string, string>(),
      costCategories: new Map<string, string>(),
      cost,
      quantity: null,
    }));
    const bill = { currency: "USD", charges, costCategories: [] };
    const source = billSource(bill, { at: "2026-03-08T06:00:00Z" });
    const query = { window: REST, metric: "UnblendedCost" } as const;
    expect(await source.forecast(query)).toEqual(
      forecastFrom(new Map(charges.map(({ day, cost }) => [day, cost])), REST),
    );
    const forgetful = billSource(bill, { at: "2026-03-08T06:00:00Z", forecastHistoryDays: 14 });
    expect(await forgetful.forecast(query)).toBeNull();
  });
});
