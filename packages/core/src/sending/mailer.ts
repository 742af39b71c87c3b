import type { MessageTags, RenderedMessage } from "./message.ts";
import type { SendOutcome } from "./send-outcome.ts";

/** Sends a mail, in one attempt: the caller decides about another one. */
export interface Mailer {
  /** The way in words, for messages: `Amazon SES in eu-west-1`, a folder, an SMTP server. */
  readonly place: string;
  /** Never throws for what the other side does: every failure is an outcome. */
  send(mail: Mail): Promise<SendOutcome>;
}

export interface Mail {
  readonly from: string;
  /** At least one address. All of them are in one message. */
  readonly to: readonly string[];
  /** `slack` and `json` are not used. */
  readonly message: RenderedMessage;
  readonly tags: MessageTags;
}
