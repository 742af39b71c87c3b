import { s3Store } from "@dapanoskop/aws/s3-store";
import { aDailyFigures } from "@dapanoskop/core/daily/testing";
import { storeOfDays } from "@dapanoskop/dataset/testing";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { type ScriptedStep, scriptedEndpoint } from "../../../aws/src/testing/scripted-endpoint.ts";
import { type Bundles, buildBundles } from "../testing/build-bundle.ts";
import { invokeBundle } from "../testing/lambda-process.ts";
import { loopbackBucket } from "../testing/loopback-bucket.ts";
import { loopbackTable } from "../testing/loopback-table.ts";
import type { ReportRun } from "./index.ts";

/** Processes and servers on a machine that is busy otherwise, in milliseconds. */
const LONGEST_RUN_MS = 120_000;

/** What Lambda gives the function. */
const MEMORY_MB = 512;

const schedule = { "detail-type": "Scheduled Event", source: "aws.events", time: "2026-01-15T08:00:00Z" };
const publication = {
  Records: [
    {
      eventSource: "aws:s3",
      eventName: "ObjectCreated:Put",
      eventTime: "2026-01-15T09:00:00.000Z",
      s3: { bucket: { name: "bill" }, object: { key: "index.json" } },
    },
  ],
};

const json = (status: number, body: object): ScriptedStep => {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
};
const accepted = json(200, { MessageId: "0100-message" });
const throttled: ScriptedStep = (response) =>
  response
    .writeHead(429, { "content-type": "application/json", "x-amzn-errortype": "TooManyRequestsException" })
    .end(JSON.stringify({ message: "Maximum sending rate exceeded." }));
const rejected: ScriptedStep = (response) =>
  response
    .writeHead(400, { "content-type": "application/json", "x-amzn-errortype": "MessageRejected" })
    .end(JSON.stringify({ message: "Email address is not verified." }));
/** SES takes the mail, and its answer is lost. */
const answerLost: ScriptedStep = (response) => void response.socket?.destroy();

describe("the report's bundle as a Lambda, between S3, DynamoDB and SES", { timeout: LONGEST_RUN_MS }, () => {
  let built: Bundles;
  beforeAll(async () => {
    built = await buildBundles();
  }, LONGEST_RUN_MS);
  afterAll(() => built?.remove());

  /** A deployment in which the days through 14 January are published. */
  async function aDeployment(
    { onTestFinished }: TestContext,
    ...ses: readonly [ScriptedStep, ...ScriptedStep[]]
  ) {
    const [bucket, table, mail] = await Promise.all([
      loopbackBucket(),
      loopbackTable("state"),
      scriptedEndpoint(...ses),
    ]);
    onTestFinished(async () => {
      await Promise.all([bucket.close(), table.close(), mail.close()]);
    });
    const credentials = { accessKeyId: "any", secretAccessKey: "any" };
    const client = { endpoint: bucket.url, region: "us-east-1", credentials, forcePathStyle: true };
    const store = s3Store({ bucket: "bill", client });
    const { objects } = await storeOfDays(aDailyFigures({ through: "2026-01-14" }));
    for (const [key, { body, contentType }] of objects) await store.putIfAbsent(key, { body, contentType });
    const environment = {
      DATA_BUCKET: "bill",
      STATE_TABLE: "state",
      REPORT_SENDER: "costs@example.com",
      REPORT_RECIPIENTS: "finance@example.com",
      SES_CONFIGURATION_SET: "costs-report",
      AWS_ENDPOINT_URL_S3: bucket.url,
      AWS_ENDPOINT_URL_DYNAMODB: table.url,
      AWS_ENDPOINT_URL_SESV2: mail.url,
    };
    return {
      mail,
      table,
      invoke: (event: unknown, own: Readonly<Record<string, string>> = {}) =>
        invokeBundle<ReportRun>({
          bundle: `${built.folder}/report`,
          event,
          environment: { ...environment, ...own },
          remaining: 60_000,
          memoryMb: MEMORY_MB,
        }),
      /** SNS gives the other function an event of SES. */
      tell: (message: object) =>
        invokeBundle<void>({
          bundle: `${built.folder}/mail-events`,
          event: { Records: [{ EventSource: "aws:sns", Sns: { Message: JSON.stringify(message) } }] },
          environment,
          remaining: 30_000,
          memoryMb: 128,
        }),
      async stateOf(day: string) {
        const [item] = await table.items(`report#${day}`);
        return item === undefined ? null : JSON.parse(item.value ?? "{}").state;
      },
    };
  }

  it.concurrent("sends the mail of the day once, on the schedule and after a publication", async (test) => {
    const { invoke, mail, table, stateOf } = await aDeployment(test, accepted);
    const first = await invoke(schedule);
    expect(first).toMatchObject({
      error: null,
      stderr: "",
      result: { sent: ["daily/2026-01-14/everyone"], missing: [] },
    });
    expect(first.peakMb).toBeLessThan(MEMORY_MB);
    const sent = JSON.parse(mail.requests[0]?.text ?? "{}");
    expect(sent).toMatchObject({
      FromEmailAddress: "costs@example.com",
      Destination: { ToAddresses: ["finance@example.com"] },
      ConfigurationSetName: "costs-report",
    });
    expect(await stateOf("2026-01-14")).toBe("SENT");
    const [claim] = await table.items("report#2026-01-14");
    expect([claim?.sk, Number(claim?.expires) > 0]).toEqual(["everyone", true]);

    for (const event of [schedule, publication]) {
      expect((await invoke(event)).result?.sent).toEqual([]);
    }
    expect(mail.requests.length).toBe(1);
    expect(JSON.stringify(first.lines)).not.toMatch(/finance@|costs@/);
  });

  it.concurrent("sends once when it is invoked several times at the same time", async (test) => {
    const { invoke, mail } = await aDeployment(test, accepted);
    const runs = await Promise.all([invoke(schedule), invoke(schedule), invoke(publication)]);
    expect(mail.requests.length).toBe(1);
    expect(runs.flatMap(({ result }) => result?.sent ?? [])).toEqual(["daily/2026-01-14/everyone"]);
    expect(runs.map(({ error }) => error)).toEqual([null, null, null]);
  });

  it.concurrent("makes a third attempt where SES throttles twice", async (test) => {
    const { invoke, mail } = await aDeployment(test, throttled, throttled, accepted);
    const { error, lines } = await invoke(schedule);
    expect([error, mail.requests.length]).toEqual([null, 3]);
    expect(
      lines.filter(({ duration_ms }) => duration_ms !== undefined).map(({ attempt }) => attempt),
    ).toEqual([1, 2, 3]);
  });

  it.concurrent("fails after one attempt where SES rejects the message, and says what to do", async (test) => {
    const { invoke, mail, stateOf } = await aDeployment(test, rejected);
    const { error, lines } = await invoke(schedule);
    expect(error).toMatchObject({
      name: "ReportError",
      message: expect.stringContaining("FAILED: daily/2026-01-14"),
    });
    expect([mail.requests.length, await stateOf("2026-01-14")]).toEqual([1, "FAILED"]);
    expect(lines.at(-1)).toMatchObject({ ReportsFailed: 1, ReportsDelivered: 0 });
    expect(JSON.stringify(lines)).toMatch(/verif/i);
  });

  it.concurrent("sends no second mail where SES's answer was lost; SES's own event settles it", async (test) => {
    const { invoke, tell, mail, stateOf } = await aDeployment(test, answerLost, accepted);
    const first = await invoke(schedule);
    expect(first.error?.message).toContain("UNKNOWN: daily/2026-01-14/everyone");
    const second = await invoke(publication);
    expect(second.lines.at(-1)).toMatchObject({ ReportsUnknown: 1 });
    expect([mail.requests.length, await stateOf("2026-01-14")]).toEqual([1, "SENDING"]);

    const tags = { report: ["daily"], date: ["2026-01-14"], audience: ["everyone"], attempt: ["1"] };
    const told = await tell({
      eventType: "Send",
      mail: { messageId: "0100-message", timestamp: "2026-01-15T08:00:01.000Z", tags },
      send: {},
    });
    expect(told).toMatchObject({ error: null, stderr: "" });
    expect(await stateOf("2026-01-14")).toBe("SENT");
    expect((await invoke(publication)).lines.at(-1)).toMatchObject({ ReportsUnknown: 0 });
    expect(mail.requests.length).toBe(1);
  });

  it.concurrent("sends nothing where the table cannot be reached, and fails", async (test) => {
    const { invoke, mail } = await aDeployment(test, accepted);
    const { error } = await invoke(schedule, { STATE_TABLE: "another" });
    expect(error?.name).toBe("ReportError");
    expect(error?.message).toMatch(/another/);
    expect(mail.requests).toEqual([]);
  });
});
