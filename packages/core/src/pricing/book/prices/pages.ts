import { bookEntries, type PriceRow } from "./book-entries.ts";

/** When these prices were compared with AWS's pages. */
const COMPARED = "2026-11-27";

const onPage = (page: string, region: string, rows: readonly PriceRow[]) =>
  bookEntries({ source: `https://aws.amazon.com/${page}/pricing/`, date: COMPARED }, region, rows);

/** Prices of AWS's pages: what Dapanoskop itself uses, in eu-central-1 and without a region. */
export const pagePrices = [
  ...onPage("kms", "eu-central-1", [
    ["awskms", "KMS-Keys", "Keys", "1"],
    ["awskms", "KMS-Requests", "Requests", "0.000003"],
    ["awskms", "KMS-Requests-Asymmetric-RSA_2048", "Requests", "0.000003"],
  ]),
  ...onPage("lambda", "eu-central-1", [
    ["AWSLambda", "Request-ARM", "Requests", "0.0000002"],
    ["AWSLambda", "Lambda-GB-Second-ARM", "Lambda-GB-Second", "0.0000133334"],
  ]),
  ...onPage("s3", "eu-central-1", [
    ["AmazonS3", "TimedStorage-ByteHrs", "GB-Mo", "0.0245"],
    ["AmazonS3", "Requests-Tier1", "Requests", "0.0000054"],
    ["AmazonS3", "Requests-Tier2", "Requests", "0.00000043"],
  ]),
  ...onPage("cloudwatch", "eu-central-1", [
    ["AmazonCloudWatch", "CW:MetricMonitorUsage", "Metrics", "0.3"],
    ["AmazonCloudWatch", "CW:AlarmMonitorUsage", "Alarms", "0.1"],
    ["AmazonCloudWatch", "DataProcessing-Bytes", "GB", "0.63"],
    ["AmazonCloudWatch", "TimedStorage-ByteHrs", "GB-Mo", "0.0324"],
  ]),
  ...onPage("sns", "eu-central-1", [
    [
      "AmazonSNS",
      "Requests-Tier1",
      "Requests",
      [
        ["0", "0"],
        ["1000000", "0.0000005"],
      ],
    ],
    [
      "AmazonSNS",
      "DeliveryAttempts-SMTP",
      "Notifications",
      [
        ["0", "0"],
        ["1000", "0.00002"],
      ],
    ],
  ]),
  ...onPage("ses", "eu-central-1", [["AmazonSES", "Recipients", "Count", "0.0001"]]),
  ...onPage("dynamodb", "eu-central-1", [
    ["AmazonDynamoDB", "WriteRequestUnits", "WriteRequestUnits", "0.0000007625"],
    ["AmazonDynamoDB", "TimedStorage-ByteHrs", "GB-Mo", "0.306"],
    ["AmazonDynamoDB", "TimedPITRStorage-ByteHrs", "GB-Mo", "0.2448"],
  ]),
  ...onPage("xray", "eu-central-1", [["AWSXRay", "XRay-TracesStored", "Traces", "0.000005"]]),
  ...onPage("api-gateway", "eu-central-1", [
    ["AmazonApiGateway", "ApiGatewayHttpRequest", "Requests", "0.0000012"],
  ]),
  ...onPage("sqs", "eu-central-1", [["AWSQueueService", "Requests-RBP", "Requests", "0.0000004"]]),
  ...onPage("aws-cost-management", "global", [["AWSCostExplorer", "APIRequest", "Requests", "0.01"]]),
];
