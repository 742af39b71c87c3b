import { reportOptions } from "@dapanoskop/report/options";
import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { createIdentity, type FunctionIdentity } from "./functions.ts";
import { configurationSetName, createMailEvents, sesArn } from "./mail-events.ts";
import { optionEnvironment } from "./option-environment.ts";
import type { Condition, LambdaFunction, Platform } from "./platform.ts";
import { keepState, ofDataset, policyDocument, withDataKey } from "./policy-documents.ts";
import { createScheduledFunction, type ScheduledFunction } from "./scheduled-function.ts";
import type { Store } from "./store.ts";

/** The daily report: of an audience that exists only under a condition. */
export interface Report {
  /** Whether anybody gets a report. */
  readonly isWanted: Condition;
  /** Whether anybody gets it by mail. */
  readonly isMailed: Condition;
  /** Whether anybody gets it every day, and not only weekly or on anomalies. */
  readonly isDaily: Condition;
  /** `null` where it is known that nobody wants a report. */
  readonly daily: DailyReport | null;
  /** The function that takes SES's events; `null` where it is known that nobody gets a mail. */
  readonly mailEvents: (FunctionIdentity & { readonly lambda: LambdaFunction }) | null;
}

/** The function that sends the report, and the table in which it claims each message before it sends it. */
export interface DailyReport extends ScheduledFunction {
  readonly state: Aws.dynamodb.Table;
}

/** With 512 MB a report takes some seconds; messages are tried again until 55 s. */
const MEMORY_MB = 512;
const TIMEOUT_SECONDS = 60;

/** Whom the inputs name, and what the function needs to reach them. */
interface Audiences extends Pick<Report, "isWanted" | "isMailed" | "isDaily"> {
  readonly secretArns: Input<string[]>;
  readonly topicArns: Input<string[]>;
}

export const createReport = (
  platform: Platform,
  { store, host }: { readonly store: Store; readonly host: Input<string> },
): Report =>
  platform.subsystem(
    "report",
    "With report_recipients, a webhook, a topic or report_audiences: the daily report, and the state of each message.",
    () => {
      const { inputs, isSet, when, choose } = platform;
      const audiences = audiencesOf(platform);
      const { isWanted, isMailed, isDaily } = audiences;
      platform.require(
        choose(isMailed, isSet(inputs.report_sender), true),
        "report_recipients and audiences with the channel mail need report_sender: an address that is verified in SES, in the region that Dapanoskop is deployed to.",
      );
      const daily = when(isWanted, () => createDailyReport(platform, store, host, audiences));
      const mailEvents = when(isMailed, () => createMailEvents(platform, daily as DailyReport));
      return { isWanted, isMailed, isDaily, daily, mailEvents };
    },
  );

function audiencesOf(platform: Platform): Audiences {
  const { inputs, local, any, has, hasElements, concat, listWhen, isSet, column } = platform;
  const others = local("report_audiences", platform.orDefault(inputs.report_audiences, "[]"));
  const given = (value: Input<string> | undefined) => listWhen(isSet(value), [value as Input<string>]);
  const secretArns = local(
    "report_secret_arns",
    concat<Input<string>>(
      given(inputs.slack_webhook_secret_arn),
      given(inputs.teams_webhook_secret_arn),
      given(inputs.report_webhook_secret_arn),
      column(others, "secret_arn"),
    ),
  ) as Input<string[]>;
  const topicArns = local(
    "report_topic_arns",
    concat<Input<string>>(given(inputs.report_topic_arn), column(others, "topic_arn")),
  ) as Input<string[]>;
  const isMailed = local(
    "report_is_mailed",
    any(hasElements(inputs.report_recipients), has(column(others, "channel"), "mail")),
  );
  const isWanted = local("report_is_wanted", any(isMailed, hasElements(secretArns), hasElements(topicArns)));
  const isDaily = local(
    "report_is_daily",
    any(
      hasElements(inputs.report_recipients),
      isSet(inputs.slack_webhook_secret_arn),
      isSet(inputs.teams_webhook_secret_arn),
      isSet(inputs.report_webhook_secret_arn),
      isSet(inputs.report_topic_arn),
      has(column(others, "schedule", "daily"), "daily"),
    ),
  );
  return { isWanted, isMailed, isDaily, secretArns, topicArns };
}

function createDailyReport(
  platform: Platform,
  store: Store,
  host: Input<string>,
  audiences: Audiences,
): DailyReport {
  const { inputs, text, output } = platform;
  const state = createState(platform);
  const identity = createIdentity(platform, "report", {
    key: "report",
    task: "read the dataset and send the daily report",
    retentionInDays: inputs.report_log_retention_days,
  });
  const report = createScheduledFunction(platform, {
    description: "Sends the daily report.",
    source: "report",
    memoryMb: MEMORY_MB,
    timeoutSeconds: TIMEOUT_SECONDS,
    environment: {
      DATA_BUCKET: store.data.name,
      STATE_TABLE: state.name,
      DASHBOARD_URL: text`https://${host}`,
      SES_CONFIGURATION_SET: platform.choose(audiences.isMailed, configurationSetName(platform), ""),
      ...optionEnvironment(platform, Object.values(reportOptions)),
    },
    identity,
    deadLetters: "report_dead_letters",
    policy: (shared) => reportPolicy(platform, store, state, audiences, shared),
    schedule: { description: "When the report is due.", expression: inputs.report_schedule_expression },
    retries: "A failed run is retried: what was sent is not sent again.",
  });
  sendAfterPublication(platform, store, report.lambda);
  output(
    "report_function_name",
    "The function of the daily report; null without a report.",
    report.lambda.name,
  );
  output("state_table_name", "The table of what was sent to whom; null without a report.", state.name);
  return { ...report, state };
}

/** A message is claimed here before it is sent, so that it is sent once. Without the table it could be sent again. */
const createState = ({ aws, inputs, text }: Platform) =>
  new aws.dynamodb.Table("state", {
    name: text`${inputs.name_prefix}-state`,
    billingMode: "PAY_PER_REQUEST",
    hashKey: "pk",
    rangeKey: "sk",
    attributes: [
      { name: "pk", type: "S" },
      { name: "sk", type: "S" },
    ],
    ttl: { attributeName: "expires", enabled: true },
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
    deletionProtectionEnabled: true,
  });

/** Only what the report's code calls; a test compares the two. */
function reportPolicy(
  platform: Platform,
  { data }: Store,
  state: Aws.dynamodb.Table,
  { isMailed, secretArns, topicArns }: Audiences,
  shared: readonly object[],
) {
  const { inputs, text, listWhen, hasElements } = platform;
  return policyDocument(
    platform,
    platform.concat<object>(
      [
        ...shared,
        ...ofDataset(platform, data, "ReadTheDataset", ["s3:GetObject"]),
        keepState(state, ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]),
      ],
      withDataKey(platform, ["kms:Decrypt"]),
      listWhen<object>(isMailed, [
        {
          Sid: "SendMail",
          Effect: "Allow",
          Action: "ses:SendEmail",
          // The identity of an address is the address, its domain or a domain above: the condition names the sender.
          Resource: [
            sesArn(platform, "identity/*"),
            sesArn(platform, text`configuration-set/${configurationSetName(platform)}`),
          ],
          Condition: { StringEquals: { "ses:FromAddress": inputs.report_sender } },
        },
      ]),
      listWhen<object>(hasElements(secretArns), [
        {
          Sid: "ReadAddressesOfWebhooks",
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: secretArns,
        },
      ]),
      listWhen<object>(hasElements(topicArns), [
        { Sid: "PublishToTopics", Effect: "Allow", Action: "sns:Publish", Resource: topicArns },
      ]),
    ),
  );
}

/** A report that is due and was not sent for want of data is sent when the data is published. */
function sendAfterPublication({ aws, accountId }: Platform, { data }: Store, lambda: LambdaFunction): void {
  const permission = new aws.lambda.Permission("report_publication", {
    statementId: "PublicationInvokes",
    action: "lambda:InvokeFunction",
    function: lambda.name,
    principal: "s3.amazonaws.com",
    sourceArn: data.arn,
    sourceAccount: accountId,
  });
  new aws.s3.BucketNotification(
    "report",
    {
      bucket: data.contents,
      lambdaFunctions: [
        { lambdaFunctionArn: lambda.arn, events: ["s3:ObjectCreated:*"], filterPrefix: "index.json" },
      ],
    },
    { dependsOn: [permission] },
  );
}
