import { reportOptions } from "@dapanoskop/report/options";
import { describe, expect, it } from "vitest";
import type { Values } from "../../infra/inputs.ts";
import { ofType, reporting, SLACK_SECRET, system, TEAMS_SECRET, TOPIC, the } from "./support/the-system.ts";

const { report_recipients, report_sender } = reporting;
const aMail = { report_recipients, report_sender };
const audiences = (...all: readonly object[]) => ({ report_audiences: JSON.stringify(all) });

/** The addresses of the report's resources, and which of them are for mails. */
const made = (inputs: Partial<Values>) =>
  system(inputs)
    .resources.filter(({ subsystem, address }) => subsystem === "report" || /report|mail|state/.test(address))
    .map(({ address }) => address);
const isOfMails = (address: string) => /mail_events|sesv2/.test(address);

describe("the report", () => {
  it.each<[string, Partial<Values>]>([
    ["no input", {}],
    ["a sender and a schedule alone", { report_sender, report_schedule_expression: "cron(0 9 * * ? *)" }],
    ["an empty list of audiences", { report_audiences: "[]", report_recipients: [] }],
    ["alarms", { alarm_email: "finops@example.com" }],
  ])("does not exist with %s", (_, inputs) => {
    expect(made(inputs)).toEqual([]);
    const { report_function_name, state_table_name } = system(inputs).outputs;
    expect([report_function_name, state_table_name]).toEqual([null, null]);
  });

  it.each<[string, Partial<Values>]>([
    ["a Slack webhook", { slack_webhook_secret_arn: SLACK_SECRET }],
    ["a Teams webhook", { teams_webhook_secret_arn: TEAMS_SECRET }],
    ["a plain webhook", { report_webhook_secret_arn: SLACK_SECRET }],
    ["a topic", { report_topic_arn: TOPIC }],
    ["an audience of a webhook", audiences({ name: "a", channel: "slack", secret_arn: SLACK_SECRET })],
    ["an audience of a topic", audiences({ name: "a", channel: "sns", topic_arn: TOPIC })],
  ])("exists with %s, and has nothing of SES", (_, inputs) => {
    expect(made(inputs)).toHaveLength(13);
    expect(made(inputs).filter(isOfMails)).toEqual([]);
    expect(system(inputs).refusals).toEqual([]);
  });

  it.each<[string, Partial<Values>]>([
    ["recipients", aMail],
    ["an audience by mail", { report_sender, ...audiences({ name: "a", channel: "mail", recipients: [] }) }],
  ])("by mail exists with %s, and with SES's events", (_, inputs) => {
    expect(made(inputs).filter((address) => !isOfMails(address))).toHaveLength(13);
    expect(made(inputs).filter(isOfMails)).toHaveLength(11);
    expect(system({ ...inputs, report_sender: undefined }).refusals).toEqual([
      expect.stringContaining("need report_sender"),
    ]);
  });

  it("runs on its schedule, with a minute and 512 MB, and keeps events that failed", () => {
    const report = system({ ...aMail, report_schedule_expression: "cron(30 7 * * ? *)" });
    expect(the(report, "aws_lambda_function.report").args).toMatchObject({ memory_size: 512, timeout: 60 });
    expect(the(report, "aws_cloudwatch_event_rule.report").args.schedule_expression).toBe(
      "cron(30 7 * * ? *)",
    );
    const [queue] = ["aws_sqs_queue.report_dead_letters.arn"];
    expect(the(report, "aws_cloudwatch_event_target.report").args).toMatchObject({
      retry_policy: [{ maximum_retry_attempts: 2, maximum_event_age_in_seconds: 21600 }],
      dead_letter_config: [{ arn: queue }],
    });
    for (const name of ["report", "mail_events"]) {
      expect(the(report, `aws_lambda_function_event_invoke_config.${name}`).args).toMatchObject({
        maximum_retry_attempts: 2,
        destination_config: [{ on_failure: [{ destination: queue }] }],
      });
    }
  });

  it("gets each option of the report by the variable that it reads", () => {
    const [{ variables }] = the(system(reporting), "aws_lambda_function.report").args.environment as [
      { readonly variables: Readonly<Record<string, string>> },
    ];
    expect(variables).toEqual({
      DATA_BUCKET: "dapanoskop-data-111122223333-eu-central-1",
      STATE_TABLE: "dapanoskop-state",
      DASHBOARD_URL: "https://aws_cloudfront_distribution.page.domain_name",
      SES_CONFIGURATION_SET: "dapanoskop-report",
      REPORT_RECIPIENTS: "finance@example.com,cto@example.com",
      REPORT_SENDER: "costs@example.com",
      REPORT_SCHEDULE: "cron(0 8 * * ? *)",
      SLACK_WEBHOOK_SECRET_ARN: SLACK_SECRET,
      TEAMS_WEBHOOK_SECRET_ARN: "",
      REPORT_WEBHOOK_SECRET_ARN: "",
      REPORT_TOPIC_ARN: TOPIC,
      REPORT_AUDIENCES: reporting.report_audiences,
    });
    const read = Object.values(reportOptions).map(({ variable }) => variable);
    expect(Object.keys(variables)).toEqual(expect.arrayContaining(read));
    const withoutMail = the(system({ report_topic_arn: TOPIC }), "aws_lambda_function.report").args;
    expect(JSON.stringify(withoutMail.environment)).toContain('"SES_CONFIGURATION_SET":""');
  });

  it("keeps its state in one table that forgets, can be restored, and is not deleted by mistake", () => {
    const [table] = ofType(system(aMail), "aws_dynamodb_table");
    expect(table?.args).toEqual({
      name: "dapanoskop-state",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "pk",
      range_key: "sk",
      attribute: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
      ttl: [{ attribute_name: "expires", enabled: true }],
      point_in_time_recovery: [{ enabled: true }],
      server_side_encryption: [{ enabled: true }],
      deletion_protection_enabled: true,
    });
  });
});
