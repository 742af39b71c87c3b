import type { Instant } from "@dapanoskop/core/calendar";
import { aDailyFigures, type DailyFiguresSpec } from "@dapanoskop/core/daily/testing";
import type { Mail, MessageTags, RenderedMessage, SendOutcome } from "@dapanoskop/core/sending";
import { type MemoryState, memoryState } from "@dapanoskop/core/state";
import { testClock, testRandom } from "@dapanoskop/core/testing";
import type { MemoryStore } from "@dapanoskop/dataset/store";
import { publishDays, storeOfDays } from "@dapanoskop/dataset/testing";
import type { Audience } from "../audience/index.ts";
import type {
  DeliveryDependencies,
  DeliverySettings,
  NotifiedChannel,
  ReportChannels,
} from "../deliver/index.ts";

/** A message that a sender accepted, refused or lost the answer of. */
export interface SentMessage {
  readonly by: string;
  readonly to: readonly string[];
  readonly message: RenderedMessage;
  readonly tags: MessageTags;
}

const accepted: SendOutcome = { outcome: "accepted", messageId: "message-1" };

/** A deployment in this process: its store, its records, and senders that do as they are told. */
export class DeliveryFixture {
  readonly state: MemoryState = memoryState();
  readonly store: MemoryStore;
  /** Each attempt that reached a sender. */
  readonly sent: SentMessage[] = [];
  readonly random = testRandom();
  settings: DeliverySettings = {
    audiences: [anAudience()],
    schedule: { hour: 8, minute: 0 },
    sender: "costs@example.com",
    dashboardUrl: "https://costs.example.com",
  };
  /** What each attempt comes to, by the number of attempts before it. */
  answer: (attempts: number, sent: SentMessage) => SendOutcome | Promise<SendOutcome> = () => accepted;
  /** What making a notifier throws. */
  notifierError: Error | null = null;

  private constructor(store: MemoryStore) {
    this.store = store;
  }

  /** A deployment with days through 14 January, all complete. */
  static async create(spec: DailyFiguresSpec = {}): Promise<DeliveryFixture> {
    return new DeliveryFixture(await storeOfDays(aDailyFigures({ through: "2026-01-14", ...spec })));
  }

  publish(spec: DailyFiguresSpec): Promise<void> {
    return publishDays(this.store, aDailyFigures(spec));
  }

  /** What a run gets at a time of this machine. */
  dependencies(
    now: Instant,
    timeLeft = 55_000,
  ): DeliveryDependencies & { readonly clock: ReturnType<typeof testClock> } {
    const clock = testClock(now);
    return {
      store: this.store,
      state: this.state,
      channels: this.#channels,
      runtime: { clock, random: this.random, deadline: { timeLeft: () => timeLeft - clock.elapsed() } },
      clock,
    };
  }

  /** The days of the messages that were accepted, by audience. */
  daysSent(): readonly string[] {
    return this.sent.map(({ tags }) => `${tags.audience} ${tags.date}`);
  }

  readonly #channels: ReportChannels = {
    mailer: async () => ({
      place: "a test",
      send: async ({ to, message, tags }: Mail) => this.#attempt({ by: "mail", to, message, tags }),
    }),
    notifier: async ({ kind }: NotifiedChannel) => {
      if (this.notifierError !== null) throw this.notifierError;
      return {
        place: "a test",
        notify: async (message: RenderedMessage, tags: MessageTags) =>
          this.#attempt({ by: kind, to: [], message, tags }),
      };
    },
  };

  async #attempt(sent: SentMessage): Promise<SendOutcome> {
    const before = this.sent.length;
    this.sent.push(sent);
    return this.answer(before, sent);
  }
}

/** An audience of the daily mail: state only what matters. */
export const anAudience = (own: Partial<Audience> = {}): Audience => ({
  name: "everyone",
  channel: { kind: "mail", recipients: ["finance@example.com"] },
  costCenters: null,
  schedule: "daily",
  ...own,
});
