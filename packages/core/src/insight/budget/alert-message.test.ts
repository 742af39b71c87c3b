import { describe, expect, it } from "vitest";
import type { BudgetAlert } from "../../budget/index.ts";
import { aBudget } from "../../budget/testing/index.ts";
import { parseMoney } from "../../money/index.ts";
import { messageProblem } from "../../sending/index.ts";
import { budgetAlertMessage } from "./index.ts";

const usd = (text: string) => parseMoney(text, "USD");

const anAlert = (own: Partial<BudgetAlert> = {}): BudgetAlert => ({
  of: "actual",
  percent: "80",
  turn: 1,
  periodStart: "2026-03",
  reachedAt: "2026-03-11T08:00:00Z",
  budget: aBudget({ name: "Web team", limit: "100.10", scope: { kind: "cost-center", name: "Web" } }),
  actual: usd("85.004"),
  forecast: { total: usd("120"), low: usd("110"), high: usd("130.5") },
  outcome: "send",
  rearmedAt: null,
  settled: [],
  ...own,
});

describe("the message of an alert", () => {
  it("says what was reached, with the exact figures, in every form", () => {
    const { subject, text, html, slack, json } = budgetAlertMessage(anAlert(), "https://costs.example.com");
    expect(subject).toBe("Budget Web team: the cost of $85.00 has reached 80 % of $100.10");
    for (const form of [text, html.replaceAll(/<[^>]+>/g, ""), JSON.stringify(slack.blocks)]) {
      for (const figure of ["$100.10", "$85.00", "$120.00", "$110.00", "$130.50"])
        expect(form).toContain(figure);
      expect(form.replaceAll(/\s+/g, " ")).toContain(
        "Exactly: actual 85.004 USD, threshold 80 % of 100.10 USD.",
      );
      expect(form).toContain("March 2026");
    }
    expect(text).toContain("https://costs.example.com/?period=2026-03");
    expect(json).toEqual({
      schema: 1,
      kind: "budget_alert",
      budget: {
        id: "all",
        name: "Web team",
        scope: { kind: "cost-center", name: "Web" },
        period: "month",
        limit: "100.10",
        currency: "USD",
      },
      period_start: "2026-03",
      threshold: { of: "actual", percent: "80" },
      actual: "85.004",
      forecast: { total: "120", low: "110", high: "130.5" },
      reached_at: "2026-03-11T08:00:00Z",
    });
  });

  it.each([
    [{ actual: usd("100.11"), percent: "100" }, "the cost of $100.11 is over the limit of $100.10"],
    [{ actual: usd("100.10"), percent: "100" }, "the cost of $100.10 has reached 100 % of $100.10"],
    [{ of: "forecast" as const, percent: "100" }, "the forecast of $120.00 is over the limit of $100.10"],
    [
      { of: "forecast" as const, forecast: { total: usd("80.08"), low: null, high: null } },
      "the forecast of $80.08 has reached 80 % of $100.10",
    ],
  ])("tells the limit from a threshold, and the cost from the forecast: %#", (own, words) => {
    expect(budgetAlertMessage(anAlert(own), null).subject).toBe(`Budget Web team: ${words}`);
  });

  it.each([
    [null, null],
    [usd("119.999"), usd("120.001")],
  ])("leaves a range out that is not known, or that has one amount to the cent: %#", (low, high) => {
    const { text } = budgetAlertMessage(anAlert({ forecast: { total: usd("120"), low, high } }), null);
    expect(text).toContain("$120.00");
    expect(text).not.toContain("80 % range");
    expect(text).not.toContain("unknown");
  });

  it.each([
    "<script>alert(1)</script>",
    "<!channel> <https://evil.example|click>",
    "a\r\nBcc: x@example.com",
    "```\n*bold* www.evil.example",
    "\u202egnp.exe\u0000",
    "'\"&={{}}\u0024{x}",
    "x".repeat(5_000),
  ])("of a budget with a hostile name is harmless in every form: %#", (name) => {
    const budget = aBudget({ name, scope: { kind: "workload", name } });
    const { subject, text, html, slack } = budgetAlertMessage(anAlert({ budget }), null);
    expect(messageProblem(subject, {})).toBeNull();
    expect(subject.length).toBeLessThan(200);
    expect(html).not.toMatch(/<script|<a |<img|javascript:/i);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|www\.evil/);
    const blocks = JSON.stringify(slack);
    expect(blocks).not.toMatch(/<!|<http|www\.evil/);
  });
});
