import type { MessageTags, RenderedMessage } from "./message.ts";
import type { SendOutcome } from "./send-outcome.ts";

/** Posts a message to a channel of people or programs, in one attempt: SNS, Slack, Teams, a webhook, a log. */
export interface Notifier {
  /** The way in words, for messages, without a secret: `the Slack webhook`, `the topic dapanoskop-report`. */
  readonly place: string;
  /** Never throws for what the other side does: every failure is an outcome. */
  notify(message: RenderedMessage, tags: MessageTags): Promise<SendOutcome>;
}
