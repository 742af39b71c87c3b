import { instantOf } from "@dapanoskop/core/calendar";
import { quoted } from "@dapanoskop/core/text";
import type { DeliveryEvent } from "@dapanoskop/report";
import * as v from "valibot";
import { instantText } from "../lambda/index.ts";

/** The event is none that this function takes: a sentence that says what is wrong. */
export class ReportEventError extends Error {
  constructor(sentence: string) {
    super(`${sentence} Nothing was sent.`);
    this.name = "ReportEventError";
  }
}

const DAY = 86_400_000;

/** Of EventBridge or its Scheduler. Both may add to their envelopes, so what else stands in it is not looked at. */
const scheduleSchema = v.object({
  "detail-type": v.literal("Scheduled Event"),
  source: v.picklist(["aws.events", "aws.scheduler"]),
  time: instantText,
});

/** A notification of S3, version 2. */
const publishSchema = v.object({
  Records: v.pipe(
    v.array(
      v.object({
        eventSource: v.literal("aws:s3"),
        eventName: v.pipe(v.string(), v.startsWith("ObjectCreated:")),
        eventTime: instantText,
        s3: v.object({
          bucket: v.object({ name: v.string() }),
          object: v.object({ key: v.literal("index.json") }),
        }),
      }),
    ),
    v.minLength(1),
  ),
});

/**
 * Reads the event of an invocation: a schedule, whose `time` is the clock however late it is delivered, or a notification of
 * S3 that `index.json` was written, whose `eventTime` is the clock.
 * @param bucket the bucket whose notifications are meant
 * @param now of this machine
 * @throws ReportEventError
 */
export function reportEvent(input: unknown, bucket: string, now: Date): DeliveryEvent {
  const event = hasRecords(input) ? publication(input, bucket) : schedule(input);
  if (Date.parse(event.at) > now.getTime() + DAY) {
    throw new ReportEventError(
      `The event's time ${event.at} lies more than a day ahead of this machine's clock, ${instantOf(now)}.`,
    );
  }
  return event;
}

const hasRecords = (input: unknown): boolean =>
  typeof input === "object" && input !== null && "Records" in input;

function schedule(input: unknown): DeliveryEvent {
  const parsed = v.safeParse(scheduleSchema, input);
  if (parsed.success) return { at: parsed.output.time, trigger: "schedule" };
  throw new ReportEventError(
    `The event is no schedule of EventBridge and no notification of S3: ${fault(parsed.issues[0])}.`,
  );
}

function publication(input: unknown, bucket: string): DeliveryEvent {
  const parsed = v.safeParse(publishSchema, input);
  if (!parsed.success) {
    throw new ReportEventError(
      `The event is no notification of S3 that index.json was written: ${fault(parsed.issues[0])}.`,
    );
  }
  const { Records: records } = parsed.output;
  const other = records.find(({ s3 }) => s3.bucket.name !== bucket);
  if (other !== undefined) {
    throw new ReportEventError(
      `The event is of the bucket ${quoted(other.s3.bucket.name)}, not of ${bucket}.`,
    );
  }
  const newest = records.map(({ eventTime }) => eventTime).reduce((a, b) => (a > b ? a : b));
  return { at: newest, trigger: "publish" };
}

function fault(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const received = issue.received === "undefined" ? "missing" : quoted(issue.received, 60);
  return path === null ? "it is not an object" : `${path} is ${received}`;
}
