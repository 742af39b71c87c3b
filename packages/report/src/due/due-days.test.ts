import type { Sending } from "@dapanoskop/core/sending";
import { describe, expect, it } from "vitest";
import {
  type DueInput,
  dueDays,
  lastExpectedDay,
  missingDays,
  reportSchedule,
  scheduledDays,
} from "./index.ts";

const NOW = "2026-03-16T08:00:00Z";

/** A record of a day: state, and until when it is leased. */
const sending = (state: Sending["state"], leaseUntil = NOW, attempts: Sending["attempts"] = []) =>
  ({ state, leaseUntil, attempts }) as Sending;

const attempt = (outcome: string) => [{ outcome, events: [] }] as unknown as Sending["attempts"];

const input = (own: Partial<DueInput> = {}): DueInput => ({
  schedule: "daily",
  since: "2026-01-01",
  lastExpected: "2026-03-15",
  completeThrough: "2026-03-15",
  sendings: new Map(),
  now: NOW,
  ...own,
});

/** `09-15`: the first and the last day, of consecutive ones in March. */
const span = (days: readonly string[]) =>
  days.length === 0 ? "none" : `${days.length}: ${days[0]?.slice(-2)}-${days.at(-1)?.slice(-2)}`;

describe("the days that are due", () => {
  it.each([
    [{}, "7: 09-15"],
    [{ completeThrough: "2026-03-14" }, "6: 09-14"],
    [{ completeThrough: "2026-03-20" }, "7: 09-15"],
    [{ completeThrough: "2026-03-09" }, "1: 09-09"],
    [{ completeThrough: "2026-03-08" }, "1: 08-08"],
    [{ completeThrough: "2026-03-01" }, "1: 01-01"],
    [{ completeThrough: null }, "none"],
    [{ since: "2026-03-12" }, "4: 12-15"],
    [{ since: "2026-03-16" }, "none"],
    [{ schedule: "weekly" }, "1: 15-15"],
    [{ schedule: "weekly", completeThrough: "2026-03-14" }, "none"],
    [{ schedule: "weekly", completeThrough: "2026-03-08" }, "1: 08-08"],
    [{ schedule: "anomalies" }, "7: 09-15"],
  ] as const)("are of %j: %s", (own, expected) => {
    expect(span(dueDays(input(own)))).toBe(expected);
  });

  it.each([
    ["none", undefined, true],
    ["claimed, and its lease is over", sending("CLAIMED"), true],
    ["claimed for another second", sending("CLAIMED", "2026-03-16T08:00:01Z"), false],
    ["claimed after a refusal", sending("CLAIMED", NOW, attempt("refused")), true],
    ["claimed after an unknown outcome", sending("CLAIMED", NOW, attempt("unknown")), false],
    ["claimed after an accepted attempt", sending("CLAIMED", NOW, attempt("accepted")), false],
    ["under way", sending("SENDING"), false],
    ["sent", sending("SENT"), false],
    ["failed", sending("FAILED"), false],
    ["bounced", sending("BOUNCED"), false],
  ])("are those whose record is %s", (_name, record, isOpen) => {
    const sendings = new Map(record === undefined ? [] : [["2026-03-15", record]]);
    const [days, missing] = [dueDays(input({ sendings })), missingDays(input({ sendings }))];
    expect([days.includes("2026-03-15"), missing.includes("2026-03-15")]).toEqual([isOpen, isOpen]);
  });
});

describe("the days that are missing", () => {
  it.each([
    [{}, "7: 09-15"],
    [{ days: 2 }, "2: 14-15"],
    [{ completeThrough: "2026-03-13" }, "5: 09-13"],
    [{ completeThrough: "2026-03-10" }, "3: 09-11"],
    [{ completeThrough: null }, "3: 09-11"],
    [{ completeThrough: "2026-03-20" }, "7: 09-15"],
    [{ since: "2026-03-15" }, "1: 15-15"],
    [{ schedule: "weekly", days: 29 }, "5: 15-15"],
    [{ schedule: "weekly", days: 28 }, "4: 22-15"],
    [{ schedule: "anomalies" }, "none"],
    [{ schedule: "anomalies", sendings: new Map([["2026-03-12", sending("CLAIMED")]]) }, "1: 12-12"],
  ] as const)("are of %j: %s", (own, expected) => {
    expect(span(missingDays({ ...input(), ...own } as DueInput))).toBe(expected);
  });
});

describe("the days of a schedule", () => {
  it.each([
    ["daily", "2026-03-14", "2026-03-16", ["2026-03-14", "2026-03-15", "2026-03-16"]],
    ["anomalies", "2026-03-14", "2026-03-14", ["2026-03-14"]],
    ["weekly", "2026-03-08", "2026-03-15", ["2026-03-08", "2026-03-15"]],
    ["weekly", "2026-03-09", "2026-03-14", []],
    ["daily", "2026-03-02", "2026-03-01", []],
  ] as const)("are of %s from %s to %s: %j", (schedule, from, to, days) => {
    expect(scheduledDays(schedule, from, to)).toEqual(days);
  });
});

describe("the time of day of the report", () => {
  it.each([
    ["cron(0 8 * * ? *)", 8, 0],
    ["cron(59 23 * * ? *)", 23, 59],
    ["cron(05 00 * * ? *)", 0, 5],
    ["cron(9 19 * * ? *)", 19, 9],
  ])("is read from %s", (expression, hour, minute) => {
    expect(reportSchedule(expression)).toEqual({ hour, minute });
  });

  it.each([
    "cron(60 8 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 8 * * MON *)",
    "rate(1 day)",
    "",
    "x cron(0 8 * * ? *)",
  ])("is refused in %j", (expression) => {
    expect(() => reportSchedule(expression)).toThrow(/is not a minute and an hour of every day/);
  });

  it("is named with 60 characters at most where it is refused", () => {
    expect(() => reportSchedule("x".repeat(61))).toThrow(`The schedule "${"x".repeat(60)}" is not`);
  });

  it.each([
    ["2026-03-15T08:05:00Z", "publish", "2026-03-14"],
    ["2026-03-15T08:04:59Z", "publish", "2026-03-13"],
    ["2026-03-15T08:04:59Z", "schedule", "2026-03-14"],
    ["2026-03-15T00:00:00Z", "schedule", "2026-03-14"],
  ] as const)("decides which day is expected at %s after a %s", (at, trigger, day) => {
    expect(lastExpectedDay(at, { hour: 8, minute: 5 }, trigger)).toBe(day);
  });
});
