import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** What an SMTP server does instead of taking a mail, by the command at which it does it. */
export interface SmtpScript {
  readonly greeting?: SmtpStep;
  readonly auth?: SmtpStep;
  readonly from?: SmtpStep;
  /** Only for recipients that contain this text. */
  readonly recipient?: { readonly of: string; readonly step: SmtpStep };
  /** When the first bytes of the message arrive. */
  readonly begin?: SmtpStep;
  /** When the whole message has arrived. */
  readonly end?: SmtpStep;
}

/** An answer with its status, a closed connection, or none at all. */
export type SmtpStep = { readonly status: number; readonly words: string } | "closes" | "is silent";

export interface SmtpReceiver {
  readonly port: number;
  /** The messages that arrived whole, as they were sent. */
  readonly messages: readonly Buffer[];
  /** `MAIL FROM` commands. */
  readonly attempts: () => number;
  /** User and password of each sign-in. */
  readonly signIns: readonly string[];
  /** Whether each mail came by TLS. */
  readonly encrypted: readonly boolean[];
  close(): Promise<void>;
}

/** A real SMTP server on loopback that follows a script. Without one it takes every mail. */
export async function smtpReceiver(
  script: SmtpScript = {},
  options: SMTPServerOptions = {},
): Promise<SmtpReceiver> {
  const messages: Buffer[] = [];
  const signIns: string[] = [];
  const encrypted: boolean[] = [];
  const sockets = new Set<Socket>();
  let attempts = 0;

  function follow(step: SmtpStep | undefined, done: (error?: Error | null) => void): void {
    if (step === undefined) done();
    else if (step === "closes") for (const socket of sockets) socket.destroy();
    else if (step !== "is silent") done(Object.assign(new Error(step.words), { responseCode: step.status }));
  }

  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onConnect: (_session, done) => follow(script.greeting, done),
    onAuth({ username = "", password = "" }, _session, done) {
      signIns.push(`${username}:${password}`);
      follow(script.auth, (error) => (error ? done(error) : done(null, { user: username })));
    },
    onMailFrom(_address, { secure }, done) {
      attempts += 1;
      encrypted.push(secure);
      follow(script.from, done);
    },
    onRcptTo({ address }, _session, done) {
      const { of = null, step } = script.recipient ?? {};
      follow(of !== null && address.includes(of) ? step : undefined, done);
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      if (script.begin !== undefined) stream.once("data", () => follow(script.begin, done));
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        messages.push(Buffer.concat(chunks));
        follow(script.end, done);
      });
    },
    ...options,
  });
  server.on("error", () => {});
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  });
  // Every interface, so that a test has an address that is not one of loopback.
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", () => resolve()));
  const address = server.server.address() as AddressInfo;
  return {
    port: address.port,
    messages,
    attempts: () => attempts,
    signIns,
    encrypted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
