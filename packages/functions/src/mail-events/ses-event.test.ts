import { describe, expect, it } from "vitest";
import { sesEvent, snsMessages } from "./ses-event.ts";

const AT = "2026-03-08T06:00:00.000Z";
const tags = { report: ["daily"], date: ["2026-03-07"], audience: ["finance"], attempt: ["1"] };

const event = (eventType: string, own: object = {}, mail: object = {}) =>
  sesEvent(
    JSON.stringify({
      eventType,
      mail: { messageId: "m", timestamp: AT, destination: ["a@example.com"], tags, ...mail },
      ...own,
    }),
  );

const bounce = (own: object) => ({
  bounce: {
    bounceType: "Permanent",
    bouncedRecipients: [{ emailAddress: "b@example.com" }],
    timestamp: AT,
    ...own,
  },
});
const complaint = (own: object = {}) => ({
  complaint: { complainedRecipients: [{ emailAddress: "c@example.com" }], timestamp: AT, ...own },
});

describe("an event of SES", () => {
  it.each([
    ["Send", {}, { kind: "send", recipients: ["a@example.com"], isPermanent: false, reason: null }],
    [
      "Delivery",
      { delivery: { timestamp: AT, recipients: ["d@example.com"] } },
      { kind: "delivery", recipients: ["d@example.com"], isPermanent: false, reason: null },
    ],
    [
      "Bounce",
      bounce({ bounceSubType: "NoEmail" }),
      { kind: "bounce", recipients: ["b@example.com"], isPermanent: true, reason: "Permanent, NoEmail" },
    ],
    ["Bounce", bounce({}), { kind: "bounce", isPermanent: true, reason: "Permanent" }],
    ["Bounce", bounce({ bounceType: "Transient" }), { isPermanent: false, reason: "Transient" }],
    [
      "Complaint",
      complaint({ complaintFeedbackType: "abuse" }),
      { kind: "complaint", recipients: ["c@example.com"], isPermanent: true, reason: "abuse" },
    ],
    ["Complaint", complaint(), { isPermanent: true, reason: null }],
  ])("%s says what became of a mail", (type, own, expected) => {
    expect(event(type, own)).toMatchObject({ messageId: "m", attempt: 1, ...expected });
  });

  it.each([["Delivery"], ["Bounce"], ["Complaint"], ["Open"]])("%s without its part says nothing", (type) => {
    expect(event(type)).toEqual({ ignored: `Events of the type "${type}" say nothing of a delivery.` });
  });

  const alert = "0123456789abcdef".repeat(2);
  it.each([
    [{}, { id: { kind: "report", date: "2026-03-07", audience: "finance" }, attempt: 1 }],
    [{ attempt: ["999999"] }, { attempt: 999_999 }],
    [{ audience: ["a".repeat(40)] }, { attempt: 1 }],
    [
      { report: ["alert"], alert: [alert] },
      { id: { kind: "alert", date: "2026-03-07", audience: "finance", alert } },
    ],
  ])("is of a message by its tags: %j", (own, expected) => {
    expect(event("Send", {}, { tags: { ...tags, ...own } })).toMatchObject(expected);
  });

  it.each([
    { attempt: ["0"] },
    { attempt: ["1000000"] },
    { attempt: ["x"] },
    { date: ["2026-02-30"] },
    { audience: ["A"] },
    { audience: ["a".repeat(41)] },
    { report: ["weekly"] },
    { report: ["alert"] },
    { report: ["alert"], alert: [alert.slice(1)] },
    { report: undefined },
  ])("is of no message of ours: %j", (own) => {
    expect(event("Send", {}, { tags: { ...tags, ...own } })).toEqual({
      ignored: "The mail has not the tags of a report or an alert.",
    });
  });

  it("is refused where it is none", () => {
    expect(() => sesEvent("{")).toThrow("The message is no event of SES: it is not JSON.");
    expect(() => sesEvent("1")).toThrow("The message is no event of SES: it is not as it should be.");
    expect(() => event("Send", {}, { timestamp: "yesterday" })).toThrow(
      "mail.timestamp is not as it should be.",
    );
    expect(sesEvent("Successfully validated SNS topic for Amazon SES event publishing.")).toEqual({
      ignored: "SES validated the topic.",
    });
  });
});

describe("a delivery of SNS", () => {
  const record = (Message: unknown, EventSource = "aws:sns") => ({ EventSource, Sns: { Message } });

  it("has its messages as they arrived", () => {
    expect(snsMessages({ Records: [record("a"), record("b")] })).toEqual(["a", "b"]);
  });

  it.each([
    [null, "it is not"],
    [{ Records: [] }, "Records is not"],
    [{ Records: [record("a"), record("b", "aws:s3")] }, "Records.1.EventSource is not"],
    [{ Records: [record(1)] }, "Records.0.Sns.Message is not"],
  ])("is refused where it is none: %j", (input, place) => {
    expect(() => snsMessages(input)).toThrow(`The event is no delivery of SNS: ${place} as it should be.`);
  });
});
