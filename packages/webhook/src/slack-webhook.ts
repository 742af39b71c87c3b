import {
  type Notifier,
  type RenderedMessage,
  refusedForGood,
  refusedForNow,
  type SendOutcome,
  unknownOutcome,
} from "@dapanoskop/core/sending";
import {
  type Answered,
  CHECK,
  type WebhookBody,
  type WebhookOptions,
  webhookNotifier,
} from "./webhook-notifier.ts";

// https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/reference/methods/chat.postMessage
const MOST_BLOCKS = 50;
const LONGEST_TEXT = 40_000;

const RENEWAL =
  'Create a new webhook on the page "Incoming Webhooks" of the Slack app (api.slack.com/apps), and store its URL.';

/**
 * Posts the Slack form of a message to an incoming webhook of a Slack app.
 * @param url a secret: no outcome contains it. One that is not https (http on loopback) is refused by `notify`
 */
export const slackWebhook = (url: string, options: WebhookOptions = {}): Notifier =>
  webhookNotifier({ place: "the Slack webhook", renewal: RENEWAL, bodyOf, meaningOf }, url, options);

function bodyOf({ slack: { text, blocks } }: RenderedMessage): WebhookBody {
  if (blocks.length > MOST_BLOCKS) {
    return tooLarge(`has ${blocks.length} blocks, and Slack takes ${MOST_BLOCKS}`);
  }
  if (text.length > LONGEST_TEXT) {
    return tooLarge(`has a text of ${text.length} characters, and Slack takes ${LONGEST_TEXT}`);
  }
  return { body: JSON.stringify({ text, blocks }), problem: null };
}

const tooLarge = (why: string): WebhookBody => ({
  body: null,
  problem: `The message was not posted: it ${why}. Report fewer cost centers.`,
});

/** Slack answers a post with `ok`, and a refusal with the name of its reason. */
function meaningOf({ status, body }: Answered): SendOutcome | null {
  const answer = body.trim();
  if (status === 200) {
    if (answer === "ok" || answer === "") return null;
    return unknownOutcome(
      `Whether the message was posted is not known: the answer has status 200, but Slack would say ok. Look for a proxy in between. ${CHECK}`,
    );
  }
  if (status < 400 || status >= 500) return null;
  if (answer === "message_limit_exceeded") {
    return refusedForNow(
      "The message was not posted: Slack's workspace has too many messages (message_limit_exceeded). Send it again later.",
    );
  }
  const advice = ADVICE.get(answer);
  if (advice === undefined) return null;
  return refusedForGood(`The message was not posted: Slack refused it (${answer}). ${advice}`);
}

// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
const MALFORMED =
  "This is an error of the program: report it with the output of the command that previews the message.";
const ASK_AN_OWNER = "Let an owner of the workspace permit it, or create a webhook for another channel.";
const ADVICE: ReadonlyMap<string, string> = new Map([
  ["action_prohibited", ASK_AN_OWNER],
  ["channel_is_archived", "Unarchive the channel, or create a webhook for another one and store its URL."],
  ["channel_not_found", RENEWAL],
  ["invalid_blocks", MALFORMED],
  ["invalid_payload", MALFORMED],
  ["invalid_token", RENEWAL],
  ["no_active_hooks", RENEWAL],
  ["no_service", RENEWAL],
  ["no_service_id", RENEWAL],
  ["no_team", RENEWAL],
  ["no_text", MALFORMED],
  ["posting_to_general_channel_denied", ASK_AN_OWNER],
  ["team_disabled", "Slack has disabled the workspace. Create a webhook in another one and store its URL."],
  ["too_many_attachments", MALFORMED],
  ["user_not_found", RENEWAL],
]);
