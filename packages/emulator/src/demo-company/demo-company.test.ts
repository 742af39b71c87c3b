import { addDays, dayOfInstant, firstDay, monthOf, parseInstant } from "@dapanoskop/core/calendar";
import type { Bill } from "@dapanoskop/core/source";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { demoCompany } from "./demo-company.ts";

const at = "2026-03-08T06:00:00Z";

/** All charges of a bill as text. */
const textOf = (charges: Bill["charges"]) =>
  charges
    .map((charge) =>
      JSON.stringify(charge, (_, value) => (typeof value === "bigint" ? `${value}` : pairs(value))),
    )
    .join("\n");
const pairs = (value: unknown) => (value instanceof Map ? [...value] : value);

const instants = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 11, 31) })
  .map((time) => parseInstant(new Date(time).toISOString()));

describe("a demo company", () => {
  it("has the same bill for the same seed and day at any hour", () => {
    const bill = demoCompany({ at, months: 2 });
    const later = demoCompany({ at: "2026-03-08T23:59:59Z", months: 2 });
    expect(textOf(later.charges)).toBe(textOf(bill.charges));
  });

  it("has another bill for another seed; the number 7 and the text 7 are equal seeds", () => {
    const [seven, text, eight] = [7, "7", 8].map((seed) =>
      textOf(demoCompany({ seed, at, months: 0 }).charges),
    );
    expect(text).toBe(seven);
    expect(eight).not.toBe(seven);
  });

  it("has a past that does not change: a later bill begins with the charges of an earlier one", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 40 }), fc.string(), (seen, days, seed) => {
        const today = dayOfInstant(seen);
        const start = firstDay(monthOf(today));
        const later = demoCompany({ seed, at: addDays(today, days), months: 2 });
        const before = demoCompany({ seed, at: seen, months: 0 });
        const again = later.charges.filter(({ day }) => start <= day && day < today);
        expect(textOf(again)).toBe(textOf(before.charges));
      }),
      { numRuns: 12 },
    );
  });

  it("has charges on every day from the first of its first month to yesterday, in order", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 3 }), (seen, months) => {
        const { charges } = demoCompany({ at: seen, months });
        const days = charges.map(({ day }) => day);
        expect(days).toEqual(days.toSorted());
        const today = dayOfInstant(seen);
        const expected: string[] = [];
        const [year = 0, month = 1] = today.split("-").map(Number);
        for (
          let day = new Date(Date.UTC(year, month - 1 - months, 1));
          ;
          day = new Date(day.getTime() + 86_400_000)
        ) {
          const text = day.toISOString().slice(0, 10);
          if (text >= today) break;
          expected.push(text);
        }
        expect([...new Set(days)]).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });

  it("has no charges of the running month on its first day", () => {
    const { charges } = demoCompany({ at: "2026-03-01T06:00:00Z", months: 1 });
    expect(new Set(charges.map(({ day }) => monthOf(day)))).toEqual(new Set(["2026-02"]));
  });

  it("refuses a history that is not a whole number of months, or is negative", () => {
    for (const months of [0.5, -1, Number.NaN]) {
      expect(() => demoCompany({ at, months })).toThrow(`whole number of months, not ${months}`);
    }
  });
});
