import type { Mailer } from "@dapanoskop/core/sending";

export interface SmtpOptions {
  /** Where `SMTP_USER` and `SMTP_PASSWORD` are read when the URL has no user; the process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Sends by an SMTP server.
 * @param url `smtps://mail.example.com` (TLS from the start, port 465) or `smtp://mail.example.com:587` (STARTTLS, which is
 * demanded unless the server is on loopback), with `user:password@` or without. A URL that is none of these is refused by
 * `send`, in a sentence without it.
 */
export function smtpMailer(_url: string, _options: SmtpOptions = {}): Mailer {
  return {
    place: "the SMTP server",
    send: async () => ({ outcome: "refused", isRetryable: false, reason: "Mail is not sent by SMTP yet." }),
  };
}
