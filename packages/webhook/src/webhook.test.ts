import { gzipSync } from "node:zlib";
import type { Notifier, SendOutcome } from "@dapanoskop/core/sending";
import {
  aRenderedMessage,
  type Behavior,
  notifierContract,
  type OpenSender,
  someTags,
} from "@dapanoskop/core/sending/testing";
import { describe, expect, it } from "vitest";
import { jsonWebhook, slackWebhook, teamsWebhook, type WebhookOptions } from "./index.ts";
import { failureOf } from "./post.ts";
import {
  answersTls,
  breaksOff,
  drops,
  isSilent,
  type ReceivedPost,
  type ReceiverAnswer,
  receiver,
  SECRET,
  says,
  trickles,
} from "./testing/receiver.ts";

type Webhook = (url: string, options?: WebhookOptions) => Notifier;

/** In milliseconds. Only where no whole answer arrives does a test wait so long. */
const TIMEOUT = 1_000;

const KINDS: readonly (readonly [string, Webhook, string])[] = [
  ["Slack", slackWebhook, "ok"],
  ["Teams", teamsWebhook, ""],
  ["JSON", jsonWebhook, '{"done":true}'],
];

async function opened(webhook: Webhook, answer: ReceiverAnswer | null): Promise<OpenSender<Notifier>> {
  const { url, posts, close } = await receiver(answer);
  return { sender: webhook(url, { timeout: TIMEOUT }), arrived: () => posts.length, close };
}

/** A webhook on a port that nothing listens on any more. */
async function absent(webhook: Webhook): Promise<OpenSender<Notifier>> {
  const { url, posts, close } = await receiver(says(200));
  await close();
  return { sender: webhook(url), arrived: () => posts.length, close: async () => {} };
}

for (const [name, webhook, ok] of KINDS) {
  const open: Record<Behavior, () => Promise<OpenSender<Notifier>>> = {
    accepts: () => opened(webhook, says(200, ok)),
    "is busy": () => opened(webhook, says(429, "rate_limited", { "retry-after": "30" })),
    refuses: () => opened(webhook, says(403, `no access to ${SECRET}`)),
    "loses the answer": () => opened(webhook, drops),
    "is not there": () => absent(webhook),
  };
  notifierContract({ describe, it, expect }, { name: `${name} webhook`, secrets: [SECRET], open });
}

interface Delivered {
  readonly outcome: SendOutcome;
  readonly posts: readonly ReceivedPost[];
}

async function deliver(
  webhook: Webhook,
  answer: ReceiverAnswer | null,
  message = aRenderedMessage(),
): Promise<Delivered> {
  const { url, posts, close } = await receiver(answer);
  try {
    return { outcome: await webhook(url, { timeout: TIMEOUT }).notify(message, someTags), posts };
  } finally {
    await close();
  }
}

const withoutAnswer = (webhook: Webhook, url: string) => webhook(url).notify(aRenderedMessage(), someTags);

describe.each(KINDS)("a %s webhook", (_, webhook, ok) => {
  it("gets JSON by POST, with the tags as header fields, on a connection of its own", async () => {
    const { url, posts, connections, close } = await receiver(says(200, ok));
    await webhook(url).notify(aRenderedMessage(), someTags);
    await webhook(url).notify(aRenderedMessage(), someTags);
    expect(connections()).toBe(2);
    await close();
    expect(posts[0]).toMatchObject({
      method: "POST",
      path: new URL(url).pathname + new URL(url).search,
      headers: {
        "content-type": "application/json; charset=utf-8",
        connection: "close",
        "x-dapanoskop-report": "daily",
        "x-dapanoskop-date": "2026-01-14",
        "x-dapanoskop-audience": "everyone",
        "x-dapanoskop-attempt": "1",
      },
    });
    expect(() => JSON.parse(posts[0]?.body ?? "")).not.toThrow();
  });

  it.each([
    ["500", says(500, "oops")],
    ["502 of a proxy", says(502, "<html>")],
    ["408", says(408)],
    ["no answer in time", isSilent],
    ["a connection that closes after the request", drops],
    ["a connection that closes before the request is read", null],
  ])("leaves it unknown whether the message arrived after %s", async (_answer, answer) => {
    const { outcome } = await deliver(webhook, answer);
    expect(outcome).toMatchObject({ outcome: "unknown" });
  });

  it.each([
    ["speaks no TLS", answersTls("HTTP/1.1 400 Bad Request\r\n\r\n")],
    // A fatal alert (2) handshake_failure (40): https://www.rfc-editor.org/rfc/rfc8446#section-6
    ["agrees on no cipher", answersTls(Buffer.from([21, 3, 3, 0, 2, 2, 40]))],
    ["closes the connection in the handshake", answersTls("")],
  ])("was certainly not posted to where a server %s", async (_what, server) => {
    const { url, close } = await server;
    const outcome = await withoutAnswer(webhook, url);
    await close();
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: true });
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
  });

  it("was certainly not posted to on a port that fetch never uses", async () => {
    const outcome = await withoutAnswer(webhook, `https://127.0.0.1:6000/${SECRET}`);
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: true });
    expect(JSON.stringify(outcome)).toMatch(/bad port.*the host and port in its URL/);
  });

  it.each([301, 302, 303, 307, 308])("does not follow a redirect (%i)", async (status) => {
    const elsewhere = await receiver(says(200, ok));
    const { outcome, posts } = await deliver(webhook, says(status, "", { location: elsewhere.url }));
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(posts).toHaveLength(1);
    expect(elsewhere.connections()).toBe(0);
    await elsewhere.close();
  });

  it("takes the status for the answer when its body breaks off or does not end", async () => {
    const answers = [breaksOff(200), trickles(200), breaksOff(404), trickles(404)];
    const delivered = await Promise.all(answers.map((answer) => deliver(webhook, answer)));
    const outcomes = delivered.map(({ outcome }) => outcome.outcome);
    expect(outcomes).toEqual(["accepted", "accepted", "refused", "refused"]);
  });

  it.each([
    ["is no URL", `hooks.example.com/${SECRET}`, /is not a URL/],
    ["is empty", "", /is not a URL/],
    ["is not encrypted", `http://hooks.example.com/${SECRET}`, /does not begin with https/],
    ["only looks like loopback", `http://127.0.0.1.example.com/${SECRET}`, /does not begin with https/],
    ["is a file", `file:///${SECRET}`, /does not begin with https/],
    ["is a link of a page", `javascript:${SECRET}`, /does not begin with https/],
    ["is a link-local address", `http://169.254.169.254/${SECRET}`, /does not begin with https/],
    ["is a private address", `http://10.0.0.1/${SECRET}`, /does not begin with https/],
    ["is every address of the machine", `http://0.0.0.0/${SECRET}`, /does not begin with https/],
    ["is loopback as an address of IPv6", `http://[::ffff:127.0.0.1]/${SECRET}`, /does not begin with https/],
    ["is a name that a resolver decides", `http://localhost./${SECRET}`, /does not begin with https/],
    ["is a name below localhost", `http://a.localhost/${SECRET}`, /does not begin with https/],
    ["has loopback as a user", `http://localhost@example.com/${SECRET}`, /does not begin with https/],
    ["has loopback as a part", `http://example.com\\@localhost/${SECRET}`, /does not begin with https/],
    ["has a password", `https://user:${SECRET}@hooks.example.com/`, /contains a user or a password/],
  ])("refuses a URL that %s, in a sentence without it", async (_what, url, sentence) => {
    const outcome = await withoutAnswer(webhook, url);
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(JSON.stringify(outcome)).toMatch(sentence);
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
  });

  it("posts to loopback by http in no function: its own runtime is there", async () => {
    const { url, connections, close } = await receiver(says(200, ok));
    const outcome = await webhook(url, { loopback: false }).notify(aRenderedMessage(), someTags);
    expect([outcome.outcome, connections()]).toEqual(["refused", 0]);
    expect(JSON.stringify(outcome)).not.toMatch(new RegExp(`${SECRET}|loopback`));
    await close();
  });

  it.each([
    [
      "a redirect to a link-local address",
      says(307, "", { location: "http://169.254.169.254/latest/" }),
      "refused",
    ],
    ["a redirect to another protocol", says(302, "", { location: "file:///etc/passwd" }), "refused"],
    [
      "an answer that unpacks to 100 MB",
      says(200, gzipSync(Buffer.alloc(100_000_000)), { "content-encoding": "gzip" }),
      null,
    ],
    ["an answer that is not packed as it says", says(200, ok, { "content-encoding": "gzip" }), "accepted"],
    ["a head of 40 kB", says(200, ok, { "x-long": "x".repeat(40_000) }), "unknown"],
    ["a status that is none", says(999, ok), "unknown"],
    ["a pause without an end", says(429, "", { "retry-after": "9".repeat(400) }), "refused"],
    ["a refusal in other words", says(400, "constructor __proto__ \u0000\u202e"), "refused"],
  ])("ends soon and says nothing of the answer, to %s", async (_what, answer, expected) => {
    const { outcome, posts } = await deliver(webhook, answer);
    // What Slack would not say is not taken for an acceptance.
    expect(outcome.outcome).toBe(expected ?? (ok === "ok" ? "unknown" : "accepted"));
    expect(posts).toHaveLength(1);
    expect(JSON.stringify(outcome)).not.toMatch(/169\.254|etc\/passwd|constructor|9{7}|\u202e/);
  });

  it("tells how long a service asks to wait", async () => {
    const { outcome } = await deliver(webhook, says(429, "", { "retry-after": "30" }));
    expect(outcome).toMatchObject({ isRetryable: true, reason: expect.stringContaining("a pause of 30 s") });
    const other = await deliver(webhook, says(429, "", { "retry-after": "Wed, 14 Jan 2026 08:00:00 GMT" }));
    expect(other.outcome).toMatchObject({ isRetryable: true, reason: expect.not.stringContaining("pause") });
  });
});

describe("the Slack webhook", () => {
  it("gets text and blocks", async () => {
    const { posts } = await deliver(slackWebhook, says(200, "ok"));
    expect(JSON.parse(posts[0]?.body ?? "")).toEqual(aRenderedMessage().slack);
  });

  it.each([
    ["invalid_payload", 400, /error of the program/],
    ["no_service", 404, /Create a new webhook/],
    ["channel_is_archived", 410, /Unarchive the channel/],
    ["channel_not_found", 404, /Create a new webhook/],
    ["action_prohibited", 403, /owner of the workspace/],
    ["posting_to_general_channel_denied", 403, /owner of the workspace/],
    ["team_disabled", 403, /disabled the workspace/],
  ])("refused with %s says what to do", async (answer, status, advice) => {
    const { outcome } = await deliver(slackWebhook, says(status, answer));
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(JSON.stringify(outcome)).toContain(`(${answer})`);
    expect(JSON.stringify(outcome)).toMatch(advice);
  });

  it("with too many messages may be posted to again later", async () => {
    const { outcome } = await deliver(slackWebhook, says(403, "message_limit_exceeded"));
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: true });
  });

  it("that answers 200 with something that Slack does not say is not taken for an acceptance", async () => {
    const { outcome } = await deliver(slackWebhook, says(200, "<html>Sign in</html>"));
    expect(outcome).toMatchObject({ outcome: "unknown" });
  });

  it.each([
    ["51 blocks", { text: "x", blocks: Array.from({ length: 51 }, () => ({ type: "divider" })) }],
    ["40,001 characters", { text: "x".repeat(40_001), blocks: [] }],
  ])("gets no message of %s, which Slack would refuse", async (_, slack) => {
    const { outcome, posts } = await deliver(slackWebhook, says(200, "ok"), aRenderedMessage({ slack }));
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(posts).toEqual([]);
  });
});

describe("the Teams webhook", () => {
  interface Card {
    readonly body: readonly {
      readonly type: string;
      readonly inlines: readonly { readonly text: string }[];
    }[];
  }

  const cardOf = ({ posts }: Delivered): Card => JSON.parse(posts[0]?.body ?? "").attachments[0].content;
  const linesOf = (card: Card) => card.body.map(({ inlines }) => inlines[0]?.text ?? "");

  it("gets an Adaptive Card with the subject and every line of the text", async () => {
    const delivered = await deliver(teamsWebhook, says(202));
    const { subject, text } = aRenderedMessage();
    expect(delivered.outcome).toEqual({ outcome: "accepted", messageId: null });
    expect(JSON.parse(delivered.posts[0]?.body ?? "")).toMatchObject({
      type: "message",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.adaptive",
          content: { type: "AdaptiveCard", version: "1.5" },
        },
      ],
    });
    const [heading, ...lines] = linesOf(cardOf(delivered));
    expect(heading).toBe(subject);
    expect(lines.map((line) => (line === " " ? "" : line)).join("\n")).toBe(text.trimEnd());
  });

  it("gets names as text runs alone, where Markdown and mentions mean nothing", async () => {
    const text = "[click](https://evil.example) ![](https://evil.example/x.png) <at>everyone</at>";
    const card = cardOf(await deliver(teamsWebhook, says(202), aRenderedMessage({ text })));
    expect(linesOf(card)).toContain(text);
    expect(card.body.every(({ type }) => type === "RichTextBlock")).toBe(true);
    expect(JSON.stringify(card)).not.toMatch(/"type":"(?:TextBlock|Image|Action|mention)/);
  });

  it("gets as many lines as fit into 27,000 bytes, and how many are left out", async () => {
    for (const line of ["x".repeat(50), "データ基盤", "x".repeat(9_000), "x".repeat(40_000)]) {
      const all = Array.from({ length: 2_000 }, () => line);
      const delivered = await deliver(teamsWebhook, says(202), aRenderedMessage({ text: all.join("\n") }));
      const bytes = Buffer.byteLength(delivered.posts[0]?.body ?? "");
      const kept = linesOf(cardOf(delivered)).filter((text) => text === line).length;
      expect(bytes).toBeLessThanOrEqual(27_000);
      // One more line would not have fit.
      expect(bytes + Buffer.byteLength(line) + 150).toBeGreaterThan(27_000);
      expect(linesOf(cardOf(delivered)).at(-1)).toBe(
        `Shortened: ${2_000 - kept} more lines are left out, because Teams shows 28 kB.`,
      );
    }
  });

  it("gets no message whose subject alone is too long", async () => {
    const { outcome, posts } = await deliver(
      teamsWebhook,
      says(202),
      aRenderedMessage({ subject: "x".repeat(30_000) }),
    );
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(posts).toEqual([]);
  });

  it.each([
    `https://contoso.webhook.office.com/webhookb2/${SECRET}`,
    `https://outlook.office.com/webhook/${SECRET}`,
  ])("of a connector, which Microsoft has ended, is refused before anything is sent", async (url) => {
    const outcome = await withoutAnswer(teamsWebhook, url);
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(JSON.stringify(outcome)).toMatch(/has ended these\. Create a new one in Teams/);
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
  });
});

describe("an error of fetch", () => {
  const fetchError = (cause: object) => new TypeError("fetch failed", { cause });

  it.each([
    ["a time-out of connecting", { code: "UND_ERR_CONNECT_TIMEOUT" }, "unsent"],
    ["an unknown host", { code: "ENOTFOUND", syscall: "getaddrinfo" }, "unsent"],
    ["a time-out of the system's while connecting", { code: "ETIMEDOUT", syscall: "connect" }, "unsent"],
    ["no address of a host that answers", { name: "AggregateError" }, "unsent"],
    ["an expired certificate", { code: "CERT_HAS_EXPIRED" }, "untrusted"],
    ["a certificate of another host", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }, "untrusted"],
    [
      "a version of TLS that the other side refuses",
      { code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" },
      "unsent",
    ],
    ["a TLS alert that can follow the request", { code: "ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR" }, "lost"],
    ["a damaged TLS record", { code: "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC" }, "lost"],
    ["a reset", { code: "ECONNRESET", syscall: "read" }, "lost"],
    ["a closed connection", { code: "UND_ERR_SOCKET" }, "lost"],
    ["a time-out of the head", { code: "UND_ERR_HEADERS_TIMEOUT" }, "lost"],
    ["anything else", {}, "lost"],
  ])("for %s says what is known", (_, cause, kind) => {
    expect(failureOf(fetchError(cause)).kind).toBe(kind);
  });

  it("without a cause is a lost answer", () => {
    expect(failureOf(new DOMException("", "TimeoutError"))).toEqual({ kind: "lost", code: "TimeoutError" });
    expect(failureOf("text").kind).toBe("lost");
  });
});
