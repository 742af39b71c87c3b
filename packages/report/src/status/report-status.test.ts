import type { Instant } from "@dapanoskop/core/calendar";
import { describe, expect, it } from "vitest";
import { deliverDay, deliverDue } from "../deliver/index.ts";
import { anAudience, DeliveryFixture } from "../testing/index.ts";
import { renderStatus, reportStatus, serviceLevel } from "./index.ts";
import { allowanceText, levelText } from "./service-levels.ts";

const on = (fixture: DeliveryFixture, at: Instant) =>
  deliverDue({ at, trigger: "schedule" }, fixture.settings, fixture.dependencies(at));

const statusOf = ({ state }: DeliveryFixture, lastExpected: string, completeThrough = lastExpected) =>
  reportStatus(state, { lastExpected, completeThrough, now: "2026-02-20T12:00:00Z" });

/** Reports of the days from 14 January to 12 February, each on its day. */
async function thirtyDays(run: (fixture: DeliveryFixture, day: number) => Promise<unknown>) {
  const fixture = await DeliveryFixture.create({ through: "2026-02-12" });
  for (let day = 0; day < 30; day++) await run(fixture, day);
  return fixture;
}
const atDay = (day: number) =>
  `${new Date(Date.UTC(2026, 0, 15 + day)).toISOString().slice(0, 10)}T08:00:00Z`;

describe("a service level", () => {
  it("of 99.5 % allows 0.15 of 30 reports: none may be missed", () => {
    const level = serviceLevel(995, 30, 0);
    expect(level).toMatchObject({ allowedThousandths: 150, leftThousandths: 150, isMet: true });
    expect(allowanceText(level)).toBe("0.15 of a report, a fraction below one: a single one breaks it");
    expect(serviceLevel(995, 30, 1)).toMatchObject({ leftThousandths: -850, isMet: false });
  });

  it("allows a whole report from 200 expected ones on", () => {
    expect(serviceLevel(995, 199, 1).isMet).toBe(false);
    expect(serviceLevel(995, 200, 1).isMet).toBe(true);
    expect(allowanceText(serviceLevel(995, 200, 0))).toBe("1 report");
  });

  it.each([
    [999, 999, "0.999 of a report, a fraction below one: a single one breaks it"],
    [999, 1_000, "1 report"],
    [999, 1_001, "1.001 reports"],
    [950, 30, "1.5 reports"],
  ])("of %i ‰ of %i allows to miss %s", (level, of, text) => {
    expect(allowanceText(serviceLevel(level, of, 0))).toBe(text);
  });

  it("that is used up to the last is met", () => {
    expect(serviceLevel(950, 40, 2)).toMatchObject({ leftThousandths: 0, isMet: true });
    expect(levelText(995)).toBe("99.5 %");
  });

  it("of nothing is met", () => {
    expect(serviceLevel(995, 0, 0)).toMatchObject({ allowedThousandths: 0, isMet: true });
  });
});

describe("the status", () => {
  it("of thirty delivered reports meets both levels", async () => {
    const fixture = await thirtyDays((all, day) => on(all, atDay(day)));
    const status = await statusOf(fixture, "2026-02-12");
    expect(status.delivered).toMatchObject({ of: 30, missed: 0, leftThousandths: 150 });
    expect(status.fast).toMatchObject({ of: 30, missed: 0, leftThousandths: 1_500 });
    expect(renderStatus(status)).toContain(
      "Delivered: 30 of 30 expected reports were delivered. 99.5 % allows to miss 0.15 of a report, a fraction below one: a single one breaks it; 0.15 left: met.",
    );
  });

  it("says what is unknown, failed and missing, and what to do", async () => {
    const fixture = await thirtyDays(async (all, day) => {
      if (day === 3) all.answer = () => ({ outcome: "unknown", reason: "No answer came." });
      else if (day === 4)
        all.answer = () => ({ outcome: "refused", isRetryable: false, reason: "Not verified." });
      else all.answer = () => ({ outcome: "accepted", messageId: "m" });
      if (day < 10) await on(all, atDay(day));
    });
    const status = await statusOf(fixture, "2026-01-25");
    expect(status.audiences[0]?.missing).toEqual(["2026-01-24", "2026-01-25"]);
    expect(status.delivered).toMatchObject({ of: 12, missed: 4, isMet: false });
    const text = renderStatus(status);
    expect(text).toContain("Delivered: 8 of 12 expected reports were delivered.");
    expect(text).toContain("2026-01-17  UNKNOWN  1 attempt\n    No answer came.\n    The answer was lost");
    expect(text).toContain("dapanoskop report send --date 2026-01-17 --audience everyone --resend");
    expect(text).toContain("2026-01-18  FAILED   1 attempt\n    Not verified.");
    expect(text).toContain("2026-01-24  MISSING");
    const partly = renderStatus({ ...status, completeThrough: "2026-01-24" });
    expect(partly).toContain("afterwards: dapanoskop report send --date 2026-01-24 --audience everyone\n");
    expect(partly).toContain("2026-01-25  MISSING\n    The day is not published in full.");
    expect(text).toContain("broken");
  });

  it.each([
    [30, 0],
    [31, 1],
  ])("counts a report that took longer than 30 s as slow: %i s", async (seconds, missed) => {
    const fixture = await DeliveryFixture.create();
    const dependencies = fixture.dependencies("2026-01-15T08:00:00Z", 120_000);
    fixture.answer = async () => {
      await dependencies.clock.sleep(seconds * 1_000);
      return { outcome: "accepted", messageId: "m" };
    };
    await deliverDue({ at: "2026-01-15T08:00:00Z", trigger: "schedule" }, fixture.settings, dependencies);
    const status = await statusOf(fixture, "2026-01-14");
    expect(status.fast).toMatchObject({ of: 1, missed });
    expect(status.audiences[0]?.reports).toMatchObject([{ seconds, messageId: "m", reason: null }]);
    expect(renderStatus(status)).toContain(`2026-01-14  SENT     1 attempt, ${seconds} s\n`);
  });

  it("looks at 30 days, and at all audiences in the order of their names", async () => {
    const fixture = await thirtyDays(async (all, day) => {
      all.settings = { ...all.settings, audiences: ["b", "a"].map((name) => anAudience({ name })) };
      await on(all, atDay(day));
    });
    const of = async (last: string) => {
      const { from, audiences } = await statusOf(fixture, last, "2026-02-12");
      return [from, ...audiences.map(({ name, reports }) => `${name} ${reports.length} ${reports[0]?.day}`)];
    };
    expect(await of("2026-02-12")).toEqual(["2026-01-14", "a 30 2026-01-14", "b 30 2026-01-14"]);
    expect(await of("2026-02-13")).toEqual(["2026-01-15", "a 29 2026-01-15", "b 29 2026-01-15"]);
  });

  it("does not judge a report that is being sent at this moment", async () => {
    const fixture = await DeliveryFixture.create();
    await on(fixture, "2026-01-15T08:00:00Z");
    const [record] = await fixture.state.list("report#2026-01-14");
    const value = { ...(record?.value as object), state: "SENDING", leaseUntil: "2026-02-20T12:00:01Z" };
    await fixture.state.putIfVersion(
      record?.key ?? { partition: "", sort: "" },
      { value, expiresAt: null },
      record?.version ?? "",
    );
    const status = await statusOf(fixture, "2026-01-14");
    expect([status.audiences[0]?.reports[0]?.state, status.delivered.of, status.fast.of]).toEqual([
      "SENDING",
      0,
      0,
    ]);
    expect(renderStatus(status)).toContain(
      "Delivered: nothing to judge yet, because there were no expected reports.\nWithin 30 s: nothing to judge yet, because there were no delivered reports.\n",
    );
  });

  it("tells what each schedule is, and what to do about a bounce", async () => {
    const fixture = await DeliveryFixture.create();
    const status = await statusOf(fixture, "2026-01-14");
    const audience = { since: "2026-01-01", reports: [], missing: [], waiting: ["2026-01-14"] } as const;
    const report = {
      day: "2026-01-13",
      state: "BOUNCED",
      attempts: [],
      seconds: null,
      messageId: null,
      reason: null,
    } as const;
    const text = renderStatus({
      ...status,
      completeThrough: null,
      audiences: [
        { ...audience, name: "a", schedule: "daily", reports: [report], missing: ["2026-01-12"] },
        { ...audience, name: "b", schedule: "weekly" },
        { ...audience, name: "c", schedule: "anomalies" },
      ],
    });
    expect(text.split("\n").slice(0, 15)).toEqual([
      "Reports of 2025-12-16 to 2026-01-14. No published day is complete.",
      "",
      "a: daily, since 2026-01-01",
      "  2026-01-13  BOUNCED  0 attempts",
      "    It came back. Correct the recipients, then: dapanoskop report send --date 2026-01-13 --audience a --resend",
      "  2026-01-12  MISSING",
      "    The day is not published in full. Find out why it was not collected: dapanoskop collect.",
      "  2026-01-14  waiting for the day's data",
      "",
      "b: weekly, of the week that ends on Sunday, since 2026-01-01",
      "  2026-01-14  waiting for the day's data",
      "",
      "c: only of days with an anomaly, since 2026-01-01",
      "  2026-01-14  waiting for the day's data",
      "",
    ]);
  });

  it("waits for a day that the source has not delivered, for four days", async () => {
    const fixture = await DeliveryFixture.create({ completeThrough: "2026-01-12" });
    await on(fixture, "2026-01-15T08:00:00Z");
    const [waiting] = (await statusOf(fixture, "2026-01-14", "2026-01-12")).audiences;
    expect(waiting).toMatchObject({ missing: [], waiting: ["2026-01-13", "2026-01-14"] });
    const [late] = (await statusOf(fixture, "2026-01-18", "2026-01-12")).audiences;
    expect(late).toMatchObject({ missing: ["2026-01-13", "2026-01-14"] });
  });

  it("expects of a weekly audience the Sundays, and of one of anomalies nothing", async () => {
    const fixture = await thirtyDays(async (all, day) => {
      all.settings = {
        ...all.settings,
        audiences: [
          anAudience({ name: "weekly", schedule: "weekly" }),
          anAudience({ name: "odd", schedule: "anomalies" }),
        ],
      };
      if (day === 0) await on(all, atDay(day));
    });
    const status = await statusOf(fixture, "2026-02-12");
    expect(status.audiences.map(({ name, missing }) => [name, missing])).toEqual([
      ["odd", []],
      ["weekly", ["2026-01-18", "2026-01-25", "2026-02-01", "2026-02-08"]],
    ]);
  });

  it("expects nothing of an audience that was sent to by hand alone", async () => {
    const fixture = await DeliveryFixture.create();
    await deliverDay(
      "2026-01-10",
      { resend: false, anySchedule: false },
      fixture.settings,
      fixture.dependencies("2026-01-15T09:00:00Z"),
    );
    const status = await statusOf(fixture, "2026-01-14");
    expect(status.audiences).toMatchObject([{ since: null, missing: [], reports: [{ state: "SENT" }] }]);
    expect(renderStatus(status)).toContain("everyone: sent to by hand\n");
  });

  it("without a record says how to begin", async () => {
    const fixture = await DeliveryFixture.create();
    expect(renderStatus(await statusOf(fixture, "2026-01-14"))).toContain("No audience was sent to yet");
  });
});

describe("a report that is sent by hand", () => {
  it("is sent again only with resend, as another attempt", async () => {
    const fixture = await DeliveryFixture.create();
    const send = (resend: boolean) =>
      deliverDay(
        "2026-01-10",
        { resend, anySchedule: false },
        fixture.settings,
        fixture.dependencies("2026-01-15T09:00:00Z"),
      );
    expect((await send(false)).reports[0]?.outcome).toBe("sent");
    expect((await send(false)).reports[0]?.outcome).toBe("elsewhere");
    expect((await send(true)).reports[0]?.outcome).toBe("sent");
    expect(fixture.sent.map(({ tags }) => tags.attempt)).toEqual(["1", "2"]);
  });

  it.each([
    ["2026-01-15", "2026-01-15 is not complete yet: days are complete through 2026-01-14."],
    ["2025-01-01", "2025-01-01 is not among the published days"],
  ])("of %s is refused", async (day, sentence) => {
    const fixture = await DeliveryFixture.create();
    const sending = deliverDay(
      day,
      { resend: false, anySchedule: false },
      fixture.settings,
      fixture.dependencies("2026-01-15T09:00:00Z"),
    );
    await expect(sending).rejects.toThrow(sentence);
  });
});
