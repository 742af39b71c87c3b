import { putBudget } from "@dapanoskop/budgets";
import type { Budget } from "@dapanoskop/core/budget";
import { moneyText } from "@dapanoskop/core/money";
import type { SendOutcome } from "@dapanoskop/core/sending";
import { StateError, type StateStore } from "@dapanoskop/core/state";
import { aSummary, publishSummary } from "@dapanoskop/dataset/testing";
import { readPublishedDays } from "@dapanoskop/report";
import { DeliveryFixture } from "@dapanoskop/report/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { ReportError, type ReportRuntime, reportHandler } from "./index.ts";

const schedule = (time: string) => ({ "detail-type": "Scheduled Event", source: "aws.events", time });
const publication = (eventTime: string) => ({
  Records: [
    {
      eventSource: "aws:s3",
      eventName: "ObjectCreated:Put",
      eventTime,
      s3: { bucket: { name: "bill" }, object: { key: "index.json" } },
    },
  ],
});

let fixture: DeliveryFixture;
let lines: Readonly<Record<string, unknown>>[];
let environment: Readonly<Record<string, string>>;
let elapsed = 0;
let timeLeft: () => number = () => Number.NaN;

beforeEach(async () => {
  fixture = await DeliveryFixture.create();
  lines = [];
  elapsed = 0;
  environment = {
    DATA_BUCKET: "bill",
    STATE_TABLE: "state",
    REPORT_SENDER: "costs@example.com",
    REPORT_RECIPIENTS: "finance@example.com",
  };
});

async function invoke(
  event: unknown,
  {
    now = "2026-01-15T08:00:05Z",
    state = fixture.state,
    lambdaTime = 60_000,
  }: { now?: string; state?: StateStore; lambdaTime?: number } = {},
) {
  const { channels } = fixture.dependencies(now);
  const runtime: ReportRuntime = {
    environment,
    store: (_bucket, left) => {
      timeLeft = left;
      return fixture.store;
    },
    state: () => state,
    mailer: () => channels.mailer(),
    notifier: (channel) => channels.notifier(channel),
    now: () => new Date(Date.parse(now) + elapsed),
    elapsed: () => elapsed,
    randomBytes: (count) => fixture.random.bytes(count),
    sleep: async (milliseconds) => {
      elapsed += milliseconds;
    },
    write: (line) => void lines.push(JSON.parse(line)),
  };
  return reportHandler(runtime)(event, {
    getRemainingTimeInMillis: () => lambdaTime - elapsed,
    awsRequestId: "request-1",
    functionName: "reporter",
  });
}

const metrics = () => lines.findLast((line) => "_aws" in line);
const text = () => lines.map((line) => JSON.stringify(line)).join("\n");

describe("the report's function", () => {
  it("takes 55 s at most, and less where Lambda leaves less", async () => {
    elapsed = 3_000;
    await invoke(schedule("2026-01-15T08:00:00Z"), { lambdaTime: 900_000 });
    elapsed = 13_000;
    expect(timeLeft()).toBe(45_000);
    await invoke(schedule("2026-01-15T08:00:00Z"), { lambdaTime: 20_000 });
    expect(timeLeft()).toBe(20_000 - 13_000 - 1_500);
  });

  it("sends the report, and logs its name, attempt and duration", async () => {
    expect(await invoke(schedule("2026-01-15T08:00:00Z"))).toEqual({
      last_expected: "2026-01-14",
      complete_through: "2026-01-14",
      sent: ["daily/2026-01-14/everyone"],
      missing: [],
    });
    expect(lines).toContainEqual({
      level: "info",
      message: "The report was sent.",
      request_id: "request-1",
      report: "daily/2026-01-14/everyone",
      attempt: 1,
      outcome: "accepted",
      duration_ms: 0,
      message_id: "message-1",
    });
    expect(lines).toContainEqual(expect.objectContaining({ level: "info", message: "The report is SENT." }));
    expect(metrics()).toMatchObject({
      FunctionName: "reporter",
      ReportsDelivered: 1,
      ReportsFailed: 0,
      ReportsUnknown: 0,
      ReportsMissing: 0,
    });
  });

  it("logs no address, no amount and nothing of the message", async () => {
    await invoke(schedule("2026-01-15T08:00:00Z"));
    const [sent] = fixture.sent;
    const published = await readPublishedDays(fixture.store);
    expect(sent?.message.text).toContain(moneyText({ units: 10n * 10n ** 12n, currency: "USD" }));
    expect(published).not.toBeNull();
    expect(text()).not.toContain("@example.com");
    expect(text()).not.toContain(sent?.message.subject);
    expect(text()).not.toContain("costs.example.com");
  });

  it("of the 15th that is handled on the 16th reports the 14th", async () => {
    await fixture.publish({ through: "2026-01-15" });
    await invoke(schedule("2026-01-15T08:00:00Z"), { now: "2026-01-16T02:00:00Z" });
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-14"]);
  });

  it("after a publication sends what is missing, once the scheduled time has passed", async () => {
    await invoke(publication("2026-01-15T07:00:00.000Z"));
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-13"]);
    await invoke(publication("2026-01-15T08:30:00.000Z"));
    await invoke(publication("2026-01-15T08:31:00.000Z"));
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-13", "everyone 2026-01-14"]);
  });

  it("without a recipient sends nothing and does not fail", async () => {
    environment = { DATA_BUCKET: "bill", STATE_TABLE: "state" };
    expect(await invoke(schedule("2026-01-15T08:00:00Z"))).toMatchObject({ sent: [], missing: [] });
    expect(fixture.sent).toEqual([]);
  });

  it("fails when the state store is down, and sends nothing", async () => {
    const state: StateStore = {
      ...fixture.state,
      list: async () => {
        throw new StateError("unreachable", "The table state cannot be reached. Check the network.");
      },
    };
    await expect(invoke(schedule("2026-01-15T08:00:00Z"), { state })).rejects.toThrow(
      new ReportError(new StateError("unreachable", "The table state cannot be reached. Check the network.")),
    );
    expect(fixture.sent).toEqual([]);
    expect(metrics()).not.toHaveProperty("ReportsDelivered");
  });

  const throttled: SendOutcome = {
    outcome: "refused",
    isRetryable: true,
    reason: "SES throttles finance@example.com.",
  };
  it("fails when a report is FAILED after three attempts", async () => {
    fixture.answer = () => throttled;
    await expect(invoke(schedule("2026-01-15T08:00:00Z"))).rejects.toThrow(
      "Reports were not delivered: FAILED: daily/2026-01-14/everyone.",
    );
    expect([fixture.sent.length, elapsed]).toEqual([3, 3_000]);
    expect(metrics()).toMatchObject({ ReportsDelivered: 0, ReportsFailed: 1 });
    expect(text()).toContain("SES throttles (address)");
    expect(text()).not.toContain("@example.com");
  });

  it("fails when a report is UNKNOWN, and counts it until somebody settles it", async () => {
    fixture.answer = () => ({ outcome: "unknown", reason: "No answer came." });
    await expect(invoke(schedule("2026-01-15T08:00:00Z"))).rejects.toThrow(
      "UNKNOWN: daily/2026-01-14/everyone",
    );
    await invoke(schedule("2026-01-15T08:00:00Z"), { now: "2026-01-15T08:10:00Z" });
    expect(metrics()).toMatchObject({ ReportsUnknown: 1, ReportsDelivered: 0 });
    expect(fixture.sent.length).toBe(1);
  });

  it("says what is wrong with its settings, as an error of its own", async () => {
    environment = { DATA_BUCKET: "bill" };
    await expect(invoke(schedule("2026-01-15T08:00:00Z"))).rejects.toThrow(/^STATE_TABLE is not set/);
  });

  it("keeps the words of an unexpected error without secrets", async () => {
    environment = {
      ...environment,
      SLACK_WEBHOOK_SECRET_ARN: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf",
    };
    fixture.notifierError = new Error(
      "https://hooks.example.com/services/T000/B000/abcdefghijklmnopqrstuvwx failed",
    );
    await expect(invoke(schedule("2026-01-15T08:00:00Z"))).rejects.toThrow(
      "not prepared: daily/2026-01-14/slack",
    );
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-14"]);
    expect(text()).not.toContain("abcdefghijkl");
  });
});

describe("the budgets of a run", () => {
  const budget = {
    id: "all",
    name: "Everything",
    scope: { kind: "everything" },
    period: "month",
    limit: "100",
    currency: "USD",
    thresholds: [{ of: "actual", percent: "1" }],
    audiences: ["everyone"],
    rearm: false,
  } as const satisfies Budget;
  const put = (own: Partial<Budget> = {}) =>
    putBudget("user:1", { ...budget, ...own }, fixture.state, { at: "2026-01-02T08:00:00Z", mode: "create" });
  const publishJanuary = () =>
    publishSummary(fixture.store, aSummary({ period: "2026-01", at: "2026-01-15T06:00:00Z" }));

  it("that are unknown are counted and logged by their id, and nothing is sent about them", async () => {
    await put({ name: "Secret project" });
    await invoke(schedule("2026-01-15T08:00:00Z"));
    expect(fixture.sent.map(({ tags }) => tags.report)).toEqual(["daily"]);
    expect(metrics()).toMatchObject({
      BudgetsUnknown: 1,
      BudgetAlertsDelivered: 0,
      BudgetAlertsUndelivered: 0,
    });
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: "error",
        budget: "all",
        message: "The budget is unknown: nothing was sent about it. 2026-01 is not published.",
      }),
    );
    expect(text()).not.toMatch(/Secret project|user:1/);
    expect(fixture.sent[0]?.message.text).toMatch(/BUDGETS/);
  });

  it("alert the audiences that they name, once, in the run after a publication too", async () => {
    await put();
    await publishJanuary();
    await invoke(schedule("2026-01-15T08:00:00Z"));
    await invoke(publication("2026-01-15T08:30:00.000Z"));
    const alerts = fixture.sent.filter(({ tags }) => tags.report === "alert");
    expect(alerts.map(({ to }) => to)).toEqual([["finance@example.com"]]);
    expect(metrics()).toMatchObject({ BudgetsUnknown: 0, BudgetAlertsDelivered: 0 });
    expect(text()).toContain("The alert is SENT.");
  });

  it("that name an audience which is not there fail the run, and the report is sent", async () => {
    await put({ audiences: ["platform"] });
    await publishJanuary();
    await expect(invoke(schedule("2026-01-15T08:00:00Z"))).rejects.toThrow(
      "Alerts of budgets were not delivered: not evaluated or not prepared all.",
    );
    expect(fixture.daysSent()).toEqual(["everyone 2026-01-14"]);
    expect(metrics()).toMatchObject({ BudgetAlertsUndelivered: 1 });
    expect(text()).toContain("there is none of that name");
  });
});
