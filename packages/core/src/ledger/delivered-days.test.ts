import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Day, daysIn } from "../calendar/index.ts";
import { deliveredEnd, LATE_DAYS } from "./delivered-days.ts";

const start: Day = "2026-02-01";

/** Cents of each day from Feb 1 up to the event's day, which is not part of it. */
function totalsOf(today: Day, costOf: (day: Day, index: number) => number) {
  const totals = new Map<Day, { readonly units: bigint; readonly currency: string }>();
  for (let day = start, index = 0; day < today; day = addDays(day, 1), index += 1) {
    totals.set(day, { units: BigInt(Math.round(costOf(day, index))) * 10n ** 10n, currency: "USD" });
  }
  return totals;
}

const endOf = (today: Day, costOf: (day: Day, index: number) => number, dataEnd: Day | null = null) =>
  deliveredEnd({ totals: totalsOf(today, costOf), window: { start, end: today }, dataEnd, isClosed: false });

const weekday = (day: Day) => new Date(`${day}T00:00:00Z`).getUTCDay();
const isWeekend = (day: Day) => weekday(day) % 6 === 0;
const today: Day = "2026-03-10";

/** What AWS has at 06:00: the `late` newest days are missing, and the one before has only a part of its charges. */
const delivered = (costOf: (day: Day, index: number) => number, event: Day, late: number, part: number) => {
  const end = addDays(event, -late);
  return (day: Day, index: number) =>
    day >= end ? 0 : Math.round(costOf(day, index) * (day === addDays(end, -1) ? part : 1));
};

describe("complete days", () => {
  it("of a steady account end with yesterday", () => {
    expect(endOf(today, () => 1_000)).toBe(today);
  });

  it.each([1, 2, 3, 4])("end before the %i newest days that have no charge", (late) => {
    expect(
      endOf(
        today,
        delivered(() => 1_000, today, late, 1),
      ),
    ).toBe(addDays(today, -late));
  });

  it.each([0.1, 0.5, 0.8, 0.94])("do not contain a newest day with %f of its charges", (part) => {
    expect(
      endOf(
        today,
        delivered(() => 1_000, today, 0, part),
      ),
    ).toBe(addDays(today, -1));
    expect(
      endOf(
        today,
        delivered(() => 1_000, today, 2, part),
      ),
    ).toBe(addDays(today, -3));
  });

  it("contain a cheap Sunday, and not a Monday that costs as much", () => {
    const costOf = (day: Day) => (isWeekend(day) ? 200 : 1_000);
    expect(endOf("2026-03-09", costOf)).toBe("2026-03-09"); // yesterday is Sunday
    expect(endOf("2026-03-10", delivered(costOf, "2026-03-10", 0, 0.2))).toBe("2026-03-09");
  });

  it("contain weekends without any charge of an account that costs on workdays only", () => {
    const costOf = (day: Day) => (isWeekend(day) ? 0 : 1_000);
    expect(endOf("2026-03-09", costOf)).toBe("2026-03-09");
    expect(endOf("2026-03-10", delivered(costOf, "2026-03-10", 1, 1))).toBe("2026-03-09");
  });

  it("contain the days without charges of an account that pays one fee a month", () => {
    expect(endOf(today, (day) => (day.endsWith("-01") ? 500 : 0))).toBe(today);
  });

  it("do not contain the first of a month while its fees are missing", () => {
    const costOf = (day: Day) => (day.endsWith("-01") ? 6_000 : 1_000);
    expect(endOf("2026-03-02", costOf)).toBe("2026-03-02");
    expect(endOf("2026-03-02", (day) => (day === "2026-03-01" ? 1_000 : costOf(day)))).toBe("2026-03-01");
  });

  it("contain a day of a growing account, and not a part of it that is above the weeks before", () => {
    const costOf = (_: Day, index: number) => 1_000 * 1.03 ** index;
    expect(endOf(today, costOf)).toBe(today);
    expect(endOf(today, delivered(costOf, today, 0, 0.6))).toBe(addDays(today, -1));
  });

  it("are not moved by a credit or a large charge in the weeks before", () => {
    for (const amount of [-50_000, 90_000]) {
      const costOf = (day: Day) => (day === "2026-03-02" ? amount : 1_000);
      expect(endOf(today, costOf)).toBe(today);
      expect(endOf(today, delivered(costOf, today, 1, 0.5))).toBe(addDays(today, -2));
    }
  });

  it("of an account whose credits take everything back end with yesterday", () => {
    expect(endOf(today, () => 0)).toBe(today);
    expect(endOf(today, () => -300)).toBe(today);
    expect(
      endOf(
        today,
        delivered(() => -300, today, 2, 1),
      ),
    ).toBe(addDays(today, -2));
  });

  it("of a new account end with its newest charge", () => {
    expect(endOf(today, (day) => (day < "2026-03-07" ? 0 : 1_000))).toBe(today);
    expect(endOf(today, (day) => (day < "2026-03-07" || day === "2026-03-09" ? 0 : 1_000))).toBe(
      "2026-03-09",
    );
  });

  it("are expected to cost less in a longer month: what is kept is billed by the month", () => {
    const costOf = (day: Day) => 28_000 / (day < "2026-03-01" ? 28 : 31);
    expect(endOf("2026-03-06", costOf)).toBe("2026-03-06");
    expect(endOf("2026-03-10", delivered(costOf, "2026-03-10", 4, 1))).toBe("2026-03-06");
  });

  it("of a closed month contain days without charges where no day before says more", () => {
    const closed = (costOf: (day: Day) => number, dataEnd: Day) =>
      deliveredEnd({
        totals: totalsOf("2026-04-01", costOf),
        window: { start, end: "2026-04-01" },
        dataEnd,
        isClosed: true,
      });
    expect(closed((day) => (day === "2026-03-03" ? 500 : 0), "2026-03-04")).toBe("2026-04-01");
    expect(closed((day) => (day < "2026-03-06" ? 1_000 : 0), "2026-03-06")).toBe("2026-03-06");
  });

  it("of a file end with it, however old it is", () => {
    const costOf = (day: Day) => (day < "2026-03-06" ? 1_000 : 0);
    expect(endOf("2026-03-10", costOf, "2026-03-06")).toBe("2026-03-06");
    expect(endOf("2026-03-31", costOf, "2026-03-06")).toBe("2026-03-06");
    const partial = (day: Day) => (day === "2026-03-05" ? 300 : costOf(day));
    expect(endOf("2026-03-31", partial, "2026-03-06")).toBe("2026-03-05");
  });

  it("never contain a late day of a steady account, and never lose more than that day and the missing ones", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 29, max: 58 }),
        fc.integer({ min: 0, max: 4 }),
        fc.double({ min: 0.02, max: 0.8, noNaN: true }),
        fc.array(fc.integer({ min: 100, max: 100_000 }), { minLength: 7, maxLength: 7 }),
        fc.double({ min: 0.98, max: 1.03, noNaN: true }),
        (days, late, part, pattern, growth) => {
          const event = addDays(start, days);
          const costOf = (day: Day, index: number) => (pattern[weekday(day)] ?? 0) * 100 * growth ** index;
          const end = endOf(event, delivered(costOf, event, late, part));
          expect(end <= addDays(event, -late - 1)).toBe(true);
          expect(daysIn({ start: end, end: event })).toBeLessThanOrEqual(LATE_DAYS);
          const complete = endOf(event, costOf);
          expect(daysIn({ start: complete, end: event })).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("reach a real fall of spending after five days, and yesterday again after nine", () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 0.2, 0.5, 0.8), fc.integer({ min: 29, max: 45 }), (part, day) => {
        const fall = addDays(start, day);
        const costOf = (of: Day) => (of < fall ? 1_000 : 1_000 * part);
        expect(endOf(addDays(fall, LATE_DAYS), costOf)).toBe(fall);
        expect(endOf(addDays(fall, LATE_DAYS + 1), costOf)).toBe(addDays(fall, 1));
        expect(endOf(addDays(fall, LATE_DAYS + 4), costOf)).toBe(addDays(fall, LATE_DAYS + 4));
      }),
    );
  });

  it("depend on no currency: a hundred times the amounts give the same days", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 2_000 }), { minLength: 37, maxLength: 37 }),
        (costs) => {
          const small = endOf(today, (_, index) => costs[index] ?? 0);
          expect(endOf(today, (_, index) => (costs[index] ?? 0) * 100)).toBe(small);
        },
      ),
    );
  });
});
