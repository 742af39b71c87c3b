import { type AddressInfo, createServer } from "node:net";
import type { Mail, Mailer, SendOutcome } from "@dapanoskop/core/sending";
import { aMail, aRenderedMessage, mailerContract, type OpenSender } from "@dapanoskop/core/sending/testing";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { selfSigned } from "../../../../tests/support/self-signed.ts";
import { type SmtpOptions, smtpMailer } from "./index.ts";
import { type SmtpReceiver, type SmtpScript, type SmtpStep, smtpReceiver } from "./testing/smtp-receiver.ts";

const PASSWORD = "pa:ss/w0rd@x";
const USER = `jane:${encodeURIComponent(PASSWORD)}@`;
const QUIET: SmtpOptions = { environment: {} };

/** For a server that does not answer: so long it is waited for, in milliseconds. */
const SHORT: SmtpOptions = { environment: {}, timeout: 1_000 };

const ofPort = (port: number, options = QUIET) => smtpMailer(`smtp://${USER}127.0.0.1:${port}`, options);

async function opened(script: SmtpScript): Promise<OpenSender<Mailer>> {
  const { port, attempts, close } = await smtpReceiver(script);
  return { sender: ofPort(port), arrived: attempts, close };
}

async function absent(): Promise<OpenSender<Mailer>> {
  const { port, attempts, close } = await smtpReceiver();
  await close();
  return { sender: ofPort(port), arrived: attempts, close: async () => {} };
}

const says = (status: number, words = "no"): SmtpStep => ({ status, words });

mailerContract(
  { describe, it, expect },
  {
    name: "SMTP",
    secrets: [PASSWORD, encodeURIComponent(PASSWORD), "jane:"],
    open: {
      accepts: () => opened({}),
      "is busy": () => opened({ from: says(451, "4.7.1 greylisted") }),
      refuses: () =>
        opened({ recipient: { of: "", step: says(550, "5.1.1 <joe.doe+aws@example.org> unknown") } }),
      "loses the answer": () => opened({ end: "closes" }),
      "is not there": absent,
    },
  },
);

interface SentBySmtp {
  readonly outcome: SendOutcome;
  readonly receiver: SmtpReceiver;
}

async function sent(script: SmtpScript, options = QUIET, own: Partial<Mail> = {}): Promise<SentBySmtp> {
  const receiver = await smtpReceiver(script);
  try {
    return { outcome: await ofPort(receiver.port, options).send(aMail(own)), receiver };
  } finally {
    await receiver.close();
  }
}

const reasonOf = (outcome: SendOutcome) => (outcome.outcome === "accepted" ? "" : outcome.reason);

describe("a mail by SMTP", () => {
  it("arrives with the same subject, text, HTML, addresses and tags", async () => {
    const { outcome, receiver } = await sent({});
    expect(receiver.messages).toHaveLength(1);
    const parsed = await PostalMime.parse(receiver.messages[0] ?? "");
    const { subject, text, html } = aRenderedMessage();
    expect(parsed.subject).toBe(subject);
    expect(parsed.text?.replaceAll("\r\n", "\n").trimEnd()).toBe(text.trimEnd());
    expect(parsed.html?.trimEnd()).toBe(html);
    expect(parsed.from).toMatchObject({ address: "costs@example.com" });
    expect(parsed.to?.map(({ address }) => address)).toEqual(aMail().to);
    const headers = Object.fromEntries(parsed.headers.map(({ key, value }) => [key, value]));
    expect(headers).toMatchObject({
      "x-dapanoskop-report": "daily",
      "x-dapanoskop-date": "2026-01-14",
      "x-dapanoskop-audience": "everyone",
      "x-dapanoskop-attempt": "1",
      "auto-submitted": "auto-generated",
    });
    expect(outcome).toEqual({ outcome: "accepted", messageId: parsed.messageId });
  });

  it("signs in with the user of the URL, before that of the environment", async () => {
    const { receiver } = await sent({}, { environment: { SMTP_USER: "x", SMTP_PASSWORD: "y" } });
    expect(receiver.signIns).toEqual([`jane:${PASSWORD}`]);
  });

  it("signs in with the user of the environment when the URL has none, and not at all without one", async () => {
    const receiver = await smtpReceiver();
    const url = `smtp://127.0.0.1:${receiver.port}`;
    await smtpMailer(url, { environment: { SMTP_USER: "jane", SMTP_PASSWORD: PASSWORD } }).send(aMail());
    await smtpMailer(url, { environment: { SMTP_USER: "jane" } }).send(aMail());
    await receiver.close();
    expect(receiver.signIns).toEqual([`jane:${PASSWORD}`]);
    expect(receiver.messages).toHaveLength(2);
  });

  it("that one of several recipients does not get is accepted, with a warning that names nobody", async () => {
    const { outcome, receiver } = await sent({ recipient: { of: "joe", step: says(550) } });
    expect(receiver.messages).toHaveLength(1);
    expect(outcome).toMatchObject({
      outcome: "accepted",
      warning: "The SMTP server refused 1 recipient and sent the mail to the others. Check the addresses.",
    });
  });
});

describe("a mail that the SMTP server does not take", () => {
  it.each<[string, SmtpScript, boolean, RegExp]>([
    ["the greeting, for now", { greeting: says(421, "busy") }, true, /"421 busy".*Send it again/],
    ["the greeting, for good", { greeting: says(554, "go away") }, false, /"554 go away"/],
    ["the sign-in", { auth: says(535, "bad") }, false, /when signing in\. Check user and password/],
    ["the sign-in, for now", { auth: says(454, "later") }, true, /"454 later"/],
    ["a sender who has not signed in", { from: says(530, "sign in") }, false, /SMTP_USER and SMTP_PASSWORD/],
    ["the sender", { from: says(553, "not yours") }, false, /about the sender\. Check its address/],
    [
      "every recipient",
      { recipient: { of: "@", step: says(550, "<joe.doe+aws@example.org> unknown") } },
      false,
      /"550 <\(mail address\)> unknown" about the recipients/,
    ],
    ["the message, for now", { end: says(452, "full") }, true, /"452 full"/],
    ["the message", { end: says(554, "spam") }, false, /"554 spam"/],
  ])("because it refuses %s was certainly not sent", async (_, script, isRetryable, sentence) => {
    const { outcome } = await sent(script);
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable });
    expect(reasonOf(outcome).replaceAll('\\"', '"')).toMatch(sentence);
    expect(reasonOf(outcome)).not.toMatch(/joe|jane/);
  });

  it.each<[string, SmtpScript]>([
    ["closes before its greeting", { greeting: "closes" }],
    ["closes at the sign-in", { auth: "closes" }],
    ["closes at the sender", { from: "closes" }],
    ["closes at the recipients", { recipient: { of: "", step: "closes" } }],
    ["has no greeting", { greeting: "is silent" }],
    ["is silent at the sender", { from: "is silent" }],
  ])("because it %s was certainly not sent, and may be sent again", async (_, script) => {
    const { outcome, receiver } = await sent(script, SHORT);
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: true });
    expect(receiver.messages).toEqual([]);
  });

  it.each<[string, SmtpScript]>([
    ["closes while it receives the message", { begin: "closes" }],
    ["closes after it received the message", { end: "closes" }],
    ["is silent after it received the message", { end: "is silent" }],
  ])("because it %s may have been sent", async (_, script) => {
    const { outcome, receiver } = await sent(script, SHORT, {
      message: aRenderedMessage({ text: "x\n".repeat(200_000) }),
    });
    expect(outcome).toMatchObject({ outcome: "unknown" });
    expect(receiver.attempts()).toBe(1);
  });

  it("is refused without the password when the server repeats it", async () => {
    const { outcome } = await sent({ auth: says(535, `wrong password ${PASSWORD}`) });
    expect(reasonOf(outcome)).toContain("wrong password (password)");
    expect(JSON.stringify(outcome)).not.toContain(PASSWORD);
  });

  it("is not sent without a sign-in that was asked for and is not offered", async () => {
    const receiver = await smtpReceiver({}, { disabledCommands: ["STARTTLS", "AUTH"] });
    const outcome = await ofPort(receiver.port).send(aMail());
    await receiver.close();
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(reasonOf(outcome)).toMatch(/offers no sign-in/);
    expect(receiver.attempts()).toBe(0);
  });
});

describe("the connection to an SMTP server", () => {
  // An address that leads to this machine, and is not one of loopback.
  const ELSEWHERE = "0.0.0.0";
  const certificate = selfSigned(new Date(), ELSEWHERE);
  const withTls = { ...certificate, disabledCommands: [] };

  async function sentElsewhere(
    protocol: string,
    options: object,
    own: SmtpOptions = {},
  ): Promise<SentBySmtp> {
    const receiver = await smtpReceiver({}, options);
    const mailer = smtpMailer(`${protocol}://${USER}${ELSEWHERE}:${receiver.port}`, { ...QUIET, ...own });
    try {
      return { outcome: await mailer.send(aMail()), receiver };
    } finally {
      await receiver.close();
    }
  }

  const trusted: SmtpOptions = { certificateAuthority: certificate.cert };

  it("is encrypted by STARTTLS, and nothing is sent where the server has none", async () => {
    const { outcome, receiver } = await sentElsewhere("smtp", withTls, trusted);
    expect(outcome).toMatchObject({ outcome: "accepted" });
    expect(receiver.encrypted).toEqual([true]);
    const plain = await sentElsewhere("smtp", { disabledCommands: ["STARTTLS"] }, trusted);
    expect(plain.outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(reasonOf(plain.outcome)).toMatch(/to STARTTLS\. Use smtps:\/\//);
    expect(plain.receiver.signIns).toEqual([]);
    expect(plain.receiver.attempts()).toBe(0);
  });

  it("is encrypted from the start with smtps", async () => {
    const { outcome, receiver } = await sentElsewhere("smtps", { ...certificate, secure: true }, trusted);
    expect(outcome).toMatchObject({ outcome: "accepted" });
    expect(receiver.encrypted).toEqual([true]);
  });

  it.each([
    ["smtp", withTls],
    ["smtps", { ...certificate, secure: true }],
  ])(
    "by %s is given up when the certificate is not trusted, before anything is sent",
    async (protocol, options) => {
      const { outcome, receiver } = await sentElsewhere(protocol, options);
      expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
      expect(reasonOf(outcome)).toMatch(/certificate.*NODE_EXTRA_CA_CERTS/);
      expect(receiver.signIns).toEqual([]);
      expect(receiver.attempts()).toBe(0);
    },
  );

  it("to a server that talks without an end is given up", async () => {
    const endless = createServer((socket) => {
      const timer = setInterval(() => socket.write("250-x\r\n"), 20);
      socket.write("220 here\r\n");
      socket.once("close", () => clearInterval(timer));
      socket.on("error", () => {});
    });
    await new Promise<void>((resolve) => endless.listen(0, "127.0.0.1", resolve));
    const { port } = endless.address() as AddressInfo;
    const outcome = await ofPort(port, { environment: {}, timeout: 250 }).send(aMail());
    await new Promise((resolve) => endless.close(resolve));
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: true });
    expect(reasonOf(outcome)).toContain('("ETIMEDOUT")');
  });
});

describe("the URL of an SMTP server", () => {
  it.each([
    ["nothing", "", /does not read like smtps/],
    ["no protocol", `jane:${PASSWORD}@mail.example.com`, /does not read like smtps/],
    ["another protocol", `https://${USER}mail.example.com`, /does not read like smtps/],
    ["no host", "smtp://", /does not read like smtps/],
    ["a path", `smtp://${USER}mail.example.com/inbox`, /has a path or a query/],
    ["a query", `smtp://${USER}mail.example.com?tls=no`, /has a path or a query/],
    ["a password that is not encoded", "smtp://jane:100%@mail.example.com", /a % without two digits/],
  ])("with %s is refused in a sentence without it", async (_, url, sentence) => {
    const mailer = smtpMailer(url, QUIET);
    const outcome = await mailer.send(aMail());
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(reasonOf(outcome)).toMatch(sentence);
    expect(JSON.stringify([outcome, mailer.place])).not.toMatch(/jane|pa:ss|inbox|100%/);
  });

  it("names its host alone", () => {
    expect(smtpMailer(`smtps://${USER}mail.example.com`).place).toBe("the SMTP server mail.example.com");
  });
});
