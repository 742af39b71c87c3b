import { bookEntries, infracostGolden } from "./book-entries.ts";

/** Alarms, logs, trails, rules, parameters and dashboards. */
export const monitoringPrices = [
  ...bookEntries(infracostGolden("cloudwatch_metric_alarm"), "us-east-1", [
    ["AmazonCloudWatch", "CW:AlarmMonitorUsage", "Alarms", "0.1"],
    ["AmazonCloudWatch", "CW:HighResAlarmMonitorUsage", "Alarms", "0.3"],
  ]),
  ...bookEntries(infracostGolden("cloudwatch_dashboard"), "global", [
    ["AmazonCloudWatch", "DashboardsUsageHour", "Dashboards", "3"],
  ]),
  ...bookEntries(infracostGolden("cloudwatch_log_group"), "us-east-1", [
    ["AmazonCloudWatch", "DataProcessing-Bytes", "GB", "0.5"],
    ["AmazonCloudWatch", "TimedStorage-ByteHrs", "GB-Mo", "0.03"],
  ]),
  ...bookEntries(infracostGolden("cloudtrail"), "us-east-1", [
    ["AWSCloudTrail", "PaidEventsRecorded", "Events", "0.00002"],
    ["AWSCloudTrail", "DataEventsRecorded", "Events", "0.000001"],
    ["AWSCloudTrail", "InsightsEvents", "Events", "0.0000035"],
  ]),
  ...bookEntries(infracostGolden("config_config_rule"), "us-east-1", [
    [
      "AWSConfig",
      "ConfigRuleEvaluations",
      "ConfigRuleEvaluations",
      [
        ["0", "0.001"],
        ["100000", "0.0008"],
        ["500000", "0.0005"],
      ],
    ],
  ]),
  ...bookEntries(infracostGolden("config_configuration_recorder"), "us-east-1", [
    ["AWSConfig", "ConfigurationItemRecorded", "ConfigurationItemRecorded", "0.003"],
  ]),
  ...bookEntries(infracostGolden("ssm_parameter"), "us-east-1", [
    // 600 hours cost $0.04 and 730 hours $0.05: $0.05 a month.
    ["AWSSystemsManager", "PS-Advanced-Param-Tier1", "Hrs", "0.0000685"],
    ["AWSSystemsManager", "PS-Param-Processed-Tier2", "Requests", "0.000005"],
  ]),
  ...bookEntries(infracostGolden("grafana_workspace"), "us-east-1", [
    ["AmazonGrafana", "Grafana:EditorUser", "Users", "9"],
    ["AmazonGrafana", "Grafana:ViewerUser", "Users", "5"],
  ]),
];
