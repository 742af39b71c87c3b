import { decimalNumber, MONEY_DECIMALS } from "@dapanoskop/core/money";
import { priceBook, shippedBook } from "@dapanoskop/core/pricing";

/** The price of a unit, and the units that are free each month. */
export interface Price {
  readonly item: string;
  /** The unit, and the number of units that the price is for. */
  readonly unit: string;
  readonly per: number;
  readonly usd: number;
  /** Units a month of AWS's free tier without an end; the free tier of an account's first year is not counted. */
  readonly free: number;
  /** AWS's page with the price. */
  readonly page: string;
}

/** The year in which the list was last compared with AWS's pages. */
export const AS_OF = "2026";

const MILLION = 1_000_000;
/** A unit of a rate: 10^12 of its quantity. */
const ONE = 10n ** 12n;

/** Where the prices are read: of the two regions that the table is for, this one has the higher prices. */
const REGION = "eu-central-1";

const book = priceBook(shippedBook);

/** Services by their code in the price book, each with its page of AWS. */
const SERVICES = {
  costExplorer: { code: "AWSCostExplorer", page: "aws-cost-management" },
  kms: { code: "awskms", page: "kms" },
  lambda: { code: "AWSLambda", page: "lambda" },
  s3: { code: "AmazonS3", page: "s3" },
  apiGateway: { code: "AmazonApiGateway", page: "api-gateway" },
  cloudfront: { code: "AmazonCloudFront", page: "cloudfront" },
  cloudwatch: { code: "AmazonCloudWatch", page: "cloudwatch" },
  sns: { code: "AmazonSNS", page: "sns" },
  ses: { code: "AmazonSES", page: "ses" },
  dynamodb: { code: "AmazonDynamoDB", page: "dynamodb" },
  xray: { code: "AWSXRay", page: "xray" },
  sqs: { code: "AWSQueueService", page: "sqs" },
};
type Service = (typeof SERVICES)[keyof typeof SERVICES];

/** List prices: the higher of us-east-1 and eu-central-1, from the book that plans are priced by. */
export const PRICES = {
  costExplorer: price(
    "Cost Explorer, requests",
    "request",
    1,
    0,
    SERVICES.costExplorer,
    "APIRequest",
    "global",
  ),
  key: price("KMS, keys", "key", 1, 0, SERVICES.kms, "KMS-Keys"),
  signature: price(
    "KMS, signatures of cookies",
    "request",
    10_000,
    0,
    SERVICES.kms,
    "KMS-Requests-Asymmetric-RSA_2048",
  ),
  lambdaTime: price("Lambda, time on Arm", "GB-second", 1, 400_000, SERVICES.lambda, "Lambda-GB-Second-ARM"),
  lambdaRequest: price("Lambda, requests", "request", MILLION, MILLION, SERVICES.lambda, "Request-ARM"),
  stored: price("S3, storage after a year", "GB", 1, 0, SERVICES.s3, "TimedStorage-ByteHrs"),
  put: price("S3, requests that write", "request", 1_000, 0, SERVICES.s3, "Requests-Tier1"),
  get: price("S3, requests that read", "request", 1_000, 0, SERVICES.s3, "Requests-Tier2"),
  apiRequest: price(
    "API Gateway, requests",
    "request",
    MILLION,
    0,
    SERVICES.apiGateway,
    "ApiGatewayHttpRequest",
  ),
  cdnRequest: price(
    "CloudFront, requests",
    "request",
    10_000,
    10 * MILLION,
    SERVICES.cloudfront,
    "Requests-Tier2-HTTPS",
    "EU",
  ),
  cdnTraffic: price(
    "CloudFront, traffic",
    "GB",
    1,
    1_024,
    SERVICES.cloudfront,
    "DataTransfer-Out-Bytes",
    "EU",
  ),
  cdnFunction: price(
    "CloudFront Functions",
    "request",
    MILLION,
    2 * MILLION,
    SERVICES.cloudfront,
    "Executions-CloudFrontFunctions",
    "global",
  ),
  dashboard: price(
    "CloudWatch, dashboards",
    "dashboard",
    1,
    3,
    SERVICES.cloudwatch,
    "DashboardsUsageHour",
    "global",
  ),
  metric: price(
    "CloudWatch, metrics of our own",
    "metric",
    1,
    10,
    SERVICES.cloudwatch,
    "CW:MetricMonitorUsage",
  ),
  logged: price("CloudWatch, logs written", "GB", 1, 5, SERVICES.cloudwatch, "DataProcessing-Bytes"),
  kept: price("CloudWatch, logs kept", "GB", 1, 5, SERVICES.cloudwatch, "TimedStorage-ByteHrs"),
  alarm: price("CloudWatch, alarms", "alarm", 1, 10, SERVICES.cloudwatch, "CW:AlarmMonitorUsage"),
  mail: price("SNS, mails", "mail", 100_000, 1_000, SERVICES.sns, "DeliveryAttempts-SMTP"),
  sentMail: price("SES, mails", "mail", 1_000, 0, SERVICES.ses, "Recipients"),
  state: price("DynamoDB, requests", "request", MILLION, 0, SERVICES.dynamodb, "WriteRequestUnits"),
  stateKept: price("DynamoDB, storage", "GB", 1, 25, SERVICES.dynamodb, "TimedStorage-ByteHrs"),
  stateBackup: price("DynamoDB, backups", "GB", 1, 0, SERVICES.dynamodb, "TimedPITRStorage-ByteHrs"),
  trace: price("X-Ray, traces", "trace", MILLION, 100_000, SERVICES.xray, "XRay-TracesStored"),
  queue: price("SQS, requests", "request", MILLION, MILLION, SERVICES.sqs, "Requests-RBP"),
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof PRICES;

/** The price of a usage beyond its free tier, which the table takes off by itself. */
function price(
  item: string,
  unit: string,
  per: number,
  free: number,
  { code: service, page }: Service,
  usageFamily: string,
  region = REGION,
): Price {
  const rate = book.rateOf({ service, usageFamily, region, operation: null });
  const tier = rate?.tiers.find(({ cost }) => cost.units > 0n);
  if (tier === undefined) {
    throw new Error(
      `The price book has no price of ${service} ${usageFamily} in ${region}. Add it to packages/core/src/pricing/book.`,
    );
  }
  const usd = decimalNumber((BigInt(per) * tier.cost.units * ONE) / tier.quantity, MONEY_DECIMALS);
  return { item, unit, per, usd, free, page: `https://aws.amazon.com/${page}/pricing/` };
}

/** Types that have no price of their own, and why. */
export const FREE: Readonly<Record<string, string>> = {
  aws_apigatewayv2_authorizer: "part of the API",
  aws_apigatewayv2_integration: "part of the API",
  aws_apigatewayv2_route: "part of the API",
  aws_apigatewayv2_stage: "part of the API",
  aws_budgets_budget: "budgets that only notify have no price",
  aws_cloudfront_cache_policy: "part of the distribution",
  aws_cloudfront_key_group: "part of the distribution",
  aws_cloudfront_origin_access_control: "part of the distribution",
  aws_cloudfront_public_key: "part of the distribution",
  aws_cloudfront_response_headers_policy: "part of the distribution",
  aws_cloudwatch_event_rule: "schedules of the default bus have no price",
  aws_cloudwatch_event_target: "schedules of the default bus have no price",
  aws_cognito_resource_server: "the pool and its users belong to the adopter",
  aws_cognito_user: "counted as a user of the pool",
  aws_cognito_user_pool: "10,000 users a month are free",
  aws_cognito_user_pool_client: "the pool and its users belong to the adopter",
  aws_cognito_user_pool_domain: "part of the pool",
  aws_iam_role: "IAM has no price",
  aws_iam_role_policy: "IAM has no price",
  aws_lambda_function_event_invoke_config: "part of the function",
  aws_lambda_function_url: "part of the function",
  aws_lambda_permission: "part of the function",
  aws_s3_bucket_lifecycle_configuration: "expirations have no price",
  aws_s3_bucket_notification: "part of the bucket",
  aws_s3_bucket_ownership_controls: "part of the bucket",
  aws_s3_bucket_policy: "part of the bucket",
  aws_s3_bucket_public_access_block: "part of the bucket",
  aws_s3_bucket_server_side_encryption_configuration:
    "part of the bucket; the key of kms_key_arn belongs to the adopter",
  aws_s3_bucket_versioning: "versions are counted as storage",
  aws_s3_object: "counted as storage",
  aws_sesv2_configuration_set_event_destination: "part of the configuration set",
  aws_sns_topic_policy: "part of the topic",
  aws_sns_topic_subscription: "counted as mails",
  aws_sqs_queue_policy: "part of the queue",
  aws_ssm_parameter: "standard parameters have no price",
};

/** Assumptions about a month: an account whose answers fit on one page, read once a day, twenty readers, and a daily mail to ten of them. */
export const ASSUMED = {
  days: 365 / 12,
  /** docs/decisions/0003: seven pages on an ordinary day, and three requests about the Cost Category. */
  costExplorerRequestsADay: 10,
  /** How many metrics a run writes; prices.test.ts compares it with collect-telemetry.ts. */
  metrics: 8,
  /** A metric is billed for each hour in which it is written. */
  hoursOfMetricsADay: 1,
  readers: 20,
  /** Each reader visits the page once every working day. */
  visitsOfAReader: 22,
  /** Sign-in, renewals during the visit, sign-out. */
  sessionRequestsOfAVisit: 4,
  sessionSeconds: 1,
  fileRequestsOfAVisit: 40,
  /** Of these, requests that CloudFront does not answer from its cache. */
  originRequestsOfAVisit: 15,
  gbOfAVisit: 0.005,
  putsADay: 31,
  /** The files of two months, staged and published, of an organisation fifty times as large as the demo company. */
  gbPublishedADay: 0.02,
  gbOfThePage: 0.02,
  gbLoggedByAFunction: 0.02,
  mailsOfATopic: 10,
  /** Recipients of the daily report. */
  reportRecipients: 10,
  /** On schedule, and after a publication. */
  reportRunsADay: 2,
  /** How many metrics a report writes, with those of budgets; prices.test.ts compares it with the functions. */
  reportMetrics: 8,
  /** How many metrics SES's events write. */
  mailMetrics: 2,
  /** Sent and delivered. */
  eventsOfAMail: 2,
  /** For each message: read, claimed, sent, settled; and the days before are read. */
  stateRequestsADay: 50,
  gbOfTheState: 0.001,
  deadLetters: 10,
  apiRequestsOfAVisit: 10,
  /** Plans that CI uploads, each with one request and one record more. */
  plansADay: 20,
  apiSeconds: 1,
  /** Answers of Cost Explorer that are not in the cache of the API. */
  apiCostQueriesADay: 2,
  gbOfPlans: 0.5,
} as const;

/** Pages of Cost Explorer after which a run stops; packages/aws counts them. */
export const PAGE_CEILING = 500;
