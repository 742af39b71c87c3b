import { describe, expect, it } from "vitest";
import type { Instant } from "../calendar/index.ts";
import { memoryState, StateError, type StateStore } from "../state/index.ts";
import { testClock, testRandom } from "../testing/index.ts";
import {
  recordedSendings,
  type SendingEvent,
  type SendingId,
  type SendOptions,
  type SendOutcome,
  sendingsOf,
  sendOnce,
  settle,
  shownState,
} from "./index.ts";
import { sendingRaceContract } from "./testing/sending-race.ts";

const ID: SendingId = { kind: "report", date: "2026-01-14", audience: "everyone" };
const AT = "2026-01-15T08:00:00Z";

const accepted: SendOutcome = { outcome: "accepted", messageId: "m1" };
const throttled: SendOutcome = { outcome: "refused", isRetryable: true, reason: "Too many mails a second." };
const rejected: SendOutcome = { outcome: "refused", isRetryable: false, reason: "Verify the sender." };
const timedOut: SendOutcome = { outcome: "unknown", reason: "No answer within 20 s." };

/** A store and a mail system that answers attempt by attempt, and with the last answer from then on. */
function aSystem({ state = memoryState() as StateStore, at = AT as Instant, time = 55_000 } = {}) {
  const clock = testClock(at);
  const random = testRandom();
  const attempts: number[] = [];
  let passed = 0;
  const runtime = {
    clock: {
      ...clock,
      now: () => `${new Date(Date.parse(clock.now()) + passed).toISOString().slice(0, 19)}Z`,
    },
    random,
    deadline: { timeLeft: () => time - clock.elapsed() },
  };
  const dependencies = { state, runtime };
  return {
    state,
    clock,
    attempts,
    dependencies,
    passHours: (hours: number) => {
      passed += hours * 3_600_000;
    },
    now: () => runtime.clock.now(),
    send(outcomes: readonly SendOutcome[], options: SendOptions = {}) {
      let calls = 0;
      const message = {
        summary: { total: "1234.50" },
        async send(attempt: number) {
          attempts.push(attempt);
          calls += 1;
          return outcomes[Math.min(calls, outcomes.length) - 1] ?? accepted;
        },
      };
      return sendOnce(ID, async () => message, dependencies, options);
    },
    report: (event: Partial<SendingEvent> & Pick<SendingEvent, "kind">) =>
      settle(
        ID,
        { attempt: 1, at: AT, messageId: "m1", recipients: ["a@example.com"], reason: null, ...event },
        dependencies,
      ),
    async record() {
      const [record] = await sendingsOf(state, ID.date, ID.date);
      if (record === undefined) throw new Error("There is no record.");
      return record;
    },
    shown: async () => {
      const [record] = await sendingsOf(state, ID.date, ID.date);
      return record === undefined ? null : shownState(record, runtime.clock.now());
    },
  };
}

/** A memory store whose nth write or read fails, in whichever way. */
function failing(verb: "get" | "put", nth: number, error: StateError, isDone = false, times = 1): StateStore {
  const store = memoryState();
  let calls = 0;
  const isFaulty = (own: "get" | "put") => {
    if (own !== verb) return false;
    calls += 1;
    return calls >= nth && calls < nth + times;
  };
  async function put<Answer>(write: () => Promise<Answer>): Promise<Answer> {
    const fails = isFaulty("put");
    if (fails && !isDone) throw error;
    const answer = await write();
    if (fails) throw error;
    return answer;
  }
  return {
    ...store,
    get: async (key) => {
      if (isFaulty("get")) throw error;
      return store.get(key);
    },
    putIfAbsent: (key, state) => put(() => store.putIfAbsent(key, state)),
    putIfVersion: (key, state, version) => put(() => store.putIfVersion(key, state, version)),
  };
}

const lost = new StateError("unknown-outcome", "The answer was lost.");
const down = new StateError("unreachable", "The table could not be reached.");
const denied = new StateError("access-denied", "Grant dynamodb:PutItem.");

describe("sending a message once", () => {
  it("records who sent it, when, and what it said, for 400 days", async () => {
    const system = aSystem();
    const { outcome, sending } = await system.send([accepted]);
    expect(outcome).toBe("sent");
    expect(sending).toEqual({
      id: ID,
      state: "SENT",
      fence: 1,
      owner: "000102030405060708090a0b0c0d0e0f",
      claimedAt: AT,
      leaseUntil: "2026-01-15T08:01:00Z",
      attempts: [
        {
          number: 1,
          fence: 1,
          startedAt: AT,
          endedAt: AT,
          outcome: "accepted",
          messageId: "m1",
          reason: null,
          events: [],
        },
      ],
      messageId: "m1",
      summary: { total: "1234.50" },
      reason: null,
    });
    const record = await system.state.get({ partition: "report#2026-01-14", sort: "everyone" });
    expect(record?.expiresAt).toBe("2027-02-19T08:00:00Z");
    expect(await system.record()).toEqual(sending);
  });

  it("sends nothing when it was sent, and says who did", async () => {
    const system = aSystem();
    await system.send([accepted]);
    const second = await system.send([accepted]);
    expect(second).toMatchObject({ outcome: "elsewhere", sending: { state: "SENT", messageId: "m1" } });
    expect(system.attempts).toEqual([1]);
  });

  it("tries again after 1 s and 2 s where another attempt may succeed", async () => {
    const system = aSystem();
    const { outcome, sending } = await system.send([throttled, throttled, accepted]);
    expect(outcome).toBe("sent");
    expect(system.attempts).toEqual([1, 2, 3]);
    expect(system.clock.sleeps).toEqual([1_000, 2_000]);
    expect(sending.attempts.map((attempt) => attempt.outcome)).toEqual(["refused", "refused", "accepted"]);
    expect(await system.shown()).toBe("SENT");
  });

  it("has failed after three refusals, and stays so", async () => {
    const system = aSystem();
    const { outcome, sending } = await system.send([throttled]);
    expect(outcome).toBe("failed");
    expect(sending).toMatchObject({ state: "FAILED", reason: "Too many mails a second." });
    system.passHours(24);
    expect((await system.send([accepted])).outcome).toBe("elsewhere");
    expect(system.attempts).toEqual([1, 2, 3]);
  });

  it("that has failed is sent by a run that retries it, and what is sent or unknown is not", async () => {
    const system = aSystem();
    await system.send([rejected]);
    expect((await system.send([accepted], { retryFailed: true })).outcome).toBe("sent");
    expect((await system.send([accepted], { retryFailed: true })).outcome).toBe("elsewhere");
    const other = aSystem();
    await other.send([timedOut]);
    other.passHours(1);
    expect((await other.send([accepted], { retryFailed: true })).outcome).toBe("elsewhere");
    expect([system.attempts, other.attempts]).toEqual([[1, 2], [1]]);
  });

  it("has failed after one refusal that every attempt would get", async () => {
    const system = aSystem();
    expect((await system.send([rejected])).outcome).toBe("failed");
    expect(system.attempts).toEqual([1]);
    expect(await system.record()).toMatchObject({ state: "FAILED", reason: "Verify the sender." });
  });

  it("is unknown when the answer was lost: nothing sends it again by itself", async () => {
    const system = aSystem();
    const { outcome, sending } = await system.send([timedOut]);
    expect(outcome).toBe("unknown");
    expect(sending).toMatchObject({ state: "SENDING", reason: "No answer within 20 s." });
    expect(await system.shown()).toBe("UNKNOWN");
    system.passHours(24);
    expect((await system.send([accepted])).outcome).toBe("elsewhere");
    expect(system.attempts).toEqual([1]);
  });

  it("is unknown when a sender throws", async () => {
    const system = aSystem();
    const message = { summary: null, send: () => Promise.reject(new Error("broken")) };
    const { outcome, sending } = await sendOnce(ID, async () => message, system.dependencies);
    expect(outcome).toBe("unknown");
    expect(sending).toMatchObject({ state: "SENDING", reason: "broken" });
  });

  it("gives up the claim when the message cannot be prepared: the next run sends it", async () => {
    const system = aSystem();
    const broken = sendOnce(ID, () => Promise.reject(new Error("no figures")), system.dependencies);
    await expect(broken).rejects.toThrow("no figures");
    expect(await system.record()).toMatchObject({ state: "CLAIMED", attempts: [] });
    expect((await system.send([accepted])).outcome).toBe("sent");
    expect(await system.record()).toMatchObject({ state: "SENT", fence: 2 });
  });

  it("begins no attempt without time to record it: the next run does", async () => {
    const late = aSystem({ time: 14_999 });
    expect(await late.send([accepted])).toMatchObject({
      outcome: "postponed",
      sending: { state: "CLAIMED" },
    });
    expect(late.attempts).toEqual([]);
    const next = aSystem({ state: late.state });
    expect((await next.send([accepted])).outcome).toBe("sent");
  });

  it("makes no third attempt without time for it: the next run has three again", async () => {
    const late = aSystem({ time: 17_000 });
    expect((await late.send([throttled])).outcome).toBe("postponed");
    expect(late.attempts).toEqual([1, 2]);
    const next = aSystem({ state: late.state });
    expect((await next.send([throttled])).outcome).toBe("failed");
    expect(next.attempts).toEqual([3, 4, 5]);
  });

  it("takes over from a run that was killed, once its lease has ended", async () => {
    const system = aSystem();
    const killed = sendOnce(ID, () => new Promise(() => {}), system.dependencies);
    killed.catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    expect((await system.send([accepted])).outcome).toBe("elsewhere");
    expect(await system.shown()).toBe("CLAIMED");
    system.passHours(1);
    expect((await system.send([accepted])).outcome).toBe("sent");
    expect(await system.record()).toMatchObject({ fence: 2 });
  });
});

describe("an operator who sends again", () => {
  it.each([
    ["was sent", accepted, "SENT"],
    ["failed", rejected, "FAILED"],
    ["is unknown", timedOut, "UNKNOWN"],
  ] as const)("makes a new attempt of one that %s, and keeps the first one", async (_, first, shown) => {
    const system = aSystem();
    await system.send([first]);
    expect(await system.shown()).toBe(shown);
    const { outcome, sending } = await system.send([{ ...accepted, messageId: "m2" }], { resend: true });
    expect(outcome).toBe("sent");
    expect(sending).toMatchObject({ state: "SENT", fence: 2, messageId: "m2" });
    expect(sending.attempts.map(({ number, fence }) => [number, fence])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it("does not disturb a run that is under way", async () => {
    const system = aSystem();
    const other = sendOnce(ID, () => new Promise(() => {}), system.dependencies);
    other.catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    expect((await system.send([accepted], { resend: true })).outcome).toBe("elsewhere");
    expect(system.attempts).toEqual([]);
  });

  it.each([
    ["fails", rejected, "failed"],
    ["is unknown", timedOut, "unknown"],
  ] as const)("leaves SENT what was sent, when the second attempt %s", async (_, second, outcome) => {
    const system = aSystem();
    await system.send([accepted]);
    expect((await system.send([second], { resend: true })).outcome).toBe(outcome);
    expect(await system.shown()).toBe("SENT");
    expect(await system.record()).toMatchObject({ messageId: "m1" });
  });

  it("leaves UNKNOWN what is unknown, when the second attempt fails", async () => {
    const system = aSystem();
    await system.send([timedOut]);
    await system.send([rejected], { resend: true });
    expect(await system.shown()).toBe("UNKNOWN");
    system.passHours(24);
    expect((await system.send([accepted])).outcome).toBe("elsewhere");
  });

  it("who is killed leaves what is known of the first attempt, and no run takes over", async () => {
    const system = aSystem();
    await system.send([timedOut]);
    const killed = sendOnce(ID, () => new Promise(() => {}), system.dependencies, { resend: true });
    killed.catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    system.passHours(24);
    expect(await system.record()).toMatchObject({ state: "CLAIMED" });
    expect(await system.shown()).toBe("UNKNOWN");
    expect((await system.send([accepted])).outcome).toBe("elsewhere");
    expect(await system.report({ kind: "send" })).toMatchObject({ state: "SENT" });
  });
});

describe("a state store that fails", () => {
  it.each([
    ["the first read", "get", 1, denied],
    ["the claim", "put", 1, denied],
    ["the read before the attempt", "get", 2, denied],
    ["the announcement of the attempt", "put", 2, denied],
  ] as const)("sends nothing, and throws, when %s is denied", async (_, verb, nth, error) => {
    const system = aSystem({ state: failing(verb, nth, error) });
    await expect(system.send([accepted])).rejects.toThrow("Grant dynamodb:PutItem.");
    expect(system.attempts).toEqual([]);
  });

  it("sends nothing, and throws, when it is down", async () => {
    const system = aSystem({ state: failing("get", 1, down, false, 1_000) });
    await expect(system.send([accepted])).rejects.toThrow("The table could not be reached.");
    expect(system.attempts).toEqual([]);
  });

  it.each([1, 2, 3])("is asked again when the answer of write %i is lost, done or not", async (nth) => {
    for (const isDone of [true, false]) {
      const system = aSystem({ state: failing("put", nth, lost, isDone) });
      expect((await system.send([accepted])).outcome).toBe("sent");
      expect(system.attempts).toEqual([1]);
      expect(await system.record()).toMatchObject({ state: "SENT", fence: 1, attempts: [{ number: 1 }] });
    }
  });

  it("says that the message was sent when no record can say so, and it stays UNKNOWN", async () => {
    const system = aSystem({ state: failing("put", 3, down, false, 1_000) });
    await expect(system.send([accepted])).rejects.toThrow(
      "Attempt 1 of the report of 2026-01-14 for everyone was sent, but no record says so: it is shown as UNKNOWN. " +
        "The table could not be reached.",
    );
    system.passHours(1);
    expect(await system.shown()).toBe("UNKNOWN");
    expect(system.attempts).toEqual([1]);
  });

  it("sends nothing over a record that it cannot read", async () => {
    for (const value of [null, 1, "x", {}, { schema: 2, state: "SENT" }, { schema: 1, state: "DONE" }]) {
      const key = { partition: "report#2026-01-14", sort: "everyone" };
      const system = aSystem({
        state: memoryState({ records: [{ key, value, expiresAt: null, version: "v" }] }),
      });
      await expect(system.send([accepted])).rejects.toMatchObject({ failure: "corrupt" });
      expect(system.attempts).toEqual([]);
    }
  });
});

describe("an event about a message", () => {
  it.each(["send", "delivery", "complaint"] as const)("makes SENT what is UNKNOWN: %s", async (kind) => {
    const system = aSystem();
    await system.send([timedOut]);
    expect(await system.report({ kind, messageId: "m7" })).toMatchObject({ state: "SENT", messageId: "m7" });
    expect(await system.shown()).toBe("SENT");
  });

  it("makes BOUNCED what came back, with the recipient", async () => {
    const system = aSystem();
    await system.send([accepted]);
    const bounced = await system.report({
      kind: "bounce",
      recipients: ["b@example.com"],
      reason: "no mailbox",
    });
    expect(bounced).toMatchObject({
      state: "BOUNCED",
      attempts: [{ events: [{ kind: "bounce", recipients: ["b@example.com"], reason: "no mailbox" }] }],
    });
  });

  it("has no further effect when it arrives again, and writes nothing", async () => {
    const state = memoryState();
    const system = aSystem({ state });
    await system.send([accepted]);
    for (const kind of ["send", "delivery", "complaint", "bounce"] as const) await system.report({ kind });
    const before = await system.record();
    const writes = state.writes();
    for (const kind of ["bounce", "send", "complaint", "delivery", "send"] as const) {
      expect(await system.report({ kind, at: "2026-01-16T00:00:00Z" })).toEqual(before);
    }
    expect(state.writes()).toBe(writes);
  });

  it("comes to the same record in any order", async () => {
    const kinds = ["send", "delivery", "bounce", "complaint"] as const;
    for (const order of [kinds, kinds.toReversed(), ["bounce", "send", "complaint", "delivery"] as const]) {
      const system = aSystem();
      await system.send([timedOut]);
      for (const kind of order) await system.report({ kind });
      const record = await system.record();
      expect(record.state).toBe("BOUNCED");
      expect(record.attempts[0]?.events.map(({ kind }) => kind).sort()).toEqual([
        "bounce",
        "complaint",
        "delivery",
      ]);
    }
  });

  it("is about one attempt: a bounce of the first one leaves the second SENT", async () => {
    const system = aSystem();
    await system.send([accepted]);
    await system.send([{ ...accepted, messageId: "m2" }], { resend: true });
    expect(await system.report({ kind: "bounce", attempt: 1 })).toMatchObject({ state: "SENT" });
    expect(await system.report({ kind: "bounce", attempt: 2 })).toMatchObject({ state: "BOUNCED" });
  });

  it("keeps the recipients of several bounces", async () => {
    const system = aSystem();
    await system.send([accepted]);
    await system.report({ kind: "bounce", recipients: ["a@example.com"] });
    const record = await system.report({ kind: "bounce", recipients: ["b@example.com"] });
    expect(record?.attempts[0]?.events.flatMap(({ recipients }) => recipients)).toEqual([
      "a@example.com",
      "b@example.com",
    ]);
  });

  it("settles an attempt of an operator's predecessor, and stops the operator's own", async () => {
    const system = aSystem();
    await system.send([timedOut]);
    const message = { summary: null, send: async () => accepted };
    const prepare = async () => {
      await system.report({ kind: "send", messageId: "m1" });
      return message;
    };
    const result = await sendOnce(ID, prepare, system.dependencies, { resend: true });
    expect(result).toMatchObject({ outcome: "elsewhere", sending: { state: "SENT", messageId: "m1" } });
    expect(result.sending.attempts).toHaveLength(1);
  });

  it("that arrives before the answer of its attempt is not undone by a lost answer", async () => {
    const system = aSystem();
    const message = {
      summary: null,
      async send() {
        await system.report({ kind: "send", messageId: "m9" });
        return timedOut;
      },
    };
    const result = await sendOnce(ID, async () => message, system.dependencies);
    expect(result).toMatchObject({ outcome: "sent", sending: { state: "SENT", messageId: "m9" } });
  });

  it("about an attempt or a message that nobody made changes nothing", async () => {
    const state = memoryState();
    const system = aSystem({ state });
    expect(await system.report({ kind: "send" })).toBeNull();
    expect(state.writes()).toBe(0);
    await system.send([accepted]);
    const writes = state.writes();
    for (const attempt of [0, 2, -1, Number.NaN]) {
      expect(await system.report({ kind: "bounce", attempt })).toBeNull();
    }
    expect(state.writes()).toBe(writes);
  });
});

describe("the records of some days", () => {
  it("are listed by day and audience, both ends included", async () => {
    const state = memoryState();
    const { dependencies } = aSystem({ state });
    const message = { summary: null, send: async () => accepted };
    for (const [date, audience] of [
      ["2026-01-31", "slack"],
      ["2026-01-14", "slack"],
      ["2026-01-14", "everyone"],
      ["2026-01-13", "everyone"],
      ["2026-02-01", "everyone"],
    ] as const) {
      await sendOnce({ kind: "report", date, audience }, async () => message, dependencies);
    }
    const listed = async (from: string, to: string) =>
      (await sendingsOf(state, from, to)).map(({ id }) => `${id.date} ${id.audience}`);
    expect(await listed("2026-01-14", "2026-01-31")).toEqual([
      "2026-01-14 everyone",
      "2026-01-14 slack",
      "2026-01-31 slack",
    ]);
    expect(await listed("2026-01-14", "2026-01-14")).toHaveLength(2);
    expect(await listed("2026-01-15", "2026-01-14")).toEqual([]);
  });
});

describe("a message that is refused for months", () => {
  it("has a record of a bounded size, and is sent when it is accepted", async () => {
    const system = aSystem({ time: 10_000_000 });
    const size = async () =>
      JSON.stringify(await system.state.get({ partition: "report#2026-01-14", sort: "everyone" })).length;
    const long: SendOutcome = { outcome: "refused", isRetryable: true, reason: "x".repeat(100_000) };
    for (let run = 0; run < 300; run++) {
      expect((await system.send([long], { retryFailed: true })).outcome).toBe("failed");
      system.passHours(6);
    }
    expect(await size()).toBeLessThan(200_000);
    expect(system.attempts.slice(-3)).toEqual([898, 899, 900]);
    expect((await system.send([accepted], { retryFailed: true })).outcome).toBe("sent");
    const { attempts = [] } = (await system.record()) ?? {};
    expect(attempts).toHaveLength(60);
    expect(attempts.at(-1)).toMatchObject({ number: 901, outcome: "accepted" });
  });

  it("keeps every attempt that was or may have been accepted, however many follow", async () => {
    const system = aSystem({ time: 10_000_000 });
    await system.send([timedOut]);
    for (let run = 0; run < 30; run++) {
      system.passHours(6);
      await system.send([throttled], { resend: true });
    }
    const { attempts = [] } = (await system.record()) ?? {};
    expect([attempts.length, attempts[0]?.number, attempts[0]?.outcome]).toEqual([60, 1, "unknown"]);
    system.passHours(6);
    expect((await system.send([accepted], { retryFailed: true })).outcome).toBe("elsewhere");
  });

  it("is UNKNOWN where a sender throws more than a record takes", async () => {
    const system = aSystem();
    const { dependencies } = system;
    const send = () => Promise.reject(new Error("y".repeat(1_000_000)));
    const { outcome } = await sendOnce(ID, async () => ({ summary: null, send }), dependencies);
    expect(outcome).toBe("unknown");
    expect((await system.record())?.reason).toHaveLength(2_001);
  });
});

describe("a record that no version of this program has written so", () => {
  const DATE = "2026-01-14";
  const hostile = (name: string, change: (value: Record<string, unknown>) => unknown) =>
    [name, change] as const;
  const attempts = (changes: object) => (value: Record<string, unknown>) => ({
    ...value,
    attempts: (value.attempts as object[]).map((one) => ({ ...one, ...changes })),
  });

  it.each([
    hostile("of a later version", (value) => ({ ...value, schema: 2 })),
    hostile("that is a list", () => []),
    hostile("that is null", () => null),
    hostile("that is a text", () => "SENT"),
    hostile("of another audience", (value) => ({
      ...value,
      id: { kind: "report", date: DATE, audience: "b" },
    })),
    hostile("without an id", ({ id: _, ...value }) => value),
    hostile("of a state that is none", (value) => ({ ...value, state: "constructor" })),
    hostile("of attempts that are a text", (value) => ({ ...value, attempts: "x" })),
    hostile("of an attempt that is null", (value) => ({ ...value, attempts: [null] })),
    hostile("of an outcome that is none", attempts({ outcome: "toString" })),
    hostile("of an attempt without a number", attempts({ number: null })),
    hostile("of an attempt without a claim", attempts({ fence: "1" })),
    hostile("of an attempt without a beginning", attempts({ startedAt: 0 })),
    hostile("of an attempt that ended at a number", attempts({ endedAt: 0 })),
    hostile("of events that are none", attempts({ events: {} })),
    hostile("of an event that is null", attempts({ events: [null] })),
    hostile("of an event without recipients", attempts({ events: [{ kind: "send" }] })),
    hostile("of a fence that is no number", (value) => ({ ...value, fence: "1" })),
    hostile("of a lease that is no time", (value) => ({ ...value, leaseUntil: 9 })),
  ])("is not read as a message: %s; the others are", async (_name, change) => {
    const state = memoryState();
    const { dependencies } = aSystem({ state });
    const message = { summary: null, send: async () => accepted };
    for (const audience of ["a", "z"])
      await sendOnce({ kind: "report", date: DATE, audience }, async () => message, dependencies);
    const [record] = await state.list(`report#${DATE}`);
    if (record === undefined) throw new Error("none");
    const value = change(record.value as Record<string, unknown>);
    await state.putIfVersion(record.key, { value, expiresAt: null }, record.version);
    const { sendings, unreadable } = await recordedSendings(state, DATE, DATE);
    expect(sendings.map(({ id }) => id.audience)).toEqual(["z"]);
    expect(unreadable).toMatchObject([{ date: DATE, audience: "a", error: { failure: "corrupt" } }]);
    await expect(sendingsOf(state, DATE, DATE)).rejects.toMatchObject({ failure: "corrupt" });
    let made = 0;
    const again = sendOnce(
      { kind: "report", date: DATE, audience: "a" },
      async () => {
        made += 1;
        return message;
      },
      dependencies,
      { resend: true },
    );
    await expect(again).rejects.toMatchObject({ failure: "corrupt" });
    expect(made).toBe(0);
  });
});

sendingRaceContract(
  { describe, it, expect },
  {
    name: "memory",
    faultyRaces: 200,
    open: async (clients) => {
      const store = memoryState();
      return Array.from({ length: clients }, () => store);
    },
  },
);
