import type { AlertOutcome, BudgetsEvaluation } from "@dapanoskop/budgets";
import type { DeliveryResult, ReportOutcome } from "@dapanoskop/report";
import { describe, expect, it } from "vitest";
import { logTo } from "../lambda/index.ts";
import { budgetMetrics, logEvaluation, unalertedSentence } from "./budget-telemetry.ts";
import { deliveryMetrics, logDelivery } from "./report-telemetry.ts";

/** The lines of a log as `level message`, and the fields beside it. */
function written(use: (log: ReturnType<typeof logTo>) => void) {
  const lines: Record<string, unknown>[] = [];
  use(logTo((line) => lines.push(JSON.parse(line))));
  return lines.map(({ level, message, ...fields }) => [`${level} ${message}`, fields]);
}

const alert = (outcome: AlertOutcome["outcome"], id: string, reason: string | null = null) =>
  ({
    owner: "user:a",
    audience: "finance",
    outcome,
    sending: { reason },
    alert: { budget: { id }, of: "actual", percent: "80", periodStart: "2026-03" },
  }) as unknown as AlertOutcome;

const state = (id: string, status: string, isWaiting = false) =>
  ({
    owner: "user:a",
    state: { budget: { id }, status, isWaiting, why: "Why.", periodStart: "2026-03" },
  }) as never;

const evaluation = (own: Partial<BudgetsEvaluation>): BudgetsEvaluation => ({
  states: [],
  alerts: [],
  failures: [],
  unknown: 0,
  ...own,
});

const all = (["sent", "failed", "unknown", "postponed", "elsewhere"] as const).map((outcome) =>
  alert(outcome, outcome, "Refused by a@example.com."),
);
const failures = [
  { budget: "b", audience: "nobody", error: new TypeError("x") },
  { budget: null, audience: null, error: new TypeError("y") },
];

describe("what the log says of budgets", () => {
  it("is nothing where there are none", () => {
    expect(written((log) => logEvaluation(log, evaluation({})))).toEqual([]);
  });

  it("is each unknown budget, each alert, each failure and the counts", () => {
    const states = [state("ok", "on_track"), state("lost", "unknown"), state("new", "unknown", true)];
    const lines = written((log) =>
      logEvaluation(log, evaluation({ states, alerts: all, failures, unknown: 1 })),
    );
    const period = { period: "2026-03" };
    const of = (budget: string) => ({
      budget,
      ...period,
      of: "actual",
      percent: "80",
      audience: "finance",
      outcome: budget,
    });
    expect(lines).toEqual([
      ["error The budget is unknown: nothing was sent about it. Why.", { budget: "lost", ...period }],
      ["info The budget's period has just begun. Why.", { budget: "new", ...period }],
      ["info The alert is SENT.", of("sent")],
      [
        expect.stringMatching(
          /^error The alert is FAILED: .* Refused by \(mail address\)\.$|^error The alert is FAILED: .*Refused by (?!a@)/,
        ),
        of("failed"),
      ],
      [expect.stringMatching(/^error The alert is UNKNOWN: /), of("unknown")],
      ["info No time was left for the alert: the next run sends it.", of("postponed")],
      ["info Another run sends the alert, or has sent it.", of("elsewhere")],
      [expect.stringMatching(/^error .*x/), expect.objectContaining({ budget: "b", audience: "nobody" })],
      [expect.stringMatching(/^error .*y/), expect.not.objectContaining({ budget: expect.anything() })],
      ["info 3 budgets evaluated, 1 unknown, 5 alerts due.", {}],
    ]);
    expect(JSON.stringify(lines)).not.toContain("a@example.com");
  });

  it("has figures of what is unknown, delivered and not", () => {
    const metrics = budgetMetrics(evaluation({ alerts: [...all, alert("sent", "x")], failures, unknown: 4 }));
    expect(metrics.map(({ name, value }) => `${name} ${value}`)).toEqual([
      "BudgetsUnknown 4",
      "BudgetAlertsDelivered 2",
      "BudgetAlertsUndelivered 5",
    ]);
  });

  it("fails the run with the names of what was not delivered", () => {
    expect(
      unalertedSentence(evaluation({ alerts: [alert("sent", "a"), alert("elsewhere", "b")] })),
    ).toBeNull();
    const sentence = unalertedSentence(evaluation({ alerts: all, failures }));
    expect(sentence).toMatch(
      /^Alerts of budgets were not delivered: failed .*2026-03-01.* of failed, unknown .* of unknown, postponed .* of postponed, not evaluated or not prepared b, not evaluated or not prepared the budgets of an owner\. The log has the reason of each\.$/,
    );
    expect(sentence).not.toContain("elsewhere");
    expect(unalertedSentence(evaluation({ failures: failures.slice(0, 1) }))).not.toBeNull();
  });
});

describe("what the log says of reports", () => {
  const report = (outcome: ReportOutcome["outcome"], leftOut: ReportOutcome["leftOut"] = []) =>
    ({
      outcome,
      leftOut,
      sending: {
        id: { kind: "report", date: "2026-03-07", audience: "finance" },
        attempts: [1, 2],
        reason: "Why.",
      },
    }) as unknown as ReportOutcome;
  const result: DeliveryResult = {
    lastExpected: "2026-03-08",
    completeThrough: "2026-03-07",
    reports: [
      report("sent", [{ address: "jane@example.com", reason: "bounce" }]),
      ...(["failed", "unknown", "postponed", "elsewhere"] as const).map((outcome) => report(outcome)),
    ],
    failures: [
      { audience: "ops", day: null, error: new TypeError("x") },
      { audience: "web", day: "2026-03-06", error: new TypeError("y") },
    ],
    missing: [{ audience: "late", day: "2026-03-05" }],
    unknown: 3,
    failed: 4,
  };

  it("is each report, each failure, each missing one and the counts", () => {
    const lines = written((log) => logDelivery(log, result));
    expect(lines.map(([text]) => text)).toEqual([
      "warn The recipient j…@example.com was left out after a bounce.",
      "info The report is SENT.",
      expect.stringMatching(/^error The report is FAILED: .* Why\.$/),
      expect.stringMatching(/^error The report is UNKNOWN: .* Why\.$/),
      "info No time was left for the report: the next run sends it.",
      "info Another run sends the report, or has sent it.",
      expect.stringMatching(/^error .*x/),
      expect.stringMatching(/^error .*y/),
      "error A report is missing: it should have been sent by now.",
      "info 5 due, 1 missing.",
    ]);
    const [first, , , , , , noDay, withDay, missing, last] = lines.map(([, fields]) => fields);
    expect(first).toEqual({
      report: expect.stringMatching(/2026-03-07.*finance/),
      attempts: 2,
      outcome: "sent",
    });
    expect(noDay).toMatchObject({ audience: "ops", error: "TypeError" });
    expect(noDay).not.toHaveProperty("report");
    expect(withDay).toMatchObject({ report: expect.stringMatching(/2026-03-06.*web/) });
    expect(missing).toEqual({ report: expect.stringMatching(/2026-03-05.*late/) });
    expect(last).toEqual({ last_expected: "2026-03-08", complete_through: "2026-03-07" });
  });

  it("is a warning where no complete day is published", () => {
    const nothing = { ...result, reports: [], failures: [], missing: [], completeThrough: null };
    expect(written((log) => logDelivery(log, nothing))).toEqual([
      [
        "warn No complete day is published: there is nothing to report.",
        { last_expected: "2026-03-08", complete_through: null },
      ],
    ]);
  });

  it("has figures", () => {
    expect(deliveryMetrics(result).map(({ name, value }) => `${name} ${value}`)).toEqual([
      "ReportsDelivered 1",
      "ReportsFailed 6",
      "ReportsUnknown 3",
      "ReportsMissing 1",
    ]);
  });
});
