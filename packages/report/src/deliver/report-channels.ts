import type { Mailer, MessageTags, Notifier, RenderedMessage, SendOutcome } from "@dapanoskop/core/sending";
import type { Channel } from "../audience/index.ts";

/** The senders of a deployment. Each is made when the first message needs it, so that its code is loaded only then. */
export interface ReportChannels {
  /** @throws Error when it cannot be made: nothing was sent */
  mailer(): Promise<Mailer>;
  /** @throws Error when it cannot be made, as where the secret of a webhook cannot be read: nothing was sent */
  notifier(channel: NotifiedChannel): Promise<Notifier>;
}

/** Every channel but mail. */
export type NotifiedChannel = Exclude<Channel, { readonly kind: "mail" }>;

/** A way to send a message, in one attempt. */
export type SendMessage = (message: RenderedMessage, tags: MessageTags) => Promise<SendOutcome>;

/** Makes the sender of a notified channel. */
export async function notifyBy(channels: ReportChannels, channel: NotifiedChannel): Promise<SendMessage> {
  const notifier = await channels.notifier(channel);
  return (message, tags) => notifier.notify(message, tags);
}

/** Makes the sender of a mail. */
export async function mailBy(
  channels: ReportChannels,
  from: string,
  to: readonly string[],
): Promise<SendMessage> {
  const mailer = await channels.mailer();
  return (message, tags) => mailer.send({ from, to, message, tags });
}
