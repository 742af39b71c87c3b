import { fixed, HOURS_A_MONTH, monthHours, monthly, usage } from "../charge.ts";
import type { ResourceReader } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";

export const applicationTypes = [
  chargedType("aws_api_gateway_rest_api", () => [
    gateway("Requests", "ApiGatewayRequest", "Requests", "monthly_requests"),
  ]),
  chargedType("aws_api_gateway_stage", stageCharges),
  chargedType("aws_apigatewayv2_api", (api) =>
    api.text("protocol_type") === "WEBSOCKET"
      ? [
          gateway("Messages", "ApiGatewayMessage", "Messages", "monthly_messages"),
          gateway("Connection minutes", "ApiGatewayMinute", "minutes", "monthly_connection_mins"),
        ]
      : [gateway("Requests", "ApiGatewayHttpRequest", "Requests", "monthly_requests")],
  ),
  chargedType("aws_sfn_state_machine", (machine) =>
    machine.text("type") === "EXPRESS"
      ? [
          steps("Requests", "StepFunctions-Request", "Requests", "monthly_requests"),
          steps("Duration", "StepFunctions-GB-Second", "GB-Seconds", "monthly_gb_seconds"),
        ]
      : [steps("State transitions", "StateTransition", "StateTransitions", "monthly_transitions")],
  ),
  chargedType("aws_mwaa_environment", airflowCharges),
  chargedType("aws_transfer_server", transferCharges),
  chargedType("aws_directory_service_directory", directoryCharges),
];

const gateway = (name: string, family: string, unit: string, key: string) =>
  monthly(name, "AmazonApiGateway", family, unit, usage(key));

function stageCharges(stage: ResourceReader) {
  if (stage.flag("cache_cluster_enabled") !== true) return [];
  const size = stage.text("cache_cluster_size");
  if (size === null) throw new UnknownValueError("cache_cluster_size", "is not set");
  return [
    monthly(`Cache, ${size} GB`, "AmazonApiGateway", `ApiGatewayCacheUsage:${size}GB`, "Hrs", monthHours()),
  ];
}

const steps = (name: string, family: string, unit: string, key: string) =>
  monthly(name, "AmazonStates", family, unit, usage(key));

function airflowCharges(environment: ResourceReader) {
  const size = (environment.text("environment_class") ?? "mw1.small").replace("mw1.", "");
  const word = `${size.slice(0, 1).toUpperCase()}${size.slice(1)}`;
  const hours = (name: string, family: string, key: string) =>
    monthly(name, "AmazonMWAA", `Airflow-${word}${family}`, "Hours", usage(key));
  return [
    monthly(`Environment, ${size}`, "AmazonMWAA", `Airflow-${word}Environment`, "Hours", monthHours()),
    hours("Additional workers", "Worker", "additional_worker_hours"),
    hours("Additional schedulers", "Scheduler", "additional_scheduler_hours"),
    monthly(
      "Database storage",
      "AmazonMWAA",
      "Airflow-StandardDatabaseStorage",
      "GB-Mo",
      usage("meta_database_gb"),
    ),
  ];
}

function transferCharges(server: ResourceReader) {
  const count = Math.max(1, server.count("protocols"));
  const protocols = Array.from({ length: count }, (_, index) => server.text(`protocols.${index}`) ?? "SFTP");
  return [
    ...protocols.map((protocol) =>
      monthly(`Protocol, ${protocol}`, "AWSTransfer", "ProtocolHours", "Hrs", monthHours()),
    ),
    monthly("Data uploaded", "AWSTransfer", "UploadBytes", "GB", usage("monthly_data_uploaded_gb")),
    monthly("Data downloaded", "AWSTransfer", "DownloadBytes", "GB", usage("monthly_data_downloaded_gb")),
  ];
}

/** Every directory has two controllers. */
const CONTROLLERS = 2;

function directoryCharges(directory: ResourceReader) {
  const type = directory.text("type") ?? "SimpleAD";
  const edition = directory.text("edition") ?? "Enterprise";
  const size = directory.text("size") ?? "Large";
  const family = type === "MicrosoftAD" ? `${edition}-MicrosoftAD-DC-Usage` : `${size}-${type}-Usage`;
  return [
    monthly(`Directory, ${type}`, "AWSDirectoryService", family, "Hrs", fixed(CONTROLLERS, HOURS_A_MONTH)),
  ];
}
