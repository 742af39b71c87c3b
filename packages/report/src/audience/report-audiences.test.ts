import { describe, expect, it } from "vitest";
import { type ReportOptionValues, reportOptions } from "../options/index.ts";
import { reportAudiences } from "./index.ts";

const none = Object.fromEntries(
  Object.entries(reportOptions).map(([name, option]) => [name, option.default]),
) as unknown as ReportOptionValues;
const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf";
const TOPIC = "arn:aws:sns:eu-central-1:123456789012:reports";
const listed = (...entries: readonly unknown[]) => ({
  ...none,
  sender: "costs@example.com",
  audiences: JSON.stringify(entries),
});

describe("audiences", () => {
  it("are none where no option names one", () => {
    expect(reportAudiences(none)).toEqual([]);
    expect(reportAudiences({ ...none, sender: "costs@example.com" })).toEqual([]);
  });

  it("are named after the short options", () => {
    const values = {
      ...none,
      recipients: ["finance@example.com"],
      sender: "costs@example.com",
      slackWebhookSecret: SECRET,
      teamsWebhookSecret: SECRET,
      webhookSecret: SECRET,
      topic: TOPIC,
    };
    const audiences = reportAudiences(values);
    expect(audiences.map(({ name, channel }) => [name, channel.kind])).toEqual([
      ["everyone", "mail"],
      ["slack", "slack"],
      ["teams", "teams"],
      ["webhook", "webhook"],
      ["topic", "sns"],
    ]);
    expect(audiences.every(({ schedule, costCenters }) => schedule === "daily" && costCenters === null)).toBe(
      true,
    );
  });

  it("mail to each address once", () => {
    const recipients = [
      "finance@example.com",
      "Finance@Example.com",
      "shop@example.com",
      "finance@example.com",
    ];
    const [audience] = reportAudiences({ ...none, recipients, sender: "costs@example.com" });
    expect(audience?.channel).toEqual({
      kind: "mail",
      recipients: ["finance@example.com", "shop@example.com"],
    });
  });

  it.each([
    "a..b@example.com",
    ".a@example.com",
    "a.@example.com",
    `${"a".repeat(40)}.${"b".repeat(40)}@example.com`,
  ])("refuse what every mailer would refuse: %s", (address) => {
    const mailed = { ...none, recipients: ["finance@example.com"], sender: "costs@example.com" };
    expect(() => reportAudiences({ ...mailed, recipients: [address] })).toThrow("is not a mail address");
    expect(() => reportAudiences({ ...mailed, sender: address })).toThrow(
      "the sender, is not a mail address",
    );
    const entry = { name: "shop", channel: "mail", recipients: [address] };
    expect(() => reportAudiences(listed(entry))).toThrow(/mail address/);
  });

  it("have options whose pattern takes addresses with dots inside only", () => {
    const pattern = new RegExp(reportOptions.recipients.pattern.matches, "u");
    expect(pattern.test("jane.q.doe+costs@mail.example.com")).toBe(true);
    for (const address of ["a..b@c.co", ".a@c.co", "a.@c.co"]) expect(pattern.test(address)).toBe(false);
  });

  it("are read from the list", () => {
    const values = listed(
      {
        name: "shop",
        channel: "mail",
        recipients: ["shop@example.com"],
        cost_centers: ["Shop", "Été"],
        schedule: "weekly",
      },
      { name: "ops", channel: "slack", secret_arn: SECRET, schedule: "anomalies" },
      { name: "sns", channel: "sns", topic_arn: TOPIC },
    );
    expect(reportAudiences(values)).toEqual([
      {
        name: "shop",
        channel: { kind: "mail", recipients: ["shop@example.com"] },
        costCenters: ["Shop", "Été"],
        schedule: "weekly",
      },
      {
        name: "ops",
        channel: { kind: "slack", address: { kind: "secret", arn: SECRET } },
        costCenters: null,
        schedule: "anomalies",
      },
      { name: "sns", channel: { kind: "sns", topicArn: TOPIC }, costCenters: null, schedule: "daily" },
    ]);
  });

  it("may be given the address of a webhook itself only where the list stays on a machine", () => {
    const values = listed({ name: "ops", channel: "slack", url: "https://hooks.example.com/T0/secret" });
    expect(reportAudiences(values, { allowsUrls: true })).toMatchObject([
      { channel: { kind: "slack", address: { kind: "url" } } },
    ]);
    const refused = () => reportAudiences(values);
    expect(refused).toThrow(
      'Audience 1 ("ops"): the channel slack takes secret_arn alone. The address of a webhook is a secret',
    );
    expect(refused).not.toThrow("hooks.example.com");
  });

  it("are fifty at most, with names of forty characters and fifty recipients", () => {
    const recipients = Array.from({ length: 50 }, (_, at) => `a${at}@example.com`);
    const names = Array.from({ length: 50 }, (_, at) => `${at}`.padStart(40, "a"));
    const audiences = reportAudiences(
      listed(...names.map((name) => ({ name, channel: "mail", recipients }))),
    );
    expect(audiences.map(({ name }) => name)).toEqual(names);
    expect(audiences[0]?.channel).toEqual({ kind: "mail", recipients });
  });

  it("name each of the faults, and each repeated name once", () => {
    const refused = () =>
      reportAudiences({
        ...listed(
          ...["a", "b", "a", "b", "b"].map((name) => ({ name, channel: "slack", secret_arn: SECRET })),
        ),
        slackWebhookSecret: SECRET,
        sender: "nobody",
      });
    expect(refused).toThrow(
      /^More than one audience is named "a" and "b": names are unique, .*"nobody", the sender, is not a mail address: correct it.$/,
    );
  });

  const mail = { name: "shop", channel: "mail", recipients: ["shop@example.com"] };
  it.each([
    [{ ...none, audiences: "{}" }, "The audiences are not a JSON list of objects"],
    [{ ...none, audiences: "[" }, "The audiences are not a JSON list of objects"],
    [listed(1), "Audience 1: it is not an object."],
    [listed({ ...mail, name: "Shop" }), 'Audience 1 ("Shop"): name takes 1 to 40 of a-z, 0-9 and hyphens.'],
    [listed({ ...mail, name: "a".repeat(41) }), "name takes 1 to 40"],
    [listed(mail, { ...mail, name: "x", channel: "pager" }), 'Audience 2 ("x"): channel takes mail, slack'],
    [
      listed({ ...mail, recipients: Array.from({ length: 51 }, (_, at) => `a${at}@example.com`) }),
      "recipients takes a list of 1 to 50 mail addresses.",
    ],
    [listed({ name: 1, channel: "mail" }), "Audience 1: name takes"],
    [listed(null), "Audience 1: it is not an object."],
    [listed({ ...mail, name: "" }), 'Audience 1 (""): name takes'],
    [listed({ ...mail, ["x".repeat(41)]: 1 }), 'x…" means nothing.'],
    [
      listed({ name: "x", channel: "webhook", topic_arn: TOPIC }),
      "the channel webhook takes secret_arn alone.",
    ],
    [
      listed({ name: "x", channel: "teams", secret_arn: SECRET, topic_arn: TOPIC }),
      "the channel teams takes",
    ],
    [listed({ name: "x", channel: "sns", secret_arn: SECRET }), "the channel sns takes topic_arn alone."],
    [listed({ ...mail, recipients: [] }), "recipients takes a list of 1 to 50 mail addresses."],
    [listed({ ...mail, recipients: ["a@example.com\r\nBcc: b@example.com"] }), "recipients takes"],
    [listed({ ...mail, recipients: ["nobody"] }), "recipients takes"],
    [listed({ ...mail, schedule: "hourly" }), "schedule takes daily, weekly or anomalies."],
    [listed({ ...mail, cost_centers: [] }), "cost_centers takes"],
    [listed({ ...mail, recipient: "x" }), '"recipient" means nothing. It takes name, channel'],
    [listed({ ...mail, topic_arn: TOPIC }), "the channel mail takes recipients alone."],
    [listed({ name: "x", channel: "slack" }), "the channel slack takes secret_arn alone."],
    [
      listed({ name: "x", channel: "sns", topic_arn: `${TOPIC}.fifo` }),
      "topic_arn takes the ARN of a standard",
    ],
    [listed(mail, mail), 'More than one audience is named "shop"'],
    [
      { ...listed({ ...mail, name: "everyone" }), recipients: ["a@example.com"] },
      'More than one audience is named "everyone"',
    ],
    [{ ...listed(mail), sender: null }, "No sender is set, and the report is mailed to shop"],
    [
      listed(...Array.from({ length: 51 }, (_, at) => ({ ...mail, name: `a${at}` }))),
      "at most 50 are sent to.",
    ],
  ])("are refused with a sentence: %#", (values, sentence) => {
    expect(() => reportAudiences(values as ReportOptionValues)).toThrow(sentence);
  });
});
