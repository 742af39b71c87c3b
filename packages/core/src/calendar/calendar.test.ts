import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monthsBetween } from "./days.ts";
import {
  addDays,
  addMonths,
  daysIn,
  daysInMonth,
  isDay,
  lastClosedMonth,
  monthsFrom,
  oldestMonth,
  parseInstant,
  priorPeriodToDateWindow,
  remainingWindow,
  runningWindow,
  windowOf,
  windowText,
} from "./index.ts";

const priorPeriodAt = (at: string) => {
  const running = runningWindow(parseInstant(at));
  return running && priorPeriodToDateWindow(running);
};

describe("the running month", () => {
  it("ends before the event's day: on March 8 it has seven days", () => {
    const at = parseInstant("2026-03-08T06:00:00Z");
    expect(runningWindow(at)).toEqual({ start: "2026-03-01", end: "2026-03-08" });
    expect(priorPeriodAt(at)).toEqual({ start: "2026-02-01", end: "2026-02-08" });
    expect(windowText({ start: "2026-02-01", end: "2026-02-08" })).toBe("Feb 1–7");
    expect(lastClosedMonth(at)).toBe("2026-02");
  });

  it("is compared with all of a shorter month, and its text names the whole month", () => {
    const prior = priorPeriodAt("2026-03-31T06:00:00Z");
    expect(prior).toEqual({ start: "2026-02-01", end: "2026-03-01" });
    expect(prior && windowText(prior)).toBe("Feb 1–28 (the whole month)");
  });

  it("does not exist on the 1st: December has closed, and is compared with November and the December before", () => {
    const at = parseInstant("2026-01-01T06:00:00Z");
    expect(runningWindow(at)).toBeNull();
    expect(lastClosedMonth(at)).toBe("2025-12");
    expect([addMonths("2025-12", -1), addMonths("2025-12", -12)]).toEqual(["2025-11", "2024-12"]);
  });

  it("is the event's month in UTC, in any zone that the event's time is written in", () => {
    expect(parseInstant("2026-03-01T00:30:00+14:00")).toBe("2026-02-28T10:30:00Z");
    expect(windowOf("2026-02", parseInstant("2026-03-01T00:30:00+14:00"))).toEqual({
      start: "2026-02-01",
      end: "2026-02-28",
    });
  });

  it("still has today to come", () => {
    expect(remainingWindow("2026-03-31T23:59:59Z")).toEqual({ start: "2026-03-31", end: "2026-04-01" });
  });
});

describe("a closed month", () => {
  it("is whole", () => {
    expect(windowOf("2024-02", "2026-03-08T06:00:00Z")).toEqual({ start: "2024-02-01", end: "2024-03-01" });
    expect(daysInMonth("2024-02")).toBe(29);
  });

  it("is kept by Cost Explorer for thirteen months", () => {
    expect(oldestMonth("2026-03-08T06:00:00Z")).toBe("2025-02");
    expect(monthsFrom("2025-11", "2026-02")).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
  });
});

describe("an event's time", () => {
  it.each([
    "2026-03-08T06:00:00Z",
    "2026-03-08T06:00Z",
    "2026-03-08T06:00:00.000Z",
    "2026-03-08T08:00:00+02:00",
  ])("reads %s", (text) => expect(parseInstant(text)).toBe("2026-03-08T06:00:00Z"));

  it("may be a day, which begins at midnight in UTC", () => {
    expect(parseInstant("2026-03-08")).toBe("2026-03-08T00:00:00Z");
  });

  it.each([
    "",
    "yesterday",
    "2026-02-30",
    "2026-13-01",
    "2026-03-08T06:00:00",
    "2026-03-08T25:00:00Z",
    "8.3.2026",
    "9999-12-31T06:00:00Z",
    "0001-01-01T00:00:00Z",
  ])("refuses %j", (text) => expect(() => parseInstant(text)).toThrow(/is not a time like/));
});

describe("days and months", () => {
  const day = fc.integer({ min: -20_000, max: 40_000 }).map((offset) => addDays("2000-01-01", offset));

  it("add and subtract without loss", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (start, count) => {
        const end = addDays(start, count);
        expect(isDay(end)).toBe(true);
        expect(daysIn({ start, end })).toBe(count);
        expect(addDays(end, -count)).toBe(start);
      }),
    );
  });

  it("count months over years", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -500, max: 500 }), (start, count) => {
        const month = start.slice(0, 7);
        expect(monthsBetween(month, addMonths(month, count))).toBe(count);
      }),
    );
  });

  it("give a prior period to date that never leaves its month", () => {
    fc.assert(
      fc.property(day, (today) => {
        const at = parseInstant(today);
        const running = runningWindow(at);
        const prior = running && priorPeriodToDateWindow(running);
        if (running === null || prior === null) {
          expect(today.endsWith("-01")).toBe(true);
          return;
        }
        expect(prior.end <= running.start).toBe(true);
        expect(daysIn(prior)).toBe(Math.min(daysIn(running), daysInMonth(prior.start.slice(0, 7))));
      }),
    );
  });
});
