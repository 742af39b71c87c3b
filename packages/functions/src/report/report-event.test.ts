import { describe, expect, it } from "vitest";
import { ReportEventError, reportEvent } from "./index.ts";

const now = new Date("2026-01-16T03:00:00Z");
const read = (input: unknown) => reportEvent(input, "bill", now);

/** As EventBridge sends it. */
const schedule = {
  version: "0",
  id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
  "detail-type": "Scheduled Event",
  source: "aws.events",
  account: "123456789012",
  time: "2026-01-15T08:00:00Z",
  region: "eu-central-1",
  resources: ["arn:aws:events:eu-central-1:123456789012:rule/report"],
  detail: {},
};

const record = {
  eventVersion: "2.1",
  eventSource: "aws:s3",
  awsRegion: "eu-central-1",
  eventTime: "2026-01-15T12:00:01.123Z",
  eventName: "ObjectCreated:Put",
  s3: {
    s3SchemaVersion: "1.0",
    bucket: { name: "bill", arn: "arn:aws:s3:::bill" },
    object: { key: "index.json", size: 9 },
  },
};

describe("the event of a report", () => {
  it.each([schedule, { ...schedule, source: "aws.scheduler", detail: "{}" }])(
    "of a schedule has its own time as the clock: %#",
    (event) => {
      expect(read(event)).toEqual({ at: "2026-01-15T08:00:00Z", trigger: "schedule" });
    },
  );

  it("of S3 has the newest time of its records", () => {
    const older = { ...record, eventTime: "2026-01-15T11:00:00.000Z" };
    expect(read({ Records: [record, older] })).toEqual({ at: "2026-01-15T12:00:01Z", trigger: "publish" });
  });

  it.each([
    [null, "no schedule of EventBridge and no notification of S3"],
    ["x", "no schedule of EventBridge and no notification of S3"],
    [{}, "detail-type is missing"],
    [{ ...schedule, source: "aws.s3" }, 'source is "\\"aws.s3\\""'],
    [{ ...schedule, time: "yesterday" }, "time is"],
    [{ ...schedule, time: "2026-01-15T08:00:00" }, "time is"],
    [{ ...schedule, time: "2026-02-01T08:00:00Z" }, "more than a day ahead of this machine's clock"],
    [{ Records: [] }, "Records is"],
    [{ Records: [{ ...record, eventSource: "aws:sqs" }] }, "Records.0.eventSource is"],
    [{ Records: [{ ...record, eventName: "ObjectRemoved:Delete" }] }, "Records.0.eventName is"],
    [
      { Records: [{ ...record, s3: { ...record.s3, object: { key: "trend.json" } } }] },
      "Records.0.s3.object.key is",
    ],
    [
      { Records: [{ ...record, s3: { ...record.s3, bucket: { name: "other" } } }] },
      'is of the bucket "other", not of bill',
    ],
  ])("is refused when it is another one: %#", (event, sentence) => {
    expect(() => read(event)).toThrow(sentence);
    expect(() => read(event)).toThrow(ReportEventError);
    expect(() => read(event)).toThrow(/Nothing was sent\.$/);
  });
});
