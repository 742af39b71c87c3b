import type { Instant } from "@dapanoskop/core/calendar";
import { type Mail, tagHeaders } from "@dapanoskop/core/sending";
import MailComposer from "nodemailer/lib/mail-composer";

/** A mail as bytes of RFC 5322, with its `Message-ID`. */
export interface MimeMessage {
  readonly bytes: Uint8Array;
  readonly messageId: string;
}

/** Writes a mail with text and HTML as alternatives. Its addresses and tags are checked by `mailProblem` before. */
export async function mimeMessage({ from, to, message, tags }: Mail, date: Instant): Promise<MimeMessage> {
  const node = new MailComposer({
    from,
    to: [...to],
    subject: message.subject,
    text: message.text,
    html: message.html,
    // No program answers this mail with a notice of absence (RFC 3834).
    headers: { ...tagHeaders(tags), "Auto-Submitted": "auto-generated" },
    date: new Date(date),
    // The content is text alone: nothing in it is read as a path or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: "windows",
  }).compile();
  const messageId = node.messageId();
  return { bytes: await node.build(), messageId };
}
