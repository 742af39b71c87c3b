import type { Budget, BudgetScope } from "@dapanoskop/core/budget";
import type { CostMetric } from "@dapanoskop/core/source";
import { costCenterOfLabel, workloadOfLabel } from "@dapanoskop/dataset";
import { hclString } from "./hcl-string.ts";

/** How the figures of budgets are computed, and whom AWS is to alert. */
export interface AwsBudgetsOptions {
  readonly metric: CostMetric;
  /** The tag whose values are the workloads. */
  readonly tagKey: string;
  /** The cost category whose values are the cost centers; `null` where there is none. */
  readonly costCategory: string | null;
  /** Mail addresses. Without them and without topics the budgets have no notifications, which need a subscriber. */
  readonly addresses: readonly string[];
  /** ARNs of topics of SNS. */
  readonly topics: readonly string[];
}

/** AWS takes so many notifications for a budget. https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html */
const MOST_NOTIFICATIONS = 10;

/**
 * Budgets as resources `aws_budgets_budget` of Terraform, for a net that holds where Dapanoskop does not run. What AWS Budgets
 * cannot express is a comment that says so.
 */
export const awsBudgetsHcl = (budgets: readonly Budget[], options: AwsBudgetsOptions): string =>
  [HEADER, ...budgets.map((budget) => resourceOf(budget, options))].join("\n");

const HEADER = `# Budgets of Dapanoskop as AWS Budgets: dapanoskop budget export writes this file.
# AWS alerts when a cost is greater than a threshold, Dapanoskop when it has reached it.
`;

function resourceOf(budget: Budget, options: AwsBudgetsOptions): string {
  const filter = filterOf(budget.scope, options);
  const types = metricLines(options.metric);
  const problem = filter === null ? SCOPE_PROBLEM : types === null ? METRIC_PROBLEM : null;
  if (problem !== null) return `# ${budget.id} ${problem}\n`;
  const lines = [
    `resource "aws_budgets_budget" "${resourceName(budget.id)}" {`,
    `  name         = ${hclString(`dapanoskop-${budget.id}`)}`,
    '  budget_type  = "COST"',
    `  limit_amount = ${hclString(budget.limit)}`,
    `  limit_unit   = ${hclString(budget.currency)}`,
    `  time_unit    = "${budget.period === "month" ? "MONTHLY" : "QUARTERLY"}"`,
    ...(types ?? []),
    ...(filter ?? []),
    ...notificationLines(budget, options),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

const SCOPE_PROBLEM = "limits charges without a tag or without a category, which AWS Budgets cannot filter.";
const METRIC_PROBLEM = "is of a net metric, which AWS Budgets cannot compute.";

/** A name of Terraform begins with a letter or an underscore. */
const resourceName = (id: string): string => (/^[a-z]/.test(id) ? id : `budget-${id}`);

/** `null` where AWS Budgets has no such filter. Values of tags and categories are KEY$VALUE. */
function filterOf(scope: BudgetScope, { tagKey, costCategory }: AwsBudgetsOptions): readonly string[] | null {
  switch (scope.kind) {
    case "everything":
      return [];
    case "service":
      return filterLines("Service", scope.name);
    case "workload": {
      const workload = workloadOfLabel(scope.name);
      return workload === null ? null : filterLines("TagKeyValue", `user:${tagKey}$${workload}`);
    }
    case "cost-center": {
      const center = costCenterOfLabel(scope.name);
      if (center === null || costCategory === null) return null;
      return filterLines("CostCategory", `${costCategory}$${center}`);
    }
  }
}

const filterLines = (name: string, value: string): readonly string[] => [
  "",
  "  cost_filter {",
  `    name   = "${name}"`,
  `    values = [${hclString(value)}]`,
  "  }",
];

function metricLines(metric: CostMetric): readonly string[] | null {
  const types = (flag: string) => ["", "  cost_types {", `    ${flag} = true`, "  }"];
  switch (metric) {
    case "UnblendedCost":
      return [];
    case "BlendedCost":
      return types("use_blended");
    case "AmortizedCost":
      return types("use_amortized");
    default:
      return null;
  }
}

function notificationLines(
  { thresholds }: Budget,
  { addresses, topics }: AwsBudgetsOptions,
): readonly string[] {
  const subscribers = [
    ...subscribersOf("subscriber_email_addresses", addresses),
    ...subscribersOf("subscriber_sns_topic_arns", topics),
  ];
  if (thresholds.length === 0) return [];
  if (subscribers.length === 0) return ["", "  # Its notifications need a subscriber: --address or --topic."];
  return thresholds
    .slice(0, MOST_NOTIFICATIONS)
    .flatMap(({ of, percent }) => [
      "",
      "  notification {",
      ...aligned([
        ["comparison_operator", '"GREATER_THAN"'],
        ["threshold", percent],
        ["threshold_type", '"PERCENTAGE"'],
        ["notification_type", of === "actual" ? '"ACTUAL"' : '"FORECASTED"'],
        ...subscribers,
      ]),
      "  }",
    ]);
}

type HclArgument = readonly [name: string, value: string];

const subscribersOf = (name: string, values: readonly string[]): readonly HclArgument[] =>
  values.length === 0 ? [] : [[name, `[${values.map(hclString).join(", ")}]`]];

/** As terraform fmt aligns them. */
function aligned(attributes: readonly HclArgument[]): readonly string[] {
  const width = Math.max(...attributes.map(([name]) => name.length));
  return attributes.map(([name, value]) => `    ${name.padEnd(width)} = ${value}`);
}
