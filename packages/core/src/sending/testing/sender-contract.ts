import type { Mailer, MessageTags, Notifier, SendOutcome } from "../index.ts";
import { aMail, aRenderedMessage, someTags } from "./a-message.ts";

/** The parts of vitest that the suites use; an argument, so that this file does not load vitest. */
type SuiteFunctions = Pick<typeof import("vitest"), "describe" | "it" | "expect">;

/** What the other side does with a message. */
export type Behavior = "accepts" | "is busy" | "refuses" | "loses the answer" | "is not there";

/** A sender with the other side that it sends to. */
export interface OpenSender<Sender> {
  readonly sender: Sender;
  /** Messages that arrived at the other side so far: attempts, accepted or not. */
  arrived(): number;
  close(): Promise<void>;
}

export interface SenderUnderTest<Sender> {
  readonly name: string;
  /** Texts that no outcome and no place may contain: passwords, addresses of webhooks. */
  readonly secrets: readonly string[];
  /** Opens the sender with another side that behaves so. A behavior that the other side cannot have is absent. */
  readonly open: Readonly<Partial<Record<Behavior, () => Promise<OpenSender<Sender>>>>>;
}

interface Expected {
  readonly outcome: SendOutcome["outcome"];
  readonly isRetryable?: boolean;
  readonly arrived: number;
}

const EXPECTED: Readonly<Record<Behavior, Expected>> = {
  accepts: { outcome: "accepted", arrived: 1 },
  "is busy": { outcome: "refused", isRetryable: true, arrived: 1 },
  refuses: { outcome: "refused", isRetryable: false, arrived: 1 },
  "loses the answer": { outcome: "unknown", arrived: 1 },
  "is not there": { outcome: "refused", isRetryable: true, arrived: 0 },
};

/** What every mailer promises, of its other side's behavior and of mails that must not be sent. */
export function mailerContract(vitest: SuiteFunctions, under: SenderUnderTest<Mailer>): void {
  const send = (mailer: Mailer) => mailer.send(aMail());
  senderContract(vitest, under, send, [
    ...badMessages<Mailer>(
      (subject, tags) => (mailer) => mailer.send(aMail({ message: aRenderedMessage({ subject }), tags })),
    ),
    { what: "nobody to send it to", send: (mailer) => mailer.send(aMail({ to: [] })) },
    ...HOSTILE_ADDRESSES.flatMap((address) => [
      {
        what: `the recipient ${JSON.stringify(address)}`,
        send: (mailer: Mailer) => mailer.send(aMail({ to: ["jane@example.com", address] })),
      },
      {
        what: `the sender ${JSON.stringify(address)}`,
        send: (mailer: Mailer) => mailer.send(aMail({ from: address })),
      },
    ]),
  ]);
}

/** What every notifier promises. */
export function notifierContract(vitest: SuiteFunctions, under: SenderUnderTest<Notifier>): void {
  const send = (notifier: Notifier) => notifier.notify(aRenderedMessage(), someTags);
  const bad = badMessages<Notifier>(
    (subject, tags) => (notifier) => notifier.notify(aRenderedMessage({ subject }), tags),
  );
  senderContract(vitest, under, send, bad);
}

interface BadMessage<Sender> {
  readonly what: string;
  send(sender: Sender): Promise<SendOutcome>;
}

function badMessages<Sender>(
  sending: (subject: string, tags: MessageTags) => BadMessage<Sender>["send"],
): readonly BadMessage<Sender>[] {
  const ofSubject = ["Costs\r\nBcc: eve@example.net", "Costs\n", "Costs\u0000", " "].map((subject) => ({
    what: `the subject ${JSON.stringify(subject)}`,
    send: sending(subject, someTags),
  }));
  const hostile = ["", "a b", "x\r\nBcc: eve@example.net", "../../etc/passwd", "ä", "x".repeat(257)];
  const ofTags = hostile.flatMap((text) => [
    {
      what: `the tag ${JSON.stringify(text.slice(0, 40))}`,
      send: sending("Costs", { ...someTags, [text]: "x" }),
    },
    {
      what: `the value ${JSON.stringify(text.slice(0, 40))} of a tag`,
      send: sending("Costs", { ...someTags, audience: text }),
    },
  ]);
  return [...ofSubject, ...ofTags];
}

const HOSTILE_ADDRESSES = [
  "",
  "jane",
  "jane@localhost",
  "jane@example.com\r\nBcc: eve@example.net",
  "jane@example.com, eve@example.net",
  "Jane <jane@example.com>",
  "<jane@example.com>",
  '"jane doe"@example.com',
  "jane@example.com> SIZE=1",
  "jane@@example.com",
  "jane@[127.0.0.1]",
  "jané@example.com",
  `${"x".repeat(65)}@example.com`,
];

function senderContract<Sender extends { readonly place: string }>(
  { describe, it, expect }: SuiteFunctions,
  { name, secrets, open }: SenderUnderTest<Sender>,
  send: (sender: Sender) => Promise<SendOutcome>,
  badMessages: readonly BadMessage<Sender>[],
): void {
  const mustBeReadable = (outcome: SendOutcome, place: string) => {
    for (const secret of secrets) expect(JSON.stringify([outcome, place])).not.toContain(secret);
    if (outcome.outcome === "accepted") return;
    // At least one sentence that ends, and no address of a person.
    expect(outcome.reason).toMatch(/^[^\n]{10,600}\.$/);
    expect(outcome.reason).not.toContain("joe.doe");
  };

  describe(`the contract of senders: ${name}`, () => {
    for (const [behavior, opening] of Object.entries(open)) {
      const { outcome: expected, isRetryable, arrived } = EXPECTED[behavior as Behavior];
      it(`tells that a message is ${expected} when the other side ${behavior}, after one attempt`, async () => {
        const { sender, arrived: count, close } = await opening();
        try {
          const outcome = await send(sender);
          expect(outcome).toMatchObject({
            outcome: expected,
            ...(isRetryable === undefined ? {} : { isRetryable }),
          });
          mustBeReadable(outcome, sender.place);
          expect(count()).toBe(arrived);
        } finally {
          await close();
        }
      });
    }

    it("refuses a message for good that would inject a header, a recipient or a path, and sends nothing", async () => {
      if (open.accepts === undefined) throw new Error("Every sender needs another side that accepts.");
      const { sender, arrived, close } = await open.accepts();
      try {
        for (const { what, send: sendBad } of badMessages) {
          const outcome = await sendBad(sender);
          expect(outcome, what).toMatchObject({ outcome: "refused", isRetryable: false });
          mustBeReadable(outcome, sender.place);
        }
        expect(arrived()).toBe(0);
      } finally {
        await close();
      }
    });

    it("sends every message that it is given: a second call is a second attempt", async () => {
      if (open.accepts === undefined) throw new Error("Every sender needs another side that accepts.");
      const { sender, arrived, close } = await open.accepts();
      try {
        await send(sender);
        await send(sender);
        expect(arrived()).toBe(2);
      } finally {
        await close();
      }
    });
  });
}
