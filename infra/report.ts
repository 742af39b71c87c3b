import { reportOptions } from "@dapanoskop/report/options";
import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { Audiences } from "./audiences.ts";
import { createIdentity, type DeployedFunction } from "./functions.ts";
import { configurationSetName, createMailEvents, sesArn } from "./mail-events.ts";
import { optionEnvironment } from "./option-environment.ts";
import type { LambdaFunction, Platform } from "./platform.ts";
import { keepState, ofFiles, withDataKey } from "./policy-documents.ts";
import { createScheduledFunction, type ScheduledFunction } from "./scheduled-function.ts";
import type { Store } from "./store.ts";

/** The daily report, which exists only with an audience. */
export interface Report extends Audiences {
  /** `null` where it is known that nobody wants a report. */
  readonly daily: DailyReport | null;
  /** The function that takes SES's events; `null` where it is known that nobody gets a mail. */
  readonly mailEvents: DeployedFunction | null;
}

interface ReportPlaces {
  readonly store: Store;
  /** Of the page, to which a report links. */
  readonly host: Input<string>;
  readonly audiences: Audiences;
  readonly state: Aws.dynamodb.Table | null;
}

/** The function that sends the report, and the table in which it claims each message before it sends it. */
export interface DailyReport extends ScheduledFunction {
  readonly state: Aws.dynamodb.Table;
}

/** With 512 MB a report takes some seconds; messages are tried again until 55 s. */
const MEMORY_MB = 512;
const TIMEOUT_SECONDS = 60;

export const createReport = (platform: Platform, { store, host, audiences, state }: ReportPlaces): Report =>
  platform.subsystem(
    "report",
    "With report_recipients, a webhook, a topic or report_audiences: the daily report, and the state of each message.",
    () => {
      const { inputs, isSet, when, choose } = platform;
      const { isWanted, isMailed } = audiences;
      platform.require(
        choose(isMailed, isSet(inputs.report_sender), true),
        "report_recipients and audiences with the channel mail need report_sender: an address that is verified in SES, in the region that Dapanoskop is deployed to.",
      );
      const daily = when(isWanted, () => createDailyReport(platform, { store, host, audiences, state }));
      const mailEvents = when(isMailed, () => createMailEvents(platform, daily as DailyReport));
      return { ...audiences, daily, mailEvents };
    },
  );

function createDailyReport(
  platform: Platform,
  { store, host, audiences, ...places }: ReportPlaces,
): DailyReport {
  const { inputs, text, output, listWhen, hasElements } = platform;
  const state = places.state as Aws.dynamodb.Table;
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
    allowed: [
      ...ofFiles(platform, "ReadTheDataset", ["s3:GetObject"], store.data),
      keepState(state, ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]),
    ],
    allowedWhen: [
      withDataKey(platform, ["kms:Decrypt"]),
      listWhen<object>(audiences.isMailed, [sendMail(platform)]),
      listWhen<object>(hasElements(audiences.secretArns), [
        {
          Sid: "ReadAddressesOfWebhooks",
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: audiences.secretArns,
        },
      ]),
      listWhen<object>(hasElements(audiences.topicArns), [
        { Sid: "PublishToTopics", Effect: "Allow", Action: "sns:Publish", Resource: audiences.topicArns },
      ]),
    ],
    schedule: { description: "When the report is due.", expression: inputs.report_schedule_expression },
    retries: "A failed run is retried: what was sent is not sent again.",
  });
  sendAfterPublication(platform, store, report.lambda);
  output(
    "report_function_name",
    "The function of the daily report; null without a report.",
    report.lambda.name,
  );
  return { ...report, state };
}

const sendMail = (platform: Platform) => ({
  Sid: "SendMail",
  Effect: "Allow",
  Action: "ses:SendEmail",
  // The identity of an address is the address, its domain or a domain above: the condition names the sender.
  Resource: [
    sesArn(platform, "identity/*"),
    sesArn(platform, platform.text`configuration-set/${configurationSetName(platform)}`),
  ],
  Condition: { StringEquals: { "ses:FromAddress": platform.inputs.report_sender } },
});

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
