import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Notifier, RenderedMessage, SendOutcome } from "@dapanoskop/core/sending";
import { aRenderedMessage, notifierContract, someTags } from "@dapanoskop/core/sending/testing";
import { describe, expect, it } from "vitest";
import { findMoto, startMoto, withoutMoto } from "../testing/moto.ts";
import {
  accessTo,
  SECRET_KEY,
  type TestAccess,
  withoutService,
  withService,
} from "../testing/open-sender.ts";
import {
  drops,
  isSilent,
  type ScriptedRequest,
  type ScriptedStep,
  says,
  scriptedEndpoint,
} from "../testing/scripted-endpoint.ts";
import { snsNotifier } from "./index.ts";

const TOPIC = "arn:aws:sns:eu-central-1:111122223333:costs";
const TIMEOUTS = { connection: 500, request: 500 };

const notifier = ({ endpoint, credentials }: TestAccess): Notifier =>
  snsNotifier({ topicArn: TOPIC, access: { endpoint, credentials }, timeouts: TIMEOUTS });

const accepts = says(
  200,
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>',
  "text/xml",
);

const refuses = (code: string, message: string, status = 400): ScriptedStep =>
  says(
    status,
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    "text/xml",
  );

notifierContract(
  { describe, it, expect },
  {
    name: "SNS",
    secrets: [SECRET_KEY, "AKIAEXAMPLE", "111122223333"],
    open: {
      accepts: () => withService(notifier, accepts),
      "is busy": () => withService(notifier, refuses("Throttling", "Rate exceeded")),
      refuses: () => withService(notifier, refuses("InvalidParameter", `${TOPIC} is wrong`)),
      "loses the answer": () => withService(notifier, drops),
      "is not there": () => withoutService(notifier),
    },
  },
);

interface ToTopic {
  readonly outcome: SendOutcome;
  readonly requests: readonly ScriptedRequest[];
}

async function published(step: ScriptedStep, own: Partial<RenderedMessage> = {}): Promise<ToTopic> {
  const { url, requests, close } = await scriptedEndpoint(step);
  try {
    return { outcome: await notifier(accessTo(url)).notify(aRenderedMessage(own), someTags), requests };
  } finally {
    await close();
  }
}

const fieldsOf = ({ requests }: ToTopic) => new URLSearchParams(requests[0]?.text ?? "");

describe("a message to a topic", () => {
  it("has a subject in ASCII, the text, and the tags as attributes", async () => {
    const result = await published(accepts);
    expect(result.outcome).toEqual({ outcome: "accepted", messageId: "m-1" });
    expect(result.requests).toHaveLength(1);
    const fields = Object.fromEntries(fieldsOf(result));
    expect(fields).toMatchObject({
      Action: "Publish",
      TopicArn: TOPIC,
      Subject: "AWS costs 14 Jan: $1,234.50 (+23.5 % to the 7-day average) - Zoe Muller, ???",
      Message: aRenderedMessage().text,
      "MessageAttributes.entry.2.Name": "date",
      "MessageAttributes.entry.2.Value.DataType": "String",
      "MessageAttributes.entry.2.Value.StringValue": "2026-01-14",
    });
  });

  it("goes to the region of the topic", async () => {
    const { requests } = await published(accepts);
    expect(requests[0]?.headers.authorization).toContain("/eu-central-1/sns/");
  });

  it("with a text of more than 256 kB has whole lines, and how many are left out", async () => {
    const line = "データ基盤 $1,234.50".repeat(10);
    const text = Array.from({ length: 2_000 }, () => line).join("\n");
    const message = fieldsOf(await published(accepts, { text })).get("Message") ?? "";
    const lines = message.split("\n");
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(260_000);
    expect(Buffer.byteLength(message)).toBeGreaterThan(259_000);
    expect(lines.slice(0, -1).every((kept) => kept === line)).toBe(true);
    expect(lines.at(-1)).toBe(
      `Shortened: ${2_000 - lines.length + 1} more lines are left out, because SNS takes 256 kB.`,
    );
  });

  it("that is one line too long, or without a text, is still a message", async () => {
    const long = fieldsOf(await published(accepts, { text: "x".repeat(300_000) })).get("Message");
    expect(long).toBe("Shortened: 1 more line is left out, because SNS takes 256 kB.");
    expect(fieldsOf(await published(accepts, { text: "\n" })).get("Message")).toBe("(no text)");
  });
});

describe("a message that SNS does not accept", () => {
  it.each([
    ["Throttling", 400],
    ["ThrottledException", 429],
    ["KMSThrottling", 400],
  ])("may be sent again later after %s", async (code, status) => {
    const { outcome, requests } = await published(refuses(code, "Rate exceeded", status));
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: true });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [
      "AuthorizationError",
      403,
      "User: arn:aws:sts::111122223333:assumed-role/report/jane is not authorized",
      /Grant sns:Publish on the topic costs/,
    ],
    ["NotFound", 404, "Topic does not exist", /topic costs does not exist.*Create it/],
    ["KMSAccessDenied", 400, "The ciphertext refers to a key", /Grant kms:GenerateDataKey and kms:Decrypt/],
    ["KMSDisabled", 400, "disabled", /see that the key is enabled/],
    ["InvalidParameter", 400, "Invalid parameter: Subject", /SNS refused it.*Correct what it names/],
    ["ExpiredToken", 403, "t0ken", /no AWS credentials that work/],
  ])(
    "because of %s is refused for good, and the sentence says what to do",
    async (code, status, words, advice) => {
      const { outcome, requests } = await published(refuses(code, words, status));
      expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
      expect(JSON.stringify(outcome)).toMatch(advice);
      expect(JSON.stringify(outcome)).not.toMatch(/1111|assumed-role|t0ken|jane/);
      expect(requests).toHaveLength(1);
    },
  );

  it.each([
    ["500", refuses("InternalError", "oops", 500)],
    ["a connection that closes", drops],
    ["no answer in time", isSilent],
    ["an answer of a proxy", says(200, "{", "text/html")],
  ])("is unknown after %s", async (_, step) => {
    const { outcome, requests } = await published(step);
    expect(outcome).toMatchObject({ outcome: "unknown" });
    expect(requests).toHaveLength(1);
  });

  it.each(["costs", "arn:aws:sqs:eu-central-1:111122223333:costs", `${TOPIC}.fifo`, `${TOPIC}\n`])(
    "to %j, which is no standard topic, is refused before a request",
    async (topicArn) => {
      const outcome = await snsNotifier({ topicArn }).notify(aRenderedMessage(), someTags);
      expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
      expect(JSON.stringify(outcome)).toMatch(/not the ARN of a standard topic/);
    },
  );
});

const moto = findMoto();

describe.skipIf(moto === null)(`a topic of moto${withoutMoto(moto)}`, () => {
  it("is missing until it is created, and then gets subject, text and attributes", async () => {
    const server = await startMoto(moto ?? "");
    try {
      const { endpoint, region, credentials } = accessTo(server.url);
      const toTopic = (topicArn: string) =>
        snsNotifier({
          topicArn,
          access: { endpoint, credentials },
          // Moto loads the service with its first request, which takes seconds.
          timeouts: { connection: 10_000, request: 30_000 },
        }).notify(aRenderedMessage(), someTags);
      expect(await toTopic("arn:aws:sns:eu-central-1:123456789012:missing")).toMatchObject({
        outcome: "refused",
        isRetryable: false,
        reason: expect.stringContaining("the topic missing does not exist"),
      });
      const client = new SNSClient({ endpoint, region, credentials });
      const { TopicArn = "" } = await client.send(new CreateTopicCommand({ Name: "costs" }));
      const outcome = await toTopic(TopicArn);
      expect(outcome).toMatchObject({
        outcome: "accepted",
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      const data: unknown = await (await fetch(`${server.url}/moto-api/data.json`)).json();
      const messageId = outcome.outcome === "accepted" ? outcome.messageId : "";
      const notification = [
        messageId,
        aRenderedMessage().text,
        expect.stringContaining("Zoe Muller"),
        expect.anything(),
        null,
      ];
      expect(data).toMatchObject({ sns: { Topic: [{ sent_notifications: [notification] }] } });
    } finally {
      server.stop();
    }
  });
});

it("reports the tests that were skipped", () => {
  if (moto !== null) return;
  console.warn("1 test of topics was skipped: there is no moto_server on this machine.");
});
