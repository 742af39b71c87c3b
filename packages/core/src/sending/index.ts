export type { Mail, Mailer } from "./mailer.ts";
export type { MessageTags, RenderedMessage, SlackMessage } from "./message.ts";
export type { Notifier } from "./notifier.ts";
export type { SendOutcome } from "./send-outcome.ts";
