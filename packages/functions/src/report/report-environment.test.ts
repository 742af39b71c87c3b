import { describe, expect, it } from "vitest";
import { reportEnvironment } from "./index.ts";

const needed = { DATA_BUCKET: "bill", STATE_TABLE: "state" };
const mailed = { ...needed, REPORT_RECIPIENTS: "a@example.com", REPORT_SENDER: "costs@example.com" };

describe("the environment of the report", () => {
  it("needs bucket and table; without a recipient nobody gets a report", () => {
    const empty = { REPORT_RECIPIENTS: "", REPORT_SENDER: "", REPORT_AUDIENCES: "", DASHBOARD_URL: "" };
    expect(reportEnvironment({ ...needed, ...empty })).toEqual({
      bucket: "bill",
      table: "state",
      configurationSet: null,
      settings: { audiences: [], schedule: { hour: 8, minute: 0 }, sender: null, dashboardUrl: null },
    });
  });

  it("says whom, when and from where", () => {
    const { settings, configurationSet } = reportEnvironment({
      ...mailed,
      REPORT_RECIPIENTS: "a@example.com,b@example.com",
      REPORT_SCHEDULE: "cron(30 17 * * ? *)",
      SES_CONFIGURATION_SET: "costs-report",
      DASHBOARD_URL: "https://costs.example.com",
      SLACK_WEBHOOK_SECRET_ARN: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf",
      REPORT_TOPIC_ARN: "arn:aws-cn:sns:cn-north-1:123456789012:reports",
      REPORT_AUDIENCES:
        '[{"name":"shop","channel":"mail","recipients":["s@example.com"],"schedule":"weekly"}]',
    });
    expect(settings.audiences.map(({ name }) => name)).toEqual(["everyone", "slack", "topic", "shop"]);
    expect(settings.audiences[0]?.channel).toEqual({
      kind: "mail",
      recipients: ["a@example.com", "b@example.com"],
    });
    expect(settings).toMatchObject({
      schedule: { hour: 17, minute: 30 },
      sender: "costs@example.com",
      dashboardUrl: "https://costs.example.com",
    });
    expect(configurationSet).toBe("costs-report");
  });

  it.each([
    [{}, "DATA_BUCKET is not set"],
    [{ DATA_BUCKET: "bill" }, "STATE_TABLE is not set: it names the table that records what was sent."],
    [{ ...mailed, REPORT_RECIPIENTS: "a@example.com,nobody" }, "it must contain mail addresses"],
    [{ ...mailed, REPORT_RECIPIENTS: "a@example.com," }, "it must contain mail addresses"],
    [
      { ...mailed, REPORT_RECIPIENTS: "a@example.com\r\nBcc: b@example.com" },
      "it must contain mail addresses",
    ],
    [{ ...mailed, REPORT_SENDER: "" }, "No sender is set"],
    [{ ...mailed, REPORT_SCHEDULE: "rate(1 day)" }, "it must be a minute and an hour of every day"],
    [{ ...mailed, DASHBOARD_URL: "http://costs.example.com" }, "it must be the page's address"],
    [{ ...mailed, SLACK_WEBHOOK_SECRET_ARN: "https://hooks.example.com" }, "it must be the ARN of a secret"],
    [{ ...mailed, REPORT_AUDIENCES: "[1]" }, "Audience 1: it is not an object."],
  ])("%j is refused with a sentence", (environment, sentence) => {
    expect(() => reportEnvironment(environment)).toThrow(sentence);
  });
});
