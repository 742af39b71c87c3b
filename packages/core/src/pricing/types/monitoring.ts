import { fixed, HOURS_A_MONTH, monthly, usage } from "../charge.ts";
import type { ResourceReader } from "../resource-type.ts";
import { chargedType } from "./charged-type.ts";

export const monitoringTypes = [
  chargedType("aws_cloudwatch_metric_alarm", alarmCharges),
  chargedType("aws_cloudwatch_composite_alarm", () => [
    watched("Composite alarm", "CW:CompositeAlarmMonitorUsage", "Alarms", fixed(1)),
  ]),
  chargedType("aws_cloudwatch_dashboard", () => [
    watched("Dashboard", "DashboardsUsageHour", "Dashboards", fixed(1), "global"),
  ]),
  chargedType("aws_cloudwatch_log_group", (group) => {
    const infrequent = group.text("log_group_class") === "INFREQUENT_ACCESS";
    return [
      watched(
        "Data ingested",
        infrequent ? "DataProcessingIA-Bytes" : "DataProcessing-Bytes",
        "GB",
        usage("monthly_data_ingested_gb"),
      ),
      watched("Storage", "TimedStorage-ByteHrs", "GB-Mo", usage("storage_gb")),
    ];
  }),
  chargedType("aws_cloudtrail", trailCharges),
  ...[
    "aws_config_config_rule",
    "aws_config_organization_managed_rule",
    "aws_config_organization_custom_rule",
  ].map((type) =>
    chargedType(type, () => [
      monthly(
        "Rule evaluations",
        "AWSConfig",
        "ConfigRuleEvaluations",
        "ConfigRuleEvaluations",
        usage("monthly_rule_evaluations"),
      ),
    ]),
  ),
  chargedType("aws_config_configuration_recorder", () => [
    monthly(
      "Configuration items",
      "AWSConfig",
      "ConfigurationItemRecorded",
      "ConfigurationItemRecorded",
      usage("monthly_config_items"),
    ),
  ]),
  chargedType("aws_ssm_parameter", parameterCharges),
  chargedType("aws_grafana_workspace", (workspace) => {
    workspace.note("Priced with one editor: more editors are not in the plan.");
    return [
      monthly("Editor", "AmazonGrafana", "Grafana:EditorUser", "Users", fixed(1)),
      monthly("Viewers", "AmazonGrafana", "Grafana:ViewerUser", "Users", usage("viewer_users")),
    ];
  }),
];

function watched(
  name: string,
  family: string,
  unit: string,
  quantity: ReturnType<typeof fixed>,
  region?: string,
) {
  const charge = monthly(name, "AmazonCloudWatch", family, unit, quantity);
  return region === undefined ? charge : { ...charge, key: { ...charge.key, region } };
}

/** Alarms that are evaluated more often than once a minute have a price of their own. */
const STANDARD_SECONDS = 60;

/** Each metric is charged for, and a band of expected values as two more. */
function alarmCharges(alarm: ResourceReader) {
  const queries = Array.from({ length: alarm.count("metric_query") }, (_, index) => `metric_query.${index}`);
  const metrics = queries.filter((query) => alarm.count(`${query}.metric`) > 0);
  const periods = [
    alarm.number("period"),
    ...metrics.map((query) => alarm.number(`${query}.metric.0.period`)),
  ].filter((period) => period !== null);
  const isHigh = periods.some((period) => period < STANDARD_SECONDS);
  const isBand = (alarm.text("threshold_metric_id") ?? "") !== "";
  const count = Math.max(1, metrics.length) + (isBand ? 2 : 0);
  return [
    watched(
      isHigh ? "Alarm, high resolution" : "Alarm",
      isHigh ? "CW:HighResAlarmMonitorUsage" : "CW:AlarmMonitorUsage",
      "Alarms",
      fixed(count),
    ),
  ];
}

/** A first copy of the management events of a region costs nothing, which a plan cannot tell from a second one. */
function trailCharges(trail: ResourceReader) {
  const events = (name: string, family: string, key: string) =>
    monthly(name, "AWSCloudTrail", family, "Events", usage(key));
  return [
    events(
      "Management events, additional copies",
      "PaidEventsRecorded",
      "monthly_additional_management_events",
    ),
    ...(trail.count("event_selector") > 0 || trail.count("advanced_event_selector") > 0
      ? [events("Data events", "DataEventsRecorded", "monthly_data_events")]
      : []),
    ...(trail.count("insight_selector") > 0
      ? [events("Insight events", "InsightsEvents", "monthly_insight_events")]
      : []),
  ];
}

function parameterCharges(parameter: ResourceReader) {
  const tier = parameter.text("tier") ?? "Standard";
  if (tier === "Standard") return [];
  if (tier === "Intelligent-Tiering") {
    parameter.note(
      "Priced as an advanced parameter: intelligent tiering makes it one where its value needs it.",
    );
  }
  return [
    monthly("Storage, advanced", "AWSSystemsManager", "PS-Advanced-Param-Tier1", "Hrs", fixed(HOURS_A_MONTH)),
    monthly(
      "Requests, advanced",
      "AWSSystemsManager",
      "PS-Param-Processed-Tier2",
      "Requests",
      usage("monthly_api_throughput"),
    ),
  ];
}
