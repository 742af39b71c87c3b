import { Readable } from "node:stream";
import { rootCertificates } from "node:tls";
import { type Instant, instantOf } from "@dapanoskop/core/calendar";
import {
  type Mail,
  type Mailer,
  mailProblem,
  refusedForGood,
  type SendOutcome,
} from "@dapanoskop/core/sending";
import SMTPConnection, { type SMTPConnectionSendInfo } from "nodemailer/lib/smtp-connection";
import { mimeMessage } from "./mime-message.ts";
import { smtpOutcome } from "./smtp-failure.ts";
import { parseSmtpUrl, type SmtpServer } from "./smtp-url.ts";

export interface SmtpOptions {
  /** Where `SMTP_USER` and `SMTP_PASSWORD` are read when the URL has no user; the process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The longest silence of the server, in milliseconds. A whole conversation may take four times as long. */
  readonly timeout?: number;
  /** The certificate of an authority that is trusted besides those of Node, as PEM. */
  readonly certificateAuthority?: string;
}

/**
 * Sends by an SMTP server, one connection and one attempt a mail.
 * @param url `smtps://mail.example.com` (TLS from the start, port 465) or `smtp://mail.example.com:587` (STARTTLS, which is
 * demanded unless the server is on loopback), with `user:password@` or without. A URL that is none of these is refused by
 * `send`, in a sentence without it.
 */
export function smtpMailer(url: string, options: SmtpOptions = {}): Mailer {
  const { environment = process.env, timeout = 10_000, certificateAuthority = null } = options;
  const server = parseSmtpUrl(url, environment);
  return {
    place: "problem" in server ? "the SMTP server" : `the SMTP server ${server.host}`,
    async send(mail) {
      const problem = "problem" in server ? server.problem : mailProblem(mail);
      if ("problem" in server || problem !== null) return refusedForGood(problem ?? "");
      return sendBy(server, mail, { timeout, certificateAuthority });
    },
  };
}

interface ConnectionSettings {
  readonly timeout: number;
  readonly certificateAuthority: string | null;
}

async function sendBy(server: SmtpServer, mail: Mail, settings: ConnectionSettings): Promise<SendOutcome> {
  const { credentials } = server;
  const { bytes, messageId } = await mimeMessage(mail, now());
  let begun = false;
  const connection = connectionTo(server, settings);
  const { step, stop } = conversation(connection, 4 * settings.timeout);
  try {
    await step<void>((done) => connection.connect((error) => done(error ?? null)));
    if (credentials !== null) {
      if (!connection.allowsAuth) return refusedForGood(NO_SIGN_IN);
      const auth = { credentials: { user: credentials.user, pass: credentials.password } };
      await step((done) => connection.login(auth, done));
    }
    const body = new Readable({
      // The connection reads once the server has agreed to take the message.
      read() {
        begun = true;
        this.push(bytes);
        this.push(null);
      },
    });
    const envelope = { from: mail.from, to: [...mail.to], size: bytes.byteLength };
    const { rejected } = await step<SMTPConnectionSendInfo>((done) => connection.send(envelope, body, done));
    return acceptedExcept(messageId, rejected.length);
  } catch (error) {
    return smtpOutcome({ error, begun, secret: credentials?.password ?? null });
  } finally {
    stop();
  }
}

const connectionTo = (server: SmtpServer, { timeout, certificateAuthority }: ConnectionSettings) =>
  new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: !server.secure && !server.isLoopback,
    // On loopback nobody listens, and a test server has no certificate.
    ignoreTLS: server.isLoopback,
    tls: certificateAuthority === null ? {} : { ca: [...rootCertificates, certificateAuthority] },
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
  });

const NO_SIGN_IN =
  "The mail was not sent: the SMTP server offers no sign-in on this connection. Remove the user, or use the server's port for sign-in (465 or 587).";

function acceptedExcept(messageId: string, refused: number): SendOutcome {
  if (refused === 0) return { outcome: "accepted", messageId };
  const recipients = refused === 1 ? "1 recipient" : `${refused} recipients`;
  const warning = `The SMTP server refused ${recipients} and sent the mail to the others. Check the addresses.`;
  return { outcome: "accepted", messageId, warning };
}

type Done<Result> = (error: unknown, result?: Result) => void;

/** Makes the calls of a connection promises that also end when the connection does, or after so many milliseconds. */
function conversation(connection: SMTPConnection, longest: number) {
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // An error after the last step has no consequence.
  failed.catch(() => {});
  const late = Object.assign(new Error("the conversation takes too long"), { code: "ETIMEDOUT" });
  const timer = setTimeout(() => fail(late), longest);
  connection.on("error", fail);
  connection.on("end", () => fail(Object.assign(new Error("the connection ended"), { code: "ECONNECTION" })));
  return {
    step: <Result>(call: (done: Done<Result>) => void): Promise<Result> => {
      const made = new Promise<Result>((resolve, reject) => {
        call((error, result) => (error ? reject(error) : resolve(result as Result)));
      });
      return Promise.race([made, failed]);
    },
    stop: () => {
      clearTimeout(timer);
      connection.close();
    },
  };
}

const now = (): Instant => instantOf(new Date());
