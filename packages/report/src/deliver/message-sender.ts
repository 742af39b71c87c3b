import type { Audience } from "../audience/index.ts";
import { type MarkedRecipient, markedRecipients } from "../records/index.ts";
import type { DeliveryDependencies, DeliverySettings } from "./delivery.ts";
import { mailBy, notifyBy, type SendMessage } from "./report-channels.ts";

/** Nobody is left to mail to. */
export class NoRecipientError extends Error {
  override readonly name = "NoRecipientError";
}

/** What makes the sender of an audience. */
export type SenderDependencies = Pick<DeliveryDependencies, "channels" | "state" | "runtime">;

/**
 * Makes the sender of an audience. Recipients whose mail came back, and who complained, are left out.
 * @param leftOut takes those
 * @throws NoRecipientError, StateError, and what a channel throws: nothing was sent
 */
export async function messageSender(
  { name, channel }: Audience,
  { sender }: Pick<DeliverySettings, "sender">,
  { channels, state, runtime }: SenderDependencies,
  leftOut: MarkedRecipient[],
): Promise<SendMessage> {
  if (channel.kind !== "mail") return notifyBy(channels, channel);
  const marked = await markedRecipients(state, channel.recipients, runtime.clock.now());
  leftOut.push(...marked);
  const recipients = channel.recipients.filter((one) => !marked.some(({ address }) => address === one));
  if (sender !== null && recipients.length > 0) return mailBy(channels, sender, recipients);
  throw new NoRecipientError(
    sender === null
      ? `The report is mailed to ${name}, and no sender is set.`
      : `Every recipient of ${name} is left out after a bounce or a complaint. Give the audience an address that takes mail.`,
  );
}
