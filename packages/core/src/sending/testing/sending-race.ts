import { type Instant, instantOf } from "../../calendar/index.ts";
import type { Random } from "../../runtime/index.ts";
import { StateError, type StateStore } from "../../state/index.ts";
import { type SendingId, type SendResult, sendingsOf, sendOnce, shownState } from "../index.ts";

/** The parts of vitest that the suite uses; an argument, so that this file does not load vitest. */
type RaceTestApi = Pick<typeof import("vitest"), "describe" | "it" | "expect">;

export interface RacedState {
  readonly name: string;
  /** Opens a new, empty store with so many clients: each is a connection of its own to the same records. */
  open(clients: number): Promise<readonly StateStore[]>;
  /** How often 20 senders with random faults are raced. */
  readonly faultyRaces: number;
}

const SENDERS = 20;
const ID: SendingId = { kind: "report", date: "2026-01-14", audience: "everyone" };

/** 20 senders of one message at the same moment, on a real state store, with a mail system that counts. */
export function sendingRaceContract(
  { describe, it, expect }: RaceTestApi,
  { name, open, faultyRaces }: RacedState,
): void {
  describe(`${SENDERS} senders of one message: ${name}`, () => {
    it("send it once, and the others learn who did", async () => {
      const clients = await open(SENDERS);
      const race = startRace(seededFractions(1));
      const results = await Promise.all(clients.map((client, at) => race.send(client, at)));
      expect(race.accepted()).toBe(1);
      expect(results.filter(({ outcome }) => outcome === "sent")).toHaveLength(1);
      expect(results.filter(({ outcome }) => outcome === "elsewhere")).toHaveLength(SENDERS - 1);
      expect(await shownStates(clients, race.now())).toEqual(["SENT"]);
    });

    it(`send it at most once, and leave no silent day, in ${faultyRaces} races with random crashes and lost answers`, async () => {
      for (let seed = 1; seed <= faultyRaces; seed++) {
        const fractions = seededFractions(seed);
        const [last, ...clients] = await open(SENDERS + 1);
        if (last === undefined) throw new Error("no client");
        const race = startRace(fractions);
        const runs = clients.map((client, at) => race.send(faulty(client, fractions), at));
        await Promise.allSettled(runs);
        race.passTime();
        // The run of the day after, without faults.
        const before = race.accepted();
        const next = await race.send(last, SENDERS);
        const [shown = ""] = await shownStates(clients, race.now());
        expect(race.accepted(), `seed ${seed}`).toBeLessThanOrEqual(1);
        expect(["SENT", "FAILED", "UNKNOWN"], `seed ${seed}`).toContain(shown);
        if (shown === "SENT") expect(race.accepted(), `seed ${seed}`).toBe(1);
        if (next.outcome === "sent") expect(before, `seed ${seed}`).toBe(0);
      }
    });
  });
}

const shownStates = async ([store]: readonly StateStore[], now: Instant) =>
  store === undefined
    ? []
    : (await sendingsOf(store, ID.date, ID.date)).map((sending) => shownState(sending, now));

function startRace(fractions: Pick<Random, "fraction">) {
  let accepted = 0;
  let hours = 0;
  const now = () => instantOf(new Date(Date.parse("2026-01-15T08:00:00Z") + hours * 3_600_000));
  return {
    accepted: () => accepted,
    now,
    passTime: () => {
      hours += 1;
    },
    send(state: StateStore, number: number): Promise<SendResult> {
      const message = {
        summary: { number },
        async send() {
          await tick();
          accepted += 1;
          return { outcome: "accepted", messageId: `m${number}` } as const;
        },
      };
      const runtime = {
        clock: { now, sleep: tick },
        random: { ...fractions, bytes: (count: number) => new Uint8Array(count).fill(number) },
        deadline: { timeLeft: () => 55_000 },
      };
      return sendOnce(ID, async () => message, { state, runtime });
    },
  };
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A client that crashes for ever at a random call, and loses requests and answers of some writes. */
function faulty(store: StateStore, { fraction }: Pick<Random, "fraction">): StateStore {
  let isCrashed = false;
  function live(): void {
    isCrashed ||= fraction() < 0.1;
    if (isCrashed) throw new Error("The process has crashed.");
  }
  async function write<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    live();
    const fault = fraction();
    if (fault < 0.15) throw new StateError("unknown-outcome", "The request was lost.");
    const answer = await send();
    if (fault > 0.85) throw new StateError("unknown-outcome", "The answer was lost.");
    live();
    return answer;
  }
  return {
    place: store.place,
    async get(key) {
      live();
      return store.get(key);
    },
    list: (partition, after) => store.list(partition, after),
    putIfAbsent: (key, state) => write(() => store.putIfAbsent(key, state)),
    putIfVersion: (key, state, version) => write(() => store.putIfVersion(key, state, version)),
    remove: (key, version) => write(() => store.remove(key, version)),
  };
}

/** The same fractions for the same seed: the generator of Park and Miller, Communications of the ACM 31 (1988). */
function seededFractions(seed: number): Pick<Random, "fraction"> {
  let state = seed;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let at = 0; at < 5; at++) next();
  return { fraction: next };
}
