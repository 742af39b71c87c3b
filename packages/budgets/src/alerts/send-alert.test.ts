import type { BudgetAlert } from "@dapanoskop/core/budget";
import { accepted, refusedForGood, type SendOutcome, unknownOutcome } from "@dapanoskop/core/sending";
import { memoryState } from "@dapanoskop/core/state";
import { testRuntime } from "@dapanoskop/core/testing";
import { describe, expect, it } from "vitest";
import { WATCHED } from "../testing/index.ts";
import { alertId } from "./alert-id.ts";
import { alertsOf, changeAlerts } from "./alert-records.ts";
import { sendAlert } from "./send-alert.ts";

const AT = "2026-03-08T06:00:00Z";
const of = {
  owner: "local",
  kept: { budget: WATCHED, createdAt: "2026-01-05T08:00:00Z", updatedAt: AT, version: "1" },
  periodStart: "2026-03",
} as const;

const alert = (own: Partial<BudgetAlert> = {}): BudgetAlert => ({
  of: "actual",
  percent: "80",
  turn: 1,
  periodStart: "2026-03",
  reachedAt: AT,
  budget: WATCHED,
  actual: { units: 85_000_000_000_000n, currency: "USD" },
  forecast: null,
  outcome: "send",
  rearmedAt: null,
  settled: [],
  ...own,
});

const others = [alert({ of: "forecast" }), alert({ percent: "100" }), alert({ turn: 2 })];

async function send(outcome: SendOutcome, before: readonly BudgetAlert[]) {
  const state = memoryState();
  const runtime = testRuntime();
  await changeAlerts(of, () => before, { state, runtime });
  const sent: unknown[] = [];
  const result = await sendAlert(of, alert(), "finance", {
    state,
    runtime,
    sender: async () => async (message, tags) => {
      sent.push({ subject: message.subject, tags });
      return outcome;
    },
    dashboardUrl: null,
  });
  const settled = (await alertsOf("local", of.kept, state, AT)).map((one) => one.settled);
  return { outcome: result.outcome, settled, sent };
}

describe("an alert that is sent", () => {
  it.each([
    ["sent", accepted("m"), ["finance"]],
    ["unknown", unknownOutcome("The connection was reset."), ["finance"]],
    ["failed", refusedForGood("There is no such mailbox."), []],
  ] as const)("is settled where no evaluation sends it again: %s", async (outcome, answer, settled) => {
    expect(await send(answer, [alert()])).toMatchObject({ outcome, settled: [settled] });
  });

  it("settles itself alone: no other threshold, kind of cost or turn, and for this audience", async () => {
    const before = [others[0], others[1], alert({ settled: ["ops"] }), others[2]] as BudgetAlert[];
    expect((await send(accepted("m"), before)).settled).toEqual([[], [], ["ops", "finance"], []]);
    expect((await send(accepted("m"), others)).settled).toEqual([[], [], []]);
    expect((await send(accepted("m"), [alert({ settled: ["finance"] })])).settled).toEqual([["finance"]]);
  });

  it("has tags that tell it from every other one", async () => {
    const id = await alertId(of, alert(), "finance");
    expect(id).toEqual({
      kind: "alert",
      date: "2026-03-01",
      audience: "finance",
      alert: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect((await send(accepted("m"), [alert()])).sent).toMatchObject([
      { tags: { report: "alert", date: "2026-03-01", audience: "finance", alert: id.alert, attempt: "1" } },
    ]);
    const ids = await Promise.all([
      ...others.map((one) => alertId(of, one, "finance")),
      alertId({ ...of, owner: "user:a" }, alert(), "finance"),
      alertId({ ...of, periodStart: "2026-04" }, alert(), "finance"),
      alertId({ ...of, kept: { ...of.kept, createdAt: AT } }, alert(), "finance"),
      alertId({ ...of, kept: { ...of.kept, budget: { ...WATCHED, id: "x" } } }, alert(), "finance"),
    ]);
    expect(new Set([id.alert, ...ids.map((one) => one.alert)]).size).toBe(8);
  });
});
