import { describe, expect, it } from "vitest";
import { publishedCost } from "../testing/published-cost.ts";

const build = (compute_type: string, type = "LINUX_CONTAINER") => ({ environment: [{ type, compute_type }] });
const airflow = { additional_worker_hours: 0, additional_scheduler_hours: 0, meta_database_gb: 0 };
const bothWays = { monthly_data_uploaded_gb: 10, monthly_data_downloaded_gb: 50 };

// Costs of infracost's tests at commit 95ba4f49a (internal/providers/terraform/aws/testdata/NAME_test/NAME_test.golden).
describe("applications cost what is published", () => {
  it.each([
    ["aws_api_gateway_rest_api", {}, { monthly_requests: 21_000_000_000 }, "49763.10"], // four tiers
    ["aws_api_gateway_stage", { cache_cluster_enabled: true, cache_cluster_size: "0.5" }, {}, "14.60"],
    ["aws_api_gateway_stage", { cache_cluster_enabled: true, cache_cluster_size: "237" }, {}, "2774.00"],
    ["aws_api_gateway_stage", {}, {}, "free"],
    ["aws_apigatewayv2_api", { protocol_type: "HTTP" }, { monthly_requests: 1_000_000_000 }, "930.00"], // 300 + 630
    [
      "aws_apigatewayv2_api",
      { protocol_type: "WEBSOCKET" },
      { monthly_messages: 1_500_000_000, monthly_connection_mins: 10_000_000 },
      "1402.50",
    ], // 1,000 + 400 + 2.50
    ["aws_sfn_state_machine", { type: "STANDARD" }, { monthly_transitions: 10_000 }, "0.25"],
    [
      "aws_sfn_state_machine",
      { type: "EXPRESS" },
      { monthly_requests: 100_000_000, monthly_gb_seconds: 106_875_000 },
      "685.23",
    ], // 100.00 + 60.012 + 119.952 + 405.27
    ["aws_mwaa_environment", { environment_class: "mw1.small" }, airflow, "357.70"],
    ["aws_mwaa_environment", { environment_class: "mw1.medium" }, airflow, "540.20"],
    [
      "aws_mwaa_environment",
      { environment_class: "mw1.large" },
      { additional_worker_hours: 1825, additional_scheduler_hours: 2190, meta_database_gb: 1000 },
      "1706.00",
    ], // 722.70 + 401.50 + 481.80 + 100.00
    ["aws_transfer_server", { protocols: ["FTP", "FTPS", "SFTP"] }, bothWays, "659.40"], // 3 × 219.00 + 2.40
    ["aws_directory_service_directory", { type: "MicrosoftAD", edition: "Standard" }, {}, "87.60"],
    ["aws_directory_service_directory", { type: "MicrosoftAD", edition: "Enterprise" }, {}, "292.00"],
    ["aws_directory_service_directory", { type: "SimpleAD", size: "Large" }, {}, "219.00"],
    ["aws_directory_service_directory", { type: "SimpleAD", size: "Small" }, {}, "73.00"],
    ["aws_directory_service_directory", { type: "ADConnector", size: "Small" }, {}, "73.00"],
    ["aws_codebuild_project", build("BUILD_GENERAL1_SMALL"), { monthly_build_mins: 1000 }, "5.00"],
    ["aws_codebuild_project", build("BUILD_GENERAL1_MEDIUM"), { monthly_build_mins: 10_000 }, "100.00"],
    ["aws_codebuild_project", build("BUILD_GENERAL1_LARGE"), { monthly_build_mins: 100_000 }, "2000.00"],
    [
      "aws_codebuild_project",
      build("BUILD_GENERAL1_LARGE", "WINDOWS_CONTAINER"),
      { monthly_build_mins: 100_000 },
      "3600.00",
    ],
    ["aws_glue_job", { worker_type: "G.2X", number_of_workers: 10 }, { monthly_hours: 60 }, "528.00"],
    ["aws_glue_job", { max_capacity: 10 }, { monthly_hours: 60 }, "264.00"],
    ["aws_glue_job", { command: [{ name: "pythonshell" }] }, { monthly_hours: 1 }, "0.03"], // 0.0275
    ["aws_glue_crawler", {}, { monthly_hours: 60 }, "26.40"],
    ["aws_glue_catalog_database", {}, { storage_objects: 200_000, monthly_requests: 300_000_000 }, "302.00"],
  ] as const)("%s %o with %o: $%s", (type, after, usage, cost) => {
    expect(publishedCost({ type, after, usage })).toBe(cost);
  });
});
