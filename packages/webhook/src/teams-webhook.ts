import type { Notifier, RenderedMessage } from "@dapanoskop/core/sending";
import { type WebhookBody, type WebhookOptions, webhookNotifier } from "./webhook-notifier.ts";

/**
 * Posts the text of a message as an Adaptive Card to a webhook of Teams Workflows (the template "Send webhook alerts to a
 * channel"). An accepted card has started the workflow, which can still fail in Power Automate. A text that is too long for
 * Teams is shortened, and says so.
 * @param url a secret: no outcome contains it. One that is not https (http on loopback) is refused by `notify`
 */
export const teamsWebhook = (url: string, options: WebhookOptions = {}): Notifier =>
  webhookNotifier({ place: "the Teams webhook", renewal: RENEWAL, urlProblem, bodyOf }, url, options);

const RENEWAL =
  'Create a new one in Teams (the channel, "Workflows", "Send webhook alerts to a channel"), and store its URL.';

/** Microsoft ended the connectors of Microsoft 365 in 2026: their addresses take no card. */
const urlProblem = ({ hostname, pathname }: URL): string | null =>
  hostname.endsWith(".webhook.office.com") ||
  (hostname === "outlook.office.com" && pathname.startsWith("/webhook/"))
    ? `The URL of the Teams webhook is one of a connector of Microsoft 365, and Microsoft has ended these. ${RENEWAL}`
    : null;

// "Approximately 28 KB" for a message: https://learn.microsoft.com/connectors/teams/ (known issues and limitations).
const LONGEST_BODY = 27_000;

function bodyOf({ subject, text }: RenderedMessage): WebhookBody {
  const lines = text.trimEnd().split("\n");
  const whole = cardOf(subject, lines);
  if (bytesOf(whole) <= LONGEST_BODY) return { body: whole, problem: null };
  // Half of the remaining lines at a time: every length is measured as it is posted.
  let kept = 0;
  for (let more = lines.length; more >= 1; more = Math.floor(more / 2)) {
    while (kept + more < lines.length && bytesOf(shortened(subject, lines, kept + more)) <= LONGEST_BODY) {
      kept += more;
    }
  }
  const body = shortened(subject, lines, kept);
  if (bytesOf(body) <= LONGEST_BODY) return { body, problem: null };
  return {
    body: null,
    problem: "The message was not posted: its subject alone is too long for Teams. Shorten it.",
  };
}

function shortened(subject: string, lines: readonly string[], kept: number): string {
  const left = lines.length - kept;
  const statement = `Shortened: ${left} more ${left === 1 ? "line is" : "lines are"} left out, because Teams shows 28 kB.`;
  return cardOf(subject, [...lines.slice(0, kept), "", statement]);
}

const bytesOf = (text: string) => Buffer.byteLength(text);

/** An Adaptive Card, version 1.5: the newest that Teams shows. */
function cardOf(subject: string, lines: readonly string[]): string {
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.5",
    // The text has columns.
    msteams: { width: "Full" },
    fallbackText: subject,
    body: [
      paragraph({ text: subject, weight: "Bolder", size: "Medium" }),
      ...lines.map((line, at) => ({
        ...paragraph({ text: line === "" ? " " : line, fontType: "Monospace" }),
        spacing: at === 0 ? "Medium" : "None",
      })),
    ],
  };
  return JSON.stringify({
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
  });
}

/** A text run, and no text block: Markdown in a text block would make links and images of names from the bill. */
const paragraph = (run: object) => ({ type: "RichTextBlock", inlines: [{ type: "TextRun", ...run }] });
