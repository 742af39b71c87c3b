import { describe, expect, it } from "vitest";
import { memoryState } from "../state/index.ts";
import { testRuntime } from "../testing/index.ts";
import { type SendingId, type SendOutcome, sendOnce, settle } from "./index.ts";

const id: SendingId = { kind: "report", date: "2026-03-07", audience: "everyone" };

describe("a message that one of several recipients did not get", () => {
  it("is SENT, and its record keeps the warning, also after its events", async () => {
    const dependencies = { state: memoryState(), runtime: testRuntime() };
    const warning =
      "The SMTP server refused 1 recipient and sent the mail to the others. Check the addresses.";
    const partly: SendOutcome = { outcome: "accepted", messageId: "1", warning };
    const { sending } = await sendOnce(
      id,
      async () => ({ summary: null, send: async () => partly }),
      dependencies,
    );
    expect(sending).toMatchObject({ state: "SENT", reason: warning, attempts: [{ reason: warning }] });
    const at = "2026-03-08T06:00:01Z";
    const event = {
      kind: "delivery",
      attempt: 1,
      at,
      messageId: "1",
      recipients: ["a@example.com"],
      reason: null,
    } as const;
    await settle(id, event, dependencies);
    const again = await sendOnce(id, async () => Promise.reject(new Error("not sent again")), dependencies);
    expect(again.sending).toMatchObject({ state: "SENT", reason: warning });
  });
});
