import { describe, expect, it } from "vitest";
import type { PlanCostDocument, PlanDocument } from "../plan-document.ts";
import { gateResult } from "./gate.ts";
import { GateRuleError, gateMetrics, gateRule } from "./gate-rule.ts";

const FINGERPRINT = "a".repeat(64);

const aDocument = (cost: Partial<PlanCostDocument> = {}, more: Partial<PlanDocument> = {}): PlanDocument => ({
  schema: 1,
  tool: "terraform",
  tool_version: null,
  format_version: "1.2",
  kind: "plan",
  complete: true,
  fingerprint: FINGERPRINT,
  counts: {
    create: 1,
    update: 2,
    delete: 3,
    replace: 4,
    read: 5,
    import: 6,
    move: 7,
    forget: 8,
    no_op: 9,
    outputs: 10,
    other: 11,
  },
  drift: { changed: 2, deleted: 1, resources: [] },
  cost: {
    currency: "USD",
    monthly_before: "200",
    monthly_after: "300",
    monthly_delta: "100",
    monthly_delta_percent: "50",
    one_time: "5",
    partial: false,
    priced: 1,
    usage_based: 12,
    free: 0,
    unsupported: 13,
    unknown: 14,
    ...cost,
  },
  resources: [],
  by_cost_center: [],
  warnings: [],
  ...more,
});

const passes = (rule: string, document = aDocument()) => gateResult(document, [gateRule(rule)], null).passed;

describe("a rule of a gate", () => {
  it.each([
    ["delta>100", true],
    ["delta > 99.999999999999", false],
    ["delta>=100", false],
    ["delta<100", true],
    ["delta<=100", false],
    ["delta==100", false],
    ["delta!=100", true],
    ["delta>-5", false],
    ["delta_percent>=50%", false],
    ["delta_percent>50", true],
    ["monthly_before>200", true],
    ["monthly_after>299.99", false],
    ["one_time>4", false],
    ["creates>0", false],
    ["updates>2", true],
    ["deletes>2", false],
    ["replaces>3", false],
    ["imports>5", false],
    ["moves>6", false],
    ["forgets>7", false],
    ["other>10", false],
    ["drift>3", true],
    ["drift>2", false],
    ["usage_based>11", false],
    ["unsupported>12", false],
    ["unknown>13", false],
    ["unknown>14", true],
  ])("%s lets a plan pass: %s", (rule, expected) => {
    expect(passes(rule)).toBe(expected);
  });

  it.each([
    "",
    "delta",
    "delta>",
    ">100",
    "delta=100",
    "delta>>100",
    "delta>1e3",
    "delta>$100",
    "cost>100",
    "delta>100 or deletes>0",
    "constructor>1",
    "__proto__>1",
    `delta>${"9".repeat(30)}`,
  ])("is refused with a sentence where it reads %j", (text) => {
    expect(() => gateRule(text)).toThrow(GateRuleError);
    expect(() => gateRule(text)).toThrow(/not understood.*like delta>100/);
  });

  it("names every figure in the sentence", () => {
    const error = (() => {
      try {
        return gateRule("x");
      } catch (thrown) {
        return String(thrown);
      }
    })();
    for (const metric of gateMetrics) expect(error).toContain(metric);
  });

  it("takes the end of a range that breaks it", () => {
    const range = aDocument({ monthly_delta_range: { low: "50", high: "150" } });
    expect(passes("delta>120", range)).toBe(false);
    expect(passes("delta<60", range)).toBe(false);
    expect(passes("delta>150", range)).toBe(true);
  });

  it("has no percentage of nothing: it fails, unless nothing is added", () => {
    const fromNothing = { monthly_before: "0", monthly_after: "100" };
    const { monthly_delta_percent: _, ...cost } = aDocument(fromNothing).cost;
    expect(passes("delta_percent>10", { ...aDocument(), cost })).toBe(false);
    const nothing = { ...cost, monthly_after: "0", monthly_delta: "0" };
    expect(passes("delta_percent>10", { ...aDocument(), cost: nothing })).toBe(true);
  });
});

describe("a gate", () => {
  const rules = [gateRule("delta>50"), gateRule("deletes>0"), gateRule("creates>5")];

  it("fails by the rules that hold, and names them", () => {
    expect(gateResult(aDocument(), rules, null)).toEqual({
      passed: false,
      isApproved: false,
      reasons: ["delta>50 holds.", "deletes>0 holds."],
    });
  });

  it("passes with an approval of this plan, and says what it lets pass", () => {
    expect(gateResult(aDocument(), rules, FINGERPRINT)).toMatchObject({
      passed: true,
      isApproved: true,
      reasons: ["delta>50 holds.", "deletes>0 holds."],
    });
  });

  it("asks again where the approved plan has changed", () => {
    const result = gateResult(aDocument({}, { fingerprint: "b".repeat(64) }), rules, FINGERPRINT);
    expect(result.passed).toBe(false);
    expect(result.reasons.at(-1)).toContain("of another plan");
  });

  it("passes where no rule holds, whatever is approved", () => {
    const approvedOther = gateResult(aDocument(), [gateRule("creates>5")], "b".repeat(64));
    expect(approvedOther).toEqual({ passed: true, isApproved: false, reasons: [] });
  });

  it("lets no plan pass that failed, approved or not", () => {
    const errored = aDocument({}, { kind: "errored" });
    expect(gateResult(errored, [], FINGERPRINT).passed).toBe(false);
    expect(gateResult(errored, [gateRule("delta>1000")], FINGERPRINT).passed).toBe(false);
  });
});
