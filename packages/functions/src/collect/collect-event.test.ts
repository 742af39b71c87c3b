import { describe, expect, it } from "vitest";
import { collectRequest, EventError } from "./index.ts";

const now = new Date("2026-03-08T07:30:15.250Z");
const eventOf = (input: unknown) => collectRequest(input, now).event;

/** As EventBridge sends it; its Scheduler sends the same with another source, and `detail` as text. */
const schedule = {
  version: "0",
  id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
  "detail-type": "Scheduled Event",
  source: "aws.events",
  account: "123456789012",
  time: "2026-03-08T06:00:00Z",
  region: "eu-central-1",
  resources: ["arn:aws:events:eu-central-1:123456789012:rule/collect"],
  detail: {},
};

describe("a schedule", () => {
  it.each([
    schedule,
    { ...schedule, source: "aws.scheduler", detail: "{}" },
    { ...schedule, "replay-name": "again" },
  ])("is collected as of its own time, and asks nothing twice: %#", (input) => {
    expect(collectRequest(input, now)).toEqual({
      kind: "schedule",
      event: { at: "2026-03-08T06:00:00Z", backfill: 0, force: false, freshSince: "2026-03-08T06:00:00Z" },
    });
  });

  it("that is delivered after midnight is about the day before", () => {
    const late = { ...schedule, time: "2026-02-28T23:59:00Z" };
    expect(eventOf(late).at).toBe("2026-02-28T23:59:00Z");
  });

  it.each([
    [
      { ...schedule, time: undefined },
      'The schedule\'s "time" is missing, not a time like 2026-03-08T06:00:00Z.',
    ],
    [{ ...schedule, time: "yesterday" }, 'The schedule\'s "time" is "yesterday"'],
    [{ ...schedule, time: "2026-03-08T06:00:00" }, "not a time like"],
    [{ ...schedule, time: 1_772_949_600 }, "not a time like"],
    [
      { ...schedule, source: "aws.s3", "detail-type": "Object Created" },
      'no schedule: "aws.s3" says "Object Created"',
    ],
    [{ ...schedule, source: "aws.s3" }, "is no schedule"],
    [{ ...schedule, "detail-type": "Scheduled event" }, "is no schedule"],
  ])("must carry a time, and be one: %#", (input, sentence) => {
    expect(() => eventOf(input)).toThrow(sentence);
  });
});

describe("a manual event", () => {
  it("collects the usual months as of now when it is empty", () => {
    expect(collectRequest({}, now)).toEqual({
      kind: "manual",
      event: { at: "2026-03-08T07:30:15Z", backfill: 0, force: false, freshSince: "2026-03-08T07:30:15Z" },
    });
  });

  it("may have the time, as a Scheduler's own input does", () => {
    expect(eventOf({ at: "2026-03-07T06:00:00Z" })).toMatchObject({
      at: "2026-03-07T06:00:00Z",
      freshSince: "2026-03-07T06:00:00Z",
    });
    expect(eventOf({ at: "2026-03-07T08:00:00+02:00" }).at).toBe("2026-03-07T06:00:00Z");
    expect(eventOf({ at: "2026-03-07" }).at).toBe("2026-03-07T00:00:00Z");
  });

  it("may be at most a day ahead of this machine's clock, to the millisecond", () => {
    const clock = new Date("2026-03-08T07:30:15.000Z");
    expect(collectRequest({ at: "2026-03-09T07:30:15Z" }, clock).event.at).toBe("2026-03-09T07:30:15Z");
    const earlier = new Date(clock.getTime() - 1);
    expect(() => collectRequest({ at: "2026-03-09T07:30:15Z" }, earlier)).toThrow("more than a day ahead");
  });

  it("backfills thirteen months, or as many as it says, without those collected in the last day", () => {
    expect(collectRequest({ backfill: true }, now)).toEqual({
      kind: "backfill",
      event: { at: "2026-03-08T07:30:15Z", backfill: 13, force: false, freshSince: "2026-03-07T07:30:15Z" },
    });
    expect(eventOf({ backfill: true, months: 37, force: true })).toMatchObject({ backfill: 37, force: true });
    expect(eventOf({ backfill: false }).backfill).toBe(0);
  });

  it("collects one month", () => {
    expect(collectRequest({ period: "2026-01", force: true }, now)).toMatchObject({
      kind: "period",
      event: { period: "2026-01", backfill: 0, force: true },
    });
  });

  it.each([
    [null, "The event is not a JSON object."],
    [[], "The event is not a JSON object."],
    ["backfill", "The event is not a JSON object."],
    [13, "The event is not a JSON object."],
    [undefined, "The event is not a JSON object."],
    [{ backfil: true }, 'The event has a field "backfil" that is not known. It takes "at", "backfill"'],
    [{ time: "2026-03-08T06:00:00Z" }, 'a field "time" that is not known'],
    [JSON.parse('{"__proto__": {"force": true}}'), 'a field "__proto__" that is not known'],
    [{ constructor: 1 }, 'a field "constructor" that is not known'],
    [{ ["x".repeat(10_000)]: 1 }, /a field "x{58,60}… that is not known/],
    [{ backfill: "true" }, 'The event\'s "backfill" is "true"; it takes true or false.'],
    [{ backfill: 13 }, "it takes true or false"],
    [{ backfill: true, months: 0 }, 'The event\'s "months" is 0; it takes a whole number from 1 to 37.'],
    [{ backfill: true, months: 38 }, "it takes a whole number from 1 to 37"],
    [{ backfill: true, months: 1.5 }, "it takes a whole number from 1 to 37"],
    [{ backfill: true, months: "13" }, "it takes a whole number from 1 to 37"],
    [{ months: 13 }, 'The event has "months" without "backfill": true.'],
    [{ backfill: true, period: "2026-01" }, 'The event has both "backfill" and "period".'],
    [{ period: "2026-1" }, 'The event\'s "period" is "2026-1"; it takes a month like 2026-01.'],
    [{ period: "2026-13" }, "it takes a month like 2026-01"],
    [{ period: null }, "it takes a month like 2026-01"],
    [{ period: "2026-04" }, "2026-04 cannot be collected at 2026-03-08T07:30:15Z"],
    [{ period: "2020-01" }, "2020-01 cannot be collected"],
    [{ force: "no" }, 'The event\'s "force" is "no"; it takes true or false.'],
    [{ at: "tomorrow" }, 'The event\'s "at" is "tomorrow"; it takes a time like 2026-03-08T06:00:00Z.'],
    [{ at: "2026-03-08T06:00:00" }, "it takes a time like"],
    [{ at: "2027-01-01T00:00:00Z" }, "is more than a day ahead of this machine's clock"],
    [{ at: "<aws.scheduler.scheduled-time>" }, "it takes a time like"],
  ])("is refused with any other content: %#", (input, sentence) => {
    expect(() => eventOf(input)).toThrow(sentence);
    expect(() => eventOf(input)).toThrow(EventError);
    expect(() => eventOf(input)).toThrow(/No request was made and nothing was written\.$/);
  });
});
