import { refusedForGood, refusedForNow, type SendOutcome, unknownOutcome } from "@dapanoskop/core/sending";
import { quoted } from "@dapanoskop/core/text";

/** What an SMTP conversation ended with. */
export interface SmtpFailure {
  readonly error: unknown;
  /** The server had begun to receive the message. */
  readonly begun: boolean;
  /** A text that may be nowhere: the password. */
  readonly secret: string | null;
}

/**
 * What an error of nodemailer means for the message. An answer of the server is certain, whenever it comes: 4xx asks for
 * another attempt later, 5xx refuses (RFC 5321, 4.2.1). Without an answer the message may have been sent once it had begun.
 */
export function smtpOutcome({ error, begun, secret }: SmtpFailure): SendOutcome {
  const answer = answerOf(error, secret);
  if (answer !== null) return answeredOutcome(answer);
  const code = textIn(error, "originalCode") ?? textIn(error, "code") ?? "unknown error";
  if (begun) {
    return unknownOutcome(
      `Whether the mail was sent is not known: the connection to the SMTP server was lost while it received the mail (${quoted(code)}). Check whether it arrived before you send it again.`,
    );
  }
  if (textIn(error, "code") === "ETLS" || NOT_TRUSTED.test(code)) {
    return refusedForGood(
      `The mail was not sent: no TLS connection to the SMTP server came about (${quoted(code)}). Check that its certificate is valid for the host of the URL; add the certificate of an authority of your own with NODE_EXTRA_CA_CERTS.`,
    );
  }
  if (code === "EAUTH") {
    return refusedForGood(
      "The mail was not sent: the SMTP server and this program have no way to sign in in common. Check that the server takes PLAIN, LOGIN or CRAM-MD5.",
    );
  }
  return refusedForNow(
    `The mail was not sent: no conversation with the SMTP server came about (${quoted(code)}). Check host and port of the URL, and the network's way to it.`,
  );
}

interface SmtpAnswer {
  readonly status: number;
  /** The command that was answered: `AUTH PLAIN`, `RCPT TO`. */
  readonly command: string;
  /** Quoted, without addresses and the password. */
  readonly words: string;
}

function answerOf(error: unknown, secret: string | null): SmtpAnswer | null {
  const status: unknown = Reflect.get(Object(error), "responseCode");
  if (typeof status !== "number" || status < 400) return null;
  const response = textIn(error, "response") ?? "";
  const masked = (secret === null ? response : response.replaceAll(secret, "(password)")).replaceAll(
    MAIL_ADDRESS,
    "(mail address)",
  );
  return { status, command: textIn(error, "command") ?? "", words: quoted(masked, 200) };
}

function answeredOutcome({ status, command, words }: SmtpAnswer): SendOutcome {
  const answered = `The mail was not sent: the SMTP server answered ${words}`;
  if (status < 500) return refusedForNow(`${answered}. Send it again in some minutes.`);
  if (command.startsWith("AUTH")) {
    return refusedForGood(`${answered} when signing in. Check user and password.`);
  }
  if (command === "STARTTLS") {
    return refusedForGood(`${answered} to STARTTLS. Use smtps://, or a server that encrypts.`);
  }
  if (status === 530) {
    return refusedForGood(
      `${answered}. Write user and password into the URL, or SMTP_USER and SMTP_PASSWORD.`,
    );
  }
  if (command === "MAIL FROM") return refusedForGood(`${answered} about the sender. Check its address.`);
  if (command === "RCPT TO")
    return refusedForGood(`${answered} about the recipients. Check their addresses.`);
  return refusedForGood(`${answered}. Correct what it names.`);
}

function textIn(value: unknown, key: string): string | null {
  const found: unknown = Reflect.get(Object(value), key);
  return typeof found === "string" ? found : null;
}

const MAIL_ADDRESS = /[^\s"'`<>,;:()]{1,64}@[^\s"'`<>,;:()]{1,253}/g;
const NOT_TRUSTED = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
