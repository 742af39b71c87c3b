import { bookEntries, infracostGolden } from "./book-entries.ts";

/** APIs, workflows, builds, jobs, directories and file transfer. */
export const applicationPrices = [
  ...bookEntries(infracostGolden("api_gateway_rest_api"), "us-east-1", [
    [
      "AmazonApiGateway",
      "ApiGatewayRequest",
      "Requests",
      [
        ["0", "0.0000035"],
        ["333000000", "0.0000028"],
        ["1000000000", "0.00000238"],
        ["20000000000", "0.00000151"],
      ],
    ],
  ]),
  ...bookEntries(infracostGolden("api_gateway_stage"), "us-east-1", [
    ["AmazonApiGateway", "ApiGatewayCacheUsage:0.5GB", "Hrs", "0.02"],
    ["AmazonApiGateway", "ApiGatewayCacheUsage:237GB", "Hrs", "3.8"],
  ]),
  ...bookEntries(infracostGolden("apigatewayv2_api"), "us-east-1", [
    [
      "AmazonApiGateway",
      "ApiGatewayHttpRequest",
      "Requests",
      [
        ["0", "0.000001"],
        ["300000000", "0.0000009"],
      ],
    ],
    [
      "AmazonApiGateway",
      "ApiGatewayMessage",
      "Messages",
      [
        ["0", "0.000001"],
        ["1000000000", "0.0000008"],
      ],
    ],
    ["AmazonApiGateway", "ApiGatewayMinute", "minutes", "0.00000025"],
  ]),
  ...bookEntries(infracostGolden("sfn_state_machine"), "us-east-1", [
    ["AmazonStates", "StateTransition", "StateTransitions", "0.000025"],
    ["AmazonStates", "StepFunctions-Request", "Requests", "0.000001"],
    [
      "AmazonStates",
      "StepFunctions-GB-Second",
      "GB-Seconds",
      // By GB-hours: $0.060012 to 1,000 and $0.02999 to 5,000, then $0.01642.
      [
        ["0", "0.00001667"],
        ["3600000", "0.00000833"],
        ["18000000", "0.00000456"],
      ],
    ],
  ]),
  ...bookEntries(infracostGolden("glue_job"), "us-east-1", [["AWSGlue", "ETL-DPU-Hour", "DPU-Hour", "0.44"]]),
  ...bookEntries(infracostGolden("glue_crawler"), "us-east-1", [
    ["AWSGlue", "Crawler-DPU-Hour", "DPU-Hour", "0.44"],
  ]),
  ...bookEntries(infracostGolden("glue_catalog_database"), "us-east-1", [
    ["AWSGlue", "Catalog-Storage", "Obj-Month", "0.00001"],
    ["AWSGlue", "Catalog-Request", "Request", "0.000001"],
  ]),
  ...bookEntries(infracostGolden("codebuild_project"), "us-east-1", [
    ["CodeBuild", "Build-Min:Linux:g1.small", "Minutes", "0.005"],
    ["CodeBuild", "Build-Min:Linux:g1.medium", "Minutes", "0.01"],
    ["CodeBuild", "Build-Min:Linux:g1.large", "Minutes", "0.02"],
    ["CodeBuild", "Build-Min:Windows:g1.large", "Minutes", "0.036"],
  ]),
  ...bookEntries(infracostGolden("mwaa_environment"), "us-east-1", [
    ["AmazonMWAA", "Airflow-SmallEnvironment", "Hours", "0.49"],
    ["AmazonMWAA", "Airflow-MediumEnvironment", "Hours", "0.74"],
    ["AmazonMWAA", "Airflow-LargeEnvironment", "Hours", "0.99"],
    ["AmazonMWAA", "Airflow-SmallWorker", "Hours", "0.055"],
    ["AmazonMWAA", "Airflow-MediumWorker", "Hours", "0.11"],
    ["AmazonMWAA", "Airflow-LargeWorker", "Hours", "0.22"],
    ["AmazonMWAA", "Airflow-SmallScheduler", "Hours", "0.055"],
    ["AmazonMWAA", "Airflow-MediumScheduler", "Hours", "0.11"],
    ["AmazonMWAA", "Airflow-LargeScheduler", "Hours", "0.22"],
    ["AmazonMWAA", "Airflow-StandardDatabaseStorage", "GB-Mo", "0.1"],
  ]),
  ...bookEntries(infracostGolden("transfer_server"), "us-east-1", [
    ["AWSTransfer", "ProtocolHours", "Hrs", "0.3"],
    ["AWSTransfer", "UploadBytes", "GB", "0.04"],
    ["AWSTransfer", "DownloadBytes", "GB", "0.04"],
  ]),
  ...bookEntries(infracostGolden("directory_service_directory"), "us-east-1", [
    ["AWSDirectoryService", "Standard-MicrosoftAD-DC-Usage", "Hrs", "0.06"],
    ["AWSDirectoryService", "Enterprise-MicrosoftAD-DC-Usage", "Hrs", "0.2"],
    ["AWSDirectoryService", "Small-SimpleAD-Usage", "Hrs", "0.05"],
    ["AWSDirectoryService", "Large-SimpleAD-Usage", "Hrs", "0.15"],
    ["AWSDirectoryService", "Small-ADConnector-Usage", "Hrs", "0.05"],
  ]),
];
