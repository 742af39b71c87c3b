import { aBudget } from "@dapanoskop/core/budget/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AwsBudgetsOptions, awsBudgetsHcl } from "./aws-budgets.ts";
import { hclString } from "./hcl-string.ts";

const options: AwsBudgetsOptions = {
  metric: "UnblendedCost",
  tagKey: "App",
  costCategory: "Center",
  addresses: ["finance@example.com"],
  topics: [],
};

describe("a text in HCL", () => {
  it.each([
    ["plain", '"plain"'],
    ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
    ["\u0024{path.root}", '"$${path.root}"'],
    ["%{if true}x%{endif}", '"%%{if true}x%%{endif}"'],
    ["$$\u0024{x}", '"$$$${x}"'],
    ["a\nb\tc\r", '"a\\nb\\tc\\r"'],
    ["\u0000\u202e\u2028", '"\\u0000\\u202e\\u2028"'],
    ["\ud800", '"\\ufffd"'],
    ["Größe 🚀", '"Größe 🚀"'],
  ])("%j is %s", (text, hcl) => {
    expect(hclString(text)).toBe(hcl);
  });

  it("is one line, and no template, whatever it is", () => {
    const texts = fc.string({ unit: fc.constantFrom("$", "{", "}", "%", '"', "\\", "\n", "a") });
    fc.assert(
      fc.property(texts, (text) => {
        const inner = hclString(text).slice(1, -1);
        expect(inner).not.toMatch(/\n/);
        // Every quote is escaped, and every ${ or %{ has its mark twice.
        expect(inner.replaceAll(/\\./g, "")).not.toContain('"');
        for (const [found] of inner.matchAll(/(\$+|%+)\{/g)) expect(found.length).toBeGreaterThan(2);
      }),
    );
  });
});

describe("budgets as AWS Budgets", () => {
  it("have limit, period and notifications as they are", () => {
    const budget = aBudget({
      limit: "100.10",
      period: "quarter",
      thresholds: [
        { of: "actual", percent: "33.3" },
        { of: "forecast", percent: "100" },
      ],
    });
    expect(
      awsBudgetsHcl([budget], { ...options, topics: ["arn:aws:sns:eu-central-1:111122223333:costs"] }),
    ).toBe(`# Budgets of Dapanoskop as AWS Budgets: dapanoskop budget export writes this file.
# AWS alerts when a cost is greater than a threshold, Dapanoskop when it has reached it.

resource "aws_budgets_budget" "all" {
  name         = "dapanoskop-all"
  budget_type  = "COST"
  limit_amount = "100.10"
  limit_unit   = "USD"
  time_unit    = "QUARTERLY"

  notification {
    comparison_operator        = "GREATER_THAN"
    threshold                  = 33.3
    threshold_type             = "PERCENTAGE"
    notification_type          = "ACTUAL"
    subscriber_email_addresses = ["finance@example.com"]
    subscriber_sns_topic_arns  = ["arn:aws:sns:eu-central-1:111122223333:costs"]
  }

  notification {
    comparison_operator        = "GREATER_THAN"
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
    notification_type          = "FORECASTED"
    subscriber_email_addresses = ["finance@example.com"]
    subscriber_sns_topic_arns  = ["arn:aws:sns:eu-central-1:111122223333:costs"]
  }
}
`);
  });

  const filterOf = (kind: "cost-center" | "workload" | "service", name: string, own = {}) =>
    awsBudgetsHcl([aBudget({ scope: { kind, name } })], { ...options, ...own })
      .split("\n")
      .filter((line) => /^ {4}(name|values)|^# all/.test(line))
      .map((line) => line.trim().replace(/ +/g, " "));

  it.each([
    ["service", "Amazon S3", ['name = "Service"', 'values = ["Amazon S3"]']],
    ["workload", "shop", ['name = "TagKeyValue"', 'values = ["user:App$shop"]']],
    ["workload", "{x}", ['name = "TagKeyValue"', 'values = ["user:App$${x}"]']],
    ["workload", "Untagged (tag)", ['name = "TagKeyValue"', 'values = ["user:App$Untagged"]']],
    ["cost-center", 'W"eb', ['name = "CostCategory"', 'values = ["Center$W\\"eb"]']],
  ] as const)("limit a %s: %s", (kind, name, lines) => {
    expect(filterOf(kind, name)).toEqual(lines);
  });

  it.each([
    ["workload", "Untagged", {}],
    ["cost-center", "Uncategorized", {}],
    ["cost-center", "Web", { costCategory: null }],
    ["service", "Amazon S3", { metric: "NetAmortizedCost" }],
  ] as const)("say what AWS cannot express: %s %s %j", (kind, name, own) => {
    expect(filterOf(kind, name, own)).toEqual([expect.stringMatching(/^# all (limits|is of)/)]);
  });

  it("are whole blocks, with filters, cost types and ten notifications at most", () => {
    const thresholds = Array.from(
      { length: 11 },
      (_, at) => ({ of: "actual", percent: `${at + 1}` }) as const,
    );
    const hcl = awsBudgetsHcl([aBudget({ scope: { kind: "service", name: "Amazon S3" }, thresholds })], {
      ...options,
      metric: "BlendedCost",
    });
    expect(hcl.split("\n").slice(3, 21)).toEqual([
      'resource "aws_budgets_budget" "all" {',
      '  name         = "dapanoskop-all"',
      '  budget_type  = "COST"',
      '  limit_amount = "100"',
      '  limit_unit   = "USD"',
      '  time_unit    = "MONTHLY"',
      "",
      "  cost_types {",
      "    use_blended = true",
      "  }",
      "",
      "  cost_filter {",
      '    name   = "Service"',
      '    values = ["Amazon S3"]',
      "  }",
      "",
      "  notification {",
      '    comparison_operator        = "GREATER_THAN"',
    ]);
    expect(hcl.match(/notification \{/g)).toHaveLength(10);
    expect(hcl.match(/\{/g)?.length).toBe(hcl.match(/\}/g)?.length);
    const two = awsBudgetsHcl([aBudget(), aBudget({ id: "b" })], options);
    expect(two.match(/^resource/gm)).toHaveLength(2);
    expect(two).not.toContain("notification");
  });

  it("have no notification without a subscriber, and a name that Terraform takes", () => {
    const hcl = awsBudgetsHcl([aBudget({ id: "1-all", thresholds: [{ of: "actual", percent: "80" }] })], {
      ...options,
      addresses: [],
      metric: "AmortizedCost",
    });
    expect(hcl).toContain('resource "aws_budgets_budget" "budget-1-all" {');
    expect(hcl).toContain("    use_amortized = true\n");
    expect(hcl).not.toContain("notification {");
    expect(hcl).toContain("# Its notifications need a subscriber");
  });
});
