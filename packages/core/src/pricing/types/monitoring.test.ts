import { describe, expect, it } from "vitest";
import { publishedCost } from "../testing/published-cost.ts";

const metric = (period: number) => ({ metric: [{ period }] });
const expression = { metric: [] };

// Costs of infracost's tests at commit 95ba4f49a (internal/providers/terraform/aws/testdata/NAME_test/NAME_test.golden).
describe("monitoring costs what is published", () => {
  it.each([
    ["aws_cloudwatch_metric_alarm", { period: 120 }, {}, "0.10"],
    ["aws_cloudwatch_metric_alarm", { period: 10 }, {}, "0.30"],
    ["aws_cloudwatch_metric_alarm", { metric_query: [expression, metric(120), metric(120)] }, {}, "0.20"],
    [
      "aws_cloudwatch_metric_alarm",
      { threshold_metric_id: "e1", metric_query: [expression, metric(30)] },
      {},
      "0.90",
    ],
    ["aws_cloudwatch_dashboard", {}, {}, "3.00"],
    ["aws_cloudwatch_log_group", {}, { monthly_data_ingested_gb: 1000, storage_gb: 500 }, "515.00"],
    [
      "aws_cloudtrail",
      { event_selector: [{}], insight_selector: [{}] },
      {
        monthly_additional_management_events: 100_000,
        monthly_data_events: 200_000,
        monthly_insight_events: 300_000,
      },
      "3.25",
    ], // 2.00 + 0.20 + 1.05
    ["aws_config_config_rule", {}, { monthly_rule_evaluations: 1_000_000 }, "670.00"], // 100 + 320 + 250
    ["aws_config_configuration_recorder", {}, { monthly_config_items: 1000 }, "3.00"],
    ["aws_ssm_parameter", { tier: "Advanced" }, { monthly_api_throughput: 100_000 }, "0.55"], // 0.05 + 0.50
    ["aws_ssm_parameter", { tier: "Standard" }, {}, "free"],
    ["aws_grafana_workspace", {}, { viewer_users: 3 }, "24.00"], // 9.00 + 15.00
  ] as const)("%s %o with %o: $%s", (type, after, usage, cost) => {
    expect(publishedCost({ type, after, usage })).toBe(cost);
  });
});
