import { type Instant, isDay } from "@dapanoskop/core/calendar";
import type { SendingEvent, SendingId } from "@dapanoskop/core/sending";
import { quoted } from "@dapanoskop/core/text";
import * as v from "valibot";
import { instantText } from "../lambda/index.ts";

/** The event is none that SNS delivers for SES: a sentence that says what is wrong with it. */
export class MailEventError extends Error {
  override readonly name = "MailEventError";
}

/** What SES says of one mail of a report or an alert. */
export interface MailEvent {
  readonly id: SendingId;
  readonly kind: SendingEvent["kind"];
  readonly attempt: number;
  readonly at: Instant;
  readonly messageId: string;
  /** Whom it concerns. */
  readonly recipients: readonly string[];
  /** A mailbox that does not exist, or one that takes no mail of the sender: no later mail arrives either. */
  readonly isPermanent: boolean;
  /** What SES calls it, as `Permanent, NoEmail`; `null` for an event without a reason. */
  readonly reason: string | null;
}

/** What this function does not record, and why. */
export interface IgnoredEvent {
  readonly ignored: string;
}

const snsSchema = v.object({
  Records: v.pipe(
    v.array(v.object({ EventSource: v.literal("aws:sns"), Sns: v.object({ Message: v.string() }) })),
    v.minLength(1),
  ),
});

const tag = v.optional(v.pipe(v.array(v.string()), v.minLength(1)));
const recipient = v.object({ emailAddress: v.string() });

/** https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const mailSchema = v.object({
  eventType: v.string(),
  mail: v.object({
    messageId: v.string(),
    timestamp: instantText,
    destination: v.optional(v.array(v.string()), []),
    tags: v.optional(v.object({ report: tag, date: tag, audience: tag, attempt: tag, alert: tag }), {}),
  }),
  delivery: v.optional(v.object({ timestamp: instantText, recipients: v.optional(v.array(v.string()), []) })),
  bounce: v.optional(
    v.object({
      bounceType: v.string(),
      bounceSubType: v.optional(v.string(), ""),
      bouncedRecipients: v.array(recipient),
      timestamp: instantText,
    }),
  ),
  complaint: v.optional(
    v.object({
      complainedRecipients: v.array(recipient),
      complaintFeedbackType: v.optional(v.nullable(v.string()), null),
      timestamp: instantText,
    }),
  ),
});

type PublishedEvent = v.InferOutput<typeof mailSchema>;

/**
 * The messages of a delivery of SNS, as they arrived.
 * @throws MailEventError when the input is no such delivery
 */
export function snsMessages(input: unknown): readonly string[] {
  const parsed = v.safeParse(snsSchema, input);
  if (parsed.success) return parsed.output.Records.map(({ Sns }) => Sns.Message);
  throw new MailEventError(
    `The event is no delivery of SNS: ${v.getDotPath(parsed.issues[0]) ?? "it"} is not as it should be.`,
  );
}

/**
 * What a message of SES says of a report.
 * @throws MailEventError when it is no event of SES
 */
export function sesEvent(message: string): MailEvent | IgnoredEvent {
  // SES tells a topic once that it may publish to it.
  if (message.startsWith("Successfully validated SNS topic")) {
    return { ignored: "SES validated the topic." };
  }
  const parsed = v.safeParse(mailSchema, jsonOf(message));
  if (!parsed.success) {
    throw new MailEventError(
      `The message is no event of SES: ${v.getDotPath(parsed.issues[0]) ?? "it"} is not as it should be.`,
    );
  }
  const event = parsed.output;
  const details = detailsOf(event);
  if (details === null)
    return { ignored: `Events of the type ${quoted(event.eventType, 40)} say nothing of a delivery.` };
  const tagged = taggedId(event.mail.tags);
  if (tagged === null) return { ignored: "The mail has not the tags of a report or an alert." };
  return { ...tagged, messageId: event.mail.messageId, ...details };
}

function jsonOf(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    throw new MailEventError("The message is no event of SES: it is not JSON.");
  }
}

function taggedId(tags: PublishedEvent["mail"]["tags"]): Pick<MailEvent, "id" | "attempt"> | null {
  const [date = "", audience = "", attempt = "", alert = ""] = [
    tags.date,
    tags.audience,
    tags.attempt,
    tags.alert,
  ].map((values) => values?.[0]);
  const isOurs = isDay(date) && /^[a-z0-9-]{1,40}$/.test(audience) && /^[1-9]\d{0,5}$/.test(attempt);
  if (!isOurs) return null;
  switch (tags.report?.[0]) {
    case "daily":
      return { id: { kind: "report", date, audience }, attempt: Number(attempt) };
    case "alert":
      return /^[0-9a-f]{32}$/.test(alert)
        ? { id: { kind: "alert", date, audience, alert }, attempt: Number(attempt) }
        : null;
    default:
      return null;
  }
}

type Details = Pick<MailEvent, "kind" | "at" | "recipients" | "isPermanent" | "reason">;

/** `null` for a type of event that says nothing of a delivery, or that lacks its part. */
function detailsOf({ eventType, mail, delivery, bounce, complaint }: PublishedEvent): Details | null {
  const plain = { isPermanent: false, reason: null };
  if (eventType === "Send") {
    return { kind: "send", at: mail.timestamp, recipients: mail.destination, ...plain };
  }
  if (eventType === "Delivery" && delivery !== undefined) {
    return { kind: "delivery", at: delivery.timestamp, recipients: delivery.recipients, ...plain };
  }
  if (eventType === "Bounce" && bounce !== undefined) {
    const { bounceType, bounceSubType, bouncedRecipients, timestamp } = bounce;
    return {
      kind: "bounce",
      at: timestamp,
      recipients: bouncedRecipients.map(({ emailAddress }) => emailAddress),
      isPermanent: bounceType === "Permanent",
      reason: [bounceType, bounceSubType].filter((word) => word !== "").join(", "),
    };
  }
  if (eventType === "Complaint" && complaint !== undefined) {
    return {
      kind: "complaint",
      at: complaint.timestamp,
      recipients: complaint.complainedRecipients.map(({ emailAddress }) => emailAddress),
      isPermanent: true,
      reason: complaint.complaintFeedbackType,
    };
  }
  return null;
}
