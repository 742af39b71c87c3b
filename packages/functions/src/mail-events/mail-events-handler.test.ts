import { type ShownState, sendingOf, sendingsOf, sendOnce, shownState } from "@dapanoskop/core/sending";
import { StateError, type StateStore } from "@dapanoskop/core/state";
import { deliverDue, markedRecipients } from "@dapanoskop/report";
import { anAudience, DeliveryFixture } from "@dapanoskop/report/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { mailEventsHandler } from "./index.ts";

let fixture: DeliveryFixture;
let lines: Readonly<Record<string, unknown>>[];

const RECIPIENTS = ["finance@example.com", "gone@example.com"];
const NOW = "2026-01-15T08:05:00Z";

beforeEach(async () => {
  fixture = await DeliveryFixture.create();
  fixture.settings = {
    ...fixture.settings,
    audiences: [anAudience({ channel: { kind: "mail", recipients: RECIPIENTS } })],
  };
  lines = [];
});

const report = (at = "2026-01-15T08:00:00Z") =>
  deliverDue({ at, trigger: "schedule" }, fixture.settings, fixture.dependencies(at));

/** As SES publishes them, with the parts that matter and some that do not. */
const sesMessage = (eventType: string, parts: object = {}, tags: object = {}) =>
  JSON.stringify({
    eventType,
    mail: {
      timestamp: "2026-01-15T08:00:01.000Z",
      source: "costs@example.com",
      messageId: "0100-message",
      destination: RECIPIENTS,
      headersTruncated: false,
      tags: {
        "ses:configuration-set": ["costs-report"],
        report: ["daily"],
        date: ["2026-01-14"],
        audience: ["everyone"],
        attempt: ["1"],
        ...tags,
      },
    },
    ...parts,
  });

const bounce = (bounceType: string, address = "gone@example.com") =>
  sesMessage("Bounce", {
    bounce: {
      bounceType,
      bounceSubType: "NoEmail",
      bouncedRecipients: [
        { emailAddress: address, status: "5.1.1", diagnosticCode: `550 ${address} unknown` },
      ],
      timestamp: "2026-01-15T08:01:00.000Z",
      feedbackId: "1",
    },
  });

const complaint = sesMessage("Complaint", {
  complaint: {
    complainedRecipients: [{ emailAddress: "finance@example.com" }],
    complaintFeedbackType: "abuse",
    timestamp: "2026-01-15T08:02:00.000Z",
  },
});

const deliver = (...messages: readonly string[]) => ({
  Records: messages.map((Message) => ({
    EventSource: "aws:sns",
    EventVersion: "1.0",
    Sns: { Type: "Notification", Message },
  })),
});

const invoke = (event: unknown, state: StateStore = fixture.state) =>
  mailEventsHandler({
    environment: { STATE_TABLE: "state" },
    state: () => state,
    now: () => new Date(NOW),
    randomBytes: (count) => fixture.random.bytes(count),
    sleep: async () => {},
    write: (line) => void lines.push(JSON.parse(line)),
  })(event, { getRemainingTimeInMillis: () => 30_000, functionName: "mail-events" });

async function stateOfReport(): Promise<ShownState | null> {
  const [record] = await sendingsOf(fixture.state, "2026-01-14", "2026-01-14");
  return record === undefined ? null : shownState(record, "2026-01-15T12:00:00Z");
}

const metrics = () => lines.findLast((line) => "_aws" in line);

describe("an event of SES", () => {
  it("settles a report whose answer was lost", async () => {
    fixture.answer = () => ({ outcome: "unknown", reason: "No answer came." });
    await report();
    expect(await stateOfReport()).toBe("UNKNOWN");
    await invoke(deliver(sesMessage("Send", { send: {} })));
    expect(await stateOfReport()).toBe("SENT");
    expect(metrics()).toMatchObject({ MailsBounced: 0, MailsComplained: 0 });
  });

  it("settles an alert of a budget by its own tags", async () => {
    const id = { kind: "alert", date: "2026-01-01", audience: "everyone", alert: "0a".repeat(16) } as const;
    const lost = { outcome: "unknown", reason: "No answer came." } as const;
    const { runtime } = fixture.dependencies("2026-01-15T08:00:00Z");
    const dependencies = { state: fixture.state, runtime };
    await sendOnce(id, async () => ({ summary: null, send: async () => lost }), dependencies);
    const tags = { report: ["alert"], date: ["2026-01-01"], alert: [id.alert] };
    await invoke(deliver(sesMessage("Send", { send: {} }, { ...tags, alert: ["0b".repeat(16)] })));
    expect((await sendingOf(fixture.state, id))?.state).toBe("SENDING");
    await invoke(deliver(sesMessage("Send", { send: {} }, tags)));
    expect((await sendingOf(fixture.state, id))?.state).toBe("SENT");
    expect(lines).toContainEqual(
      expect.objectContaining({ message: "The alert is SENT.", report: "alert/2026-01-01/everyone" }),
    );
  });

  it("of a delivery keeps it SENT, any number of times", async () => {
    await report();
    const delivery = sesMessage("Delivery", {
      delivery: { timestamp: "2026-01-15T08:00:02.000Z", recipients: ["finance@example.com"] },
    });
    await invoke(deliver(delivery, delivery));
    await invoke(deliver(delivery));
    expect(await stateOfReport()).toBe("SENT");
  });

  it("of a permanent bounce marks the recipient, and later reports leave it out", async () => {
    await report();
    await invoke(deliver(bounce("Permanent", "Gone@Example.com")));
    expect(await stateOfReport()).toBe("BOUNCED");
    expect(metrics()).toMatchObject({ MailsBounced: 1 });
    await fixture.publish({ through: "2026-01-15" });
    const { reports } = await report("2026-01-16T08:00:00Z");
    expect(fixture.sent.map(({ to }) => to)).toEqual([RECIPIENTS, ["finance@example.com"]]);
    expect(reports[0]?.leftOut).toEqual([{ address: "gone@example.com", reason: "bounce" }]);
  });

  it("of a bounce that may pass marks nobody", async () => {
    await report();
    await invoke(deliver(bounce("Transient")));
    expect(metrics()).toMatchObject({ MailsBounced: 1 });
    expect(await markedRecipients(fixture.state, RECIPIENTS, NOW)).toEqual([]);
  });

  it("of a complaint marks the recipient for longer than a bounce does", async () => {
    await report();
    await invoke(deliver(complaint, bounce("Permanent", "finance@example.com"), bounce("Permanent")));
    expect(metrics()).toMatchObject({ MailsComplained: 1, MailsBounced: 2 });
    expect(await markedRecipients(fixture.state, RECIPIENTS, "2026-03-01T00:00:00Z")).toEqual([
      { address: "finance@example.com", reason: "complaint" },
    ]);
  });

  it.each([
    ["bounce", bounce("Permanent"), { MailsBounced: 1, MailsComplained: 0 }],
    ["complaint", complaint, { MailsBounced: 0, MailsComplained: 1 }],
  ])("of a %s that SNS delivers again is counted once", async (_kind, message, counted) => {
    await report();
    await invoke(deliver(message, message));
    expect(metrics()).toMatchObject(counted);
    await invoke(deliver(message));
    expect(metrics()).toMatchObject({ MailsBounced: 0, MailsComplained: 0 });
  });

  it("of each recipient is counted, also where their masked addresses are the same", async () => {
    await report();
    await invoke(deliver(bounce("Permanent"), bounce("Permanent", "gina@example.com")));
    expect(metrics()).toMatchObject({ MailsBounced: 2 });
  });

  it("is counted once it is recorded, not when the state store was down", async () => {
    await report();
    const state: StateStore = {
      ...fixture.state,
      putIfVersion: async () => {
        throw new StateError("access-denied", "The table cannot be written.");
      },
    };
    await expect(invoke(deliver(bounce("Transient")), state)).rejects.toThrow("cannot be written");
    expect(metrics()).toMatchObject({ MailsBounced: 0 });
    await invoke(deliver(bounce("Transient")));
    expect(metrics()).toMatchObject({ MailsBounced: 1 });
  });

  it("leaves an audience without recipients unsent, with a sentence", async () => {
    await report();
    await invoke(deliver(complaint, bounce("Permanent")));
    await fixture.publish({ through: "2026-01-15" });
    const { failures } = await report("2026-01-16T08:00:00Z");
    expect(failures.map(({ error }) => String(error))).toEqual([
      "NoRecipientError: Every recipient of everyone is left out after a bounce or a complaint. Give the audience an address that takes mail.",
    ]);
    expect(fixture.sent.length).toBe(1);
  });

  it.each([
    sesMessage("Open", { open: {} }),
    sesMessage("Bounce"),
    sesMessage("Send", {}, { report: ["budget"] }),
    sesMessage("Send", {}, { report: ["alert"] }),
    sesMessage("Send", {}, { report: ["alert"], alert: ["../x"] }),
    sesMessage("Send", {}, { date: ["yesterday"] }),
    sesMessage("Send", {}, { audience: ["../x"] }),
    sesMessage("Send", {}, { attempt: ["0"] }),
    "Successfully validated SNS topic for Amazon SES event publishing.",
    sesMessage("Send", {}, { date: ["2025-12-31"] }),
  ])("that is not of a report is left out, with a line in the log: %#", async (message) => {
    await report();
    await invoke(deliver(message));
    const [line] = lines;
    expect(line?.message).toMatch(/was ignored|was left out/);
    expect(await stateOfReport()).toBe("SENT");
  });

  it.each([
    [{}, "no delivery of SNS"],
    [{ Records: [] }, "no delivery of SNS"],
    [{ Records: [{ EventSource: "aws:sqs", body: "{}" }] }, "no delivery of SNS"],
    [deliver("no JSON"), "it is not JSON"],
    [deliver("{}"), "no event of SES: eventType"],
    [deliver('{"eventType":"Send","mail":{"messageId":1}}'), "no event of SES: mail.messageId"],
  ])("that is malformed is an error: %#", async (event, sentence) => {
    await expect(invoke(event)).rejects.toThrow(sentence);
  });

  it("that is malformed does not keep the others of its delivery from being recorded", async () => {
    await report();
    await expect(invoke(deliver("no JSON", bounce("Permanent")))).rejects.toThrow("it is not JSON");
    expect(await stateOfReport()).toBe("BOUNCED");
  });

  it("is an error when the state store is down, so that SNS delivers it again", async () => {
    const state: StateStore = {
      ...fixture.state,
      get: async () => {
        throw new StateError("unreachable", "The table cannot be reached.");
      },
    };
    await expect(invoke(deliver(bounce("Permanent")), state)).rejects.toThrow("The table cannot be reached.");
  });

  it("leaves no address in log and records", async () => {
    await report();
    await invoke(deliver(bounce("Permanent"), complaint));
    expect(JSON.stringify(lines)).not.toMatch(/finance@|gone@/);
    const all = await Promise.all(
      ["report#2026-01-14", "recipients", "audiences", "mail-events"].map((partition) =>
        fixture.state.list(partition),
      ),
    );
    expect(all.flat().length).toBeGreaterThan(3);
    expect(JSON.stringify(all)).not.toMatch(/finance@|gone@/);
  });
});
