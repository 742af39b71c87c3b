import type { Instant } from "@dapanoskop/core/calendar";
import { aDailyFigures } from "@dapanoskop/core/daily/testing";
import { type SendOutcome, sendingsOf, shownState } from "@dapanoskop/core/sending";
import { StateError, type StateStore } from "@dapanoskop/core/state";
import { publishDays } from "@dapanoskop/dataset/testing";
import { describe, expect, it } from "vitest";
import type { AudienceSchedule } from "../audience/index.ts";
import { markRecipient } from "../records/index.ts";
import { reportStatus } from "../status/index.ts";
import { anAudience, DeliveryFixture } from "../testing/index.ts";
import { deliverDay, deliverDue } from "./index.ts";

const AT = "2026-01-15T08:00:00Z";
const throttled: SendOutcome = { outcome: "refused", isRetryable: true, reason: "SES throttles." };
const lost: SendOutcome = { outcome: "unknown", reason: "No answer came within 20 s." };

/** A run of the schedule, handled at its own time unless a test says otherwise. */
const onSchedule = (fixture: DeliveryFixture, at: Instant = AT, now: Instant = at, timeLeft?: number) =>
  deliverDue({ at, trigger: "schedule" }, fixture.settings, fixture.dependencies(now, timeLeft));

const afterPublish = (fixture: DeliveryFixture, at: Instant) =>
  deliverDue({ at, trigger: "publish" }, fixture.settings, fixture.dependencies(at));

describe("a run of the schedule", () => {
  it("sends the report of the day before, with tags that tell it apart", async () => {
    const fixture = await DeliveryFixture.create();
    const { reports, missing, failures } = await onSchedule(fixture);
    expect(reports.map(({ outcome }) => outcome)).toEqual(["sent"]);
    expect({ missing, failures }).toEqual({ missing: [], failures: [] });
    expect(fixture.sent).toMatchObject([
      {
        by: "mail",
        to: ["finance@example.com"],
        tags: { report: "daily", date: "2026-01-14", audience: "everyone", attempt: "1" },
      },
    ]);
  });

  it("of the 15th that is handled on the 16th reports the 14th", async () => {
    const fixture = await DeliveryFixture.create({ through: "2026-01-15" });
    await onSchedule(fixture, AT, "2026-01-16T03:00:00Z");
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-14"]);
  });

  it("sends nothing twice: its duplicate finds the record", async () => {
    const fixture = await DeliveryFixture.create();
    await onSchedule(fixture);
    const { reports } = await onSchedule(fixture);
    expect([reports, fixture.sent.length]).toEqual([[], 1]);
  });

  it("sends once in 20 deliveries at the same time", async () => {
    const fixture = await DeliveryFixture.create();
    const results = await Promise.all(Array.from({ length: 20 }, () => onSchedule(fixture)));
    expect(fixture.sent.length).toBe(1);
    const outcomes = results.flatMap(({ reports }) => reports.map(({ outcome }) => outcome));
    expect(outcomes.filter((outcome) => outcome === "sent")).toHaveLength(1);
    expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  });

  it("without an audience reads nothing, sends nothing and is no error", async () => {
    const fixture = await DeliveryFixture.create();
    fixture.store.remove("index.json");
    fixture.settings = { ...fixture.settings, audiences: [] };
    expect(await onSchedule(fixture)).toMatchObject({ reports: [], failures: [], missing: [] });
    expect([fixture.sent.length, fixture.state.writes()]).toEqual([0, 0]);
  });

  it("without published days sends nothing and is no error", async () => {
    const fixture = await DeliveryFixture.create();
    fixture.store.remove("index.json");
    expect(await onSchedule(fixture)).toMatchObject({ completeThrough: null, reports: [], failures: [] });
  });
});

describe("recipients whose mail came back", () => {
  const mailed = (...recipients: readonly string[]) => [
    anAudience({ channel: { kind: "mail", recipients } }),
  ];

  it("are left out, and the others are mailed to", async () => {
    const fixture = await DeliveryFixture.create();
    fixture.settings = {
      ...fixture.settings,
      audiences: mailed("a@example.com", "b@example.com", "c@example.com"),
    };
    await markRecipient(fixture.state, "b@example.com", "bounce", AT);
    const { reports } = await onSchedule(fixture);
    expect(fixture.sent.map(({ to }) => to)).toEqual([["a@example.com", "c@example.com"]]);
    expect(reports[0]?.leftOut).toEqual([{ address: "b@example.com", reason: "bounce" }]);
  });

  it.each([
    ["costs@example.com", "Every recipient of everyone is left out after a bounce or a complaint."],
    [null, "The report is mailed to everyone, and no sender is set."],
  ])("may be all of them: then nothing is sent, nor without a sender: %s", async (sender, sentence) => {
    const fixture = await DeliveryFixture.create();
    fixture.settings = { ...fixture.settings, sender };
    if (sender !== null) await markRecipient(fixture.state, "finance@example.com", "complaint", AT);
    const { failures } = await onSchedule(fixture);
    expect(fixture.sent).toEqual([]);
    expect(failures).toMatchObject([
      { audience: "everyone", day: "2026-01-14", error: { name: "NoRecipientError" } },
    ]);
    expect(String(failures[0]?.error)).toContain(sentence);
  });
});

describe("late data", () => {
  it("two days late: the last complete day is reported and says so, and not again later", async () => {
    const fixture = await DeliveryFixture.create({ through: "2026-01-14", completeThrough: "2026-01-12" });
    const { missing } = await onSchedule(fixture);
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-12"]);
    expect(missing).toEqual([]);
    expect(fixture.sent[0]?.message.json).toMatchObject({
      date: "2026-01-12",
      complete_through: "2026-01-12",
    });
    expect(fixture.sent[0]?.message.text).toMatch(/13.*14/);

    await onSchedule(fixture, "2026-01-16T08:00:00Z");
    expect(fixture.sent.length).toBe(1);
    await fixture.publish({ through: "2026-01-16", completeThrough: "2026-01-16" });
    await onSchedule(fixture, "2026-01-17T08:00:00Z");
    expect(fixture.daysSent()).toEqual([12, 13, 14, 15, 16].map((day) => `everyone 2026-01-${day}`));
  });

  it("that never comes is missing after four days", async () => {
    const fixture = await DeliveryFixture.create({ completeThrough: "2026-01-12" });
    await onSchedule(fixture);
    const { missing } = await onSchedule(fixture, "2026-01-18T08:00:00Z");
    expect(missing).toEqual([{ audience: "everyone", day: "2026-01-13" }]);
  });
});

describe("days that are not published", () => {
  it("are missing, and reported once they are", async () => {
    const fixture = await DeliveryFixture.create({ through: "2026-01-29" });
    await onSchedule(fixture, "2026-01-30T08:00:00Z");
    await fixture.publish({ from: "2026-02-01", through: "2026-02-01" });
    const { missing } = await onSchedule(fixture, "2026-02-02T08:00:00Z");
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-29", "everyone 2026-02-01"]);
    expect(missing.map(({ day }) => day)).toEqual(["2026-01-30", "2026-01-31"]);

    await fixture.publish({ through: "2026-02-01" });
    await onSchedule(fixture, "2026-02-02T12:00:00Z");
    expect(fixture.daysSent().slice(2)).toEqual(["everyone 2026-01-30", "everyone 2026-01-31"]);
  });
});

describe("after a publication", () => {
  it("sends nothing before the scheduled time of the day", async () => {
    const fixture = await DeliveryFixture.create({ through: "2026-01-13" });
    await onSchedule(fixture, "2026-01-14T08:00:00Z");
    await fixture.publish({ through: "2026-01-14" });
    await afterPublish(fixture, "2026-01-15T07:59:59Z");
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-13"]);
  });

  it("sends after the scheduled time what is missing, and only that", async () => {
    const fixture = await DeliveryFixture.create({ completeThrough: "2026-01-13" });
    await onSchedule(fixture);
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-13"]);
    await fixture.publish({ through: "2026-01-14" });
    await afterPublish(fixture, "2026-01-15T12:00:00Z");
    await afterPublish(fixture, "2026-01-15T12:05:00Z");
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-13", "everyone 2026-01-14"]);
  });
});

describe("catching up", () => {
  it("sends missed days oldest first, at most seven, each once", async () => {
    const fixture = await DeliveryFixture.create({ through: "2026-01-05" });
    await onSchedule(fixture, "2026-01-06T08:00:00Z");
    await fixture.publish({ through: "2026-01-20" });
    await onSchedule(fixture, "2026-01-21T08:00:00Z");
    await onSchedule(fixture, "2026-01-21T08:00:00Z");
    expect(fixture.daysSent()).toEqual(
      ["05", 14, 15, 16, 17, 18, 19, 20].map((day) => `everyone 2026-01-${day}`),
    );
  });

  it("gives a new audience the newest day alone, and every day from then on", async () => {
    const fixture = await DeliveryFixture.create();
    await onSchedule(fixture);
    fixture.settings = {
      ...fixture.settings,
      audiences: [...fixture.settings.audiences, anAudience({ name: "shop" })],
    };
    await fixture.publish({ through: "2026-01-16" });
    await onSchedule(fixture, "2026-01-17T08:00:00Z");
    expect(fixture.daysSent().filter((sent) => sent.startsWith("shop"))).toEqual(["shop 2026-01-16"]);
    await fixture.publish({ through: "2026-01-18" });
    await onSchedule(fixture, "2026-01-19T08:00:00Z");
    expect(fixture.daysSent().filter((sent) => sent.startsWith("shop"))).toEqual([
      "shop 2026-01-16",
      "shop 2026-01-17",
      "shop 2026-01-18",
    ]);
  });

  it("tells each report what the one before said", async () => {
    const fixture = await DeliveryFixture.create({ through: "2026-01-13", total: 10 });
    await onSchedule(fixture, "2026-01-14T08:00:00Z");
    const [record] = await sendingsOf(fixture.state, "2026-01-13", "2026-01-13");
    expect(record?.summary).toEqual({
      day: "2026-01-13",
      total: "10",
      currency: "USD",
      metric: "UnblendedCost",
      cost_centers: null,
      anomalies: [],
    });
    await fixture.publish({ through: "2026-01-14", total: (day) => (day === "2026-01-13" ? 12.5 : 10) });
    await onSchedule(fixture);
    // What was said, and what it was revised to.
    expect(fixture.sent.at(-1)?.message.text).toContain("10.00");
    expect(fixture.sent.at(-1)?.message.text).toContain("12.50");
  });
});

describe("what the report before said", () => {
  const costCenters = [
    { name: "Shop", costs: 30 },
    { name: "Web", costs: 70 },
  ];
  const twoDays = async (change: (fixture: DeliveryFixture) => Promise<unknown>) => {
    const fixture = await DeliveryFixture.create({ through: "2026-01-13", costCenters });
    await onSchedule(fixture, "2026-01-14T08:00:00Z");
    await fixture.publish({ through: "2026-01-14", costCenters });
    await change(fixture);
    await onSchedule(fixture);
    return fixture.sent.at(-1)?.message.text;
  };

  it("is compared where both are of the same metric and cost centers", async () => {
    expect(await twoDays(async () => {})).toContain("as reported");
  });

  it("of other cost centers was not revised by AWS", async () => {
    const text = await twoDays(async (fixture) => {
      fixture.settings = { ...fixture.settings, audiences: [anAudience({ costCenters: ["Shop"] })] };
    });
    expect(text).not.toContain("as reported");
  });

  it("in an attempt that was refused was said to nobody", async () => {
    const text = await twoDays(async (fixture) => {
      fixture.answer = () => ({ outcome: "refused", isRetryable: false, reason: "Not verified." });
      const dependencies = fixture.dependencies("2026-01-14T09:00:00Z");
      await deliverDay("2026-01-13", { resend: true, anySchedule: false }, fixture.settings, dependencies);
      fixture.answer = () => ({ outcome: "accepted", messageId: "m" });
    });
    expect(text).not.toContain("as reported");
  });

  it("in another metric was not revised by AWS", async () => {
    const text = await twoDays((fixture) =>
      publishDays(fixture.store, {
        ...aDailyFigures({ through: "2026-01-14", total: 80 }),
        metric: "NetAmortizedCost",
      }),
    );
    expect(text).not.toContain("as reported");
  });
});

describe("a weekly audience", () => {
  it("gets the report of Sunday on Monday, and on Tuesday where Sunday was late", async () => {
    // 2026-01-11 and 2026-01-18 are Sundays.
    const fixture = await DeliveryFixture.create({ through: "2026-01-09" });
    fixture.settings = { ...fixture.settings, audiences: [anAudience({ schedule: "weekly" })] };
    for (let day = 10; day <= 20; day++) {
      const through = day === 19 ? "2026-01-17" : `2026-01-${day - 1}`.replace("-9", "-09");
      await fixture.publish({ through });
      await onSchedule(fixture, `2026-01-${day}T08:00:00Z`);
    }
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-11", "everyone 2026-01-18"]);
  });
});

describe("the report of one day", () => {
  const sentOn = async (day: string, anySchedule: boolean) => {
    const fixture = await DeliveryFixture.create({ through: "2026-01-14" });
    const audiences = [
      anAudience(),
      anAudience({ name: "board", schedule: "weekly" }),
      anAudience({ name: "alarms", schedule: "anomalies" }),
    ];
    fixture.settings = { ...fixture.settings, audiences };
    const dependencies = fixture.dependencies("2026-01-15T09:00:00Z");
    await deliverDay(day, { resend: false, anySchedule }, fixture.settings, dependencies);
    return fixture.daysSent().toSorted();
  };

  it("is sent to the audiences whose schedule has the day, and to the others where they are named", async () => {
    // 2026-01-11 is a Sunday. No cost of these days is unusual.
    expect(await sentOn("2026-01-11", false)).toEqual(["board 2026-01-11", "everyone 2026-01-11"]);
    expect(await sentOn("2026-01-13", false)).toEqual(["everyone 2026-01-13"]);
    expect(await sentOn("2026-01-13", true)).toEqual([
      "alarms 2026-01-13",
      "board 2026-01-13",
      "everyone 2026-01-13",
    ]);
  });

  it("is refused where no schedule has the day", async () => {
    const fixture = await DeliveryFixture.create({ through: "2026-01-14" });
    fixture.settings = { ...fixture.settings, audiences: [anAudience({ schedule: "weekly" })] };
    const sending = deliverDay(
      "2026-01-13",
      { resend: false, anySchedule: false },
      fixture.settings,
      fixture.dependencies("2026-01-15T09:00:00Z"),
    );
    await expect(sending).rejects.toThrow("No audience is to get the report of 2026-01-13 by its schedule.");
    expect(fixture.daysSent()).toEqual([]);
  });
});

describe("an audience whose schedule changes", () => {
  const schedules = async (before: AudienceSchedule, after: AudienceSchedule) => {
    // 2026-01-11 is a Sunday.
    const fixture = await DeliveryFixture.create({ through: "2026-01-11" });
    fixture.settings = { ...fixture.settings, audiences: [anAudience({ schedule: before })] };
    await onSchedule(fixture, "2026-01-12T08:00:00Z");
    fixture.settings = { ...fixture.settings, audiences: [anAudience({ schedule: after })] };
    await fixture.publish({ through: "2026-01-15" });
    await onSchedule(fixture, "2026-01-16T08:00:00Z");
    const { state } = fixture;
    const query = { lastExpected: "2026-01-15", completeThrough: "2026-01-15", now: "2026-01-16T09:00:00Z" };
    const [audience] = (await reportStatus(state, query)).audiences;
    return { days: fixture.daysSent(), missing: audience?.missing };
  };

  it("to daily gets the newest day, and not those of the week before", async () => {
    const { days, missing } = await schedules("weekly", "daily");
    expect(days).toEqual(["everyone 2026-01-11", "everyone 2026-01-15"]);
    expect(missing).toEqual([]);
  });

  it("from daily to weekly lacks no day between the Sundays", async () => {
    const { days, missing } = await schedules("daily", "weekly");
    expect(days).toEqual(["everyone 2026-01-11"]);
    expect(missing).toEqual([]);
  });
});

describe("an audience of anomalies", () => {
  it("gets the report of a day that has one, in its cost centers, and of no other", async () => {
    const jump = (normal: number) => (day: string) => (day === "2026-01-14" ? 50 * normal : normal);
    const spec = {
      costCenters: [
        { name: "Shop", costs: jump(100) },
        { name: "Web", costs: 100 },
      ],
    };
    const fixture = await DeliveryFixture.create({ through: "2026-01-13", ...spec });
    fixture.settings = {
      ...fixture.settings,
      audiences: [
        anAudience({ name: "all", schedule: "anomalies" }),
        anAudience({ name: "shop", schedule: "anomalies", costCenters: ["Shop"] }),
        anAudience({ name: "web", schedule: "anomalies", costCenters: ["Web"] }),
      ],
    };
    await onSchedule(fixture, "2026-01-14T08:00:00Z");
    expect(fixture.daysSent()).toEqual([]);
    await fixture.publish({ through: "2026-01-14", ...spec });
    const { missing } = await onSchedule(fixture);
    expect([fixture.daysSent().toSorted(), missing]).toEqual([["all 2026-01-14", "shop 2026-01-14"], []]);
    const shop = fixture.sent.find(({ tags }) => tags.audience === "shop");
    expect(shop?.message.json).toMatchObject({ anomalies: [{}] });
  });

  it("lacks a report that was begun and not sent", async () => {
    const fixture = await DeliveryFixture.create({ total: (day) => (day === "2026-01-14" ? 500 : 10) });
    fixture.settings = { ...fixture.settings, audiences: [anAudience({ schedule: "anomalies" })] };
    const { reports, missing } = await onSchedule(fixture, AT, AT, 3_000);
    expect(reports.map(({ outcome }) => outcome)).toEqual(["postponed"]);
    expect(missing).toEqual([{ audience: "everyone", day: "2026-01-14" }]);
  });
});

describe("several audiences", () => {
  it("and days do not block each other where a record of one cannot be read", async () => {
    const fixture = await DeliveryFixture.create();
    fixture.settings = { ...fixture.settings, audiences: [anAudience(), anAudience({ name: "team" })] };
    await onSchedule(fixture, "2026-01-14T08:00:00Z");
    const [record] = await fixture.state.list("report#2026-01-13");
    if (record === undefined) throw new Error("none");
    // As a later version may have written it, before this one was put back.
    const value = { ...(record.value as object), schema: 2 };
    await fixture.state.putIfVersion(record.key, { value, expiresAt: null }, record.version);
    for (let run = 0; run < 2; run++) {
      const { failures, missing } = await onSchedule(fixture);
      expect(fixture.daysSent()).toEqual([
        "everyone 2026-01-13",
        "team 2026-01-13",
        "everyone 2026-01-14",
        "team 2026-01-14",
      ]);
      expect(failures).toMatchObject([
        { audience: "everyone", day: "2026-01-13", error: { failure: "corrupt" } },
      ]);
      expect(missing).toEqual([{ audience: "everyone", day: "2026-01-13" }]);
    }
    // No alarm remains of a day that is not caught up any more.
    await fixture.publish({ through: "2026-01-21" });
    expect((await onSchedule(fixture, "2026-01-22T08:00:00Z")).failures).toEqual([]);
  });

  it("do not block each other", async () => {
    const fixture = await DeliveryFixture.create();
    const slack = anAudience({
      name: "slack",
      channel: { kind: "slack", address: { kind: "secret", arn: "arn" } },
    });
    fixture.settings = { ...fixture.settings, audiences: [slack, anAudience()] };
    fixture.notifierError = new Error("The secret cannot be read.");
    const { failures, missing } = await onSchedule(fixture);
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-14"]);
    expect(failures).toEqual([{ audience: "slack", day: "2026-01-14", error: fixture.notifierError }]);
    expect(missing).toEqual([{ audience: "slack", day: "2026-01-14" }]);

    fixture.notifierError = null;
    await onSchedule(fixture);
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-14", "slack 2026-01-14"]);
  });
});

describe("what senders answer", () => {
  it("throttled twice: the third attempt sends, after 1 s and 2 s", async () => {
    const fixture = await DeliveryFixture.create();
    fixture.answer = (attempts) => (attempts < 2 ? throttled : { outcome: "accepted", messageId: "m" });
    const dependencies = fixture.dependencies(AT);
    const { reports } = await deliverDue({ at: AT, trigger: "schedule" }, fixture.settings, dependencies);
    expect(reports.map(({ outcome }) => outcome)).toEqual(["sent"]);
    expect(fixture.sent.map(({ tags }) => tags.attempt)).toEqual(["1", "2", "3"]);
    expect(dependencies.clock.sleeps).toEqual([1_000, 2_000]);
  });

  it("throttled for ever: FAILED after three, and not tried again by itself", async () => {
    const fixture = await DeliveryFixture.create();
    fixture.answer = () => throttled;
    const first = await onSchedule(fixture);
    expect(first.reports).toMatchObject([{ outcome: "failed", sending: { state: "FAILED" } }]);
    expect([first.failed, fixture.sent.length]).toEqual([1, 3]);
    const second = await onSchedule(fixture);
    expect([second.reports, second.failed, fixture.sent.length]).toEqual([[], 1, 3]);
  });

  it("refused for good: one attempt, and its reason", async () => {
    const fixture = await DeliveryFixture.create();
    const reason = "SES does not know the sender. Verify it.";
    fixture.answer = () => ({ outcome: "refused", isRetryable: false, reason });
    const { reports } = await onSchedule(fixture);
    expect(reports).toMatchObject([{ outcome: "failed", sending: { state: "FAILED", reason } }]);
    expect(fixture.sent.length).toBe(1);
  });

  it("no answer after it was accepted: no second message, and UNKNOWN", async () => {
    const fixture = await DeliveryFixture.create();
    fixture.answer = () => lost;
    const first = await onSchedule(fixture);
    expect(first.reports).toMatchObject([{ outcome: "unknown" }]);
    expect(first.unknown).toBe(1);
    fixture.answer = () => ({ outcome: "accepted", messageId: "m" });
    const second = await onSchedule(fixture, AT, "2026-01-15T09:00:00Z");
    expect([second.reports, second.unknown, fixture.sent.length]).toEqual([[], 1, 1]);
    const [record] = await sendingsOf(fixture.state, "2026-01-14", "2026-01-14");
    expect(record && shownState(record, "2026-01-15T09:00:00Z")).toBe("UNKNOWN");
  });

  it("no time left: nothing is sent, and the next run takes over", async () => {
    const fixture = await DeliveryFixture.create();
    const first = await onSchedule(fixture, AT, AT, 3_000);
    expect([first.reports.map(({ outcome }) => outcome), first.missing.length]).toEqual([["postponed"], 1]);
    await onSchedule(fixture, AT, "2026-01-15T08:02:00Z");
    expect(fixture.sent.length).toBe(1);
  });
});

describe("a state store that cannot be reached", () => {
  const down = () => {
    throw new StateError("unreachable", "The table cannot be reached.");
  };

  it.each(["list", "get", "putIfAbsent", "putIfVersion"] as const)("at %s: nothing is sent", async (verb) => {
    const fixture = await DeliveryFixture.create();
    const state: StateStore = { ...fixture.state, [verb]: down };
    const dependencies = { ...fixture.dependencies(AT), state };
    const run = deliverDue({ at: AT, trigger: "schedule" }, fixture.settings, dependencies);
    const failed = await run.then(
      ({ failures }) => failures.map(({ error }) => error),
      (error: unknown) => [error],
    );
    expect(failed).toEqual([expect.any(StateError)]);
    expect(fixture.sent).toEqual([]);
  });
});
