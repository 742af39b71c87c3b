import { StateError, type StateStore } from "@dapanoskop/core/state";
import { BudgetFixture, tick } from "./budget-fixture.ts";

/** The parts of vitest that the suite uses; an argument, so that this file does not load vitest. */
type AlertTestApi = Pick<typeof import("vitest"), "describe" | "it" | "expect">;

interface RacedAlerts {
  readonly name: string;
  /** Opens a new, empty store with so many clients: each is a connection of its own to the same records. */
  open(clients: number): Promise<readonly StateStore[]>;
  /** How often 20 evaluations with random faults are raced. */
  readonly faultyRaces: number;
}

const EVALUATIONS = 20;
const AT = "2026-03-11T08:00:00Z";
const LATER = "2026-03-11T10:00:00Z";

/** 20 evaluations of one budget at the same moment, on a real state store, with a sender that counts. */
export function alertRaceContract(
  { describe, it, expect }: AlertTestApi,
  { name, open, faultyRaces }: RacedAlerts,
): void {
  describe(`${EVALUATIONS} evaluations of one budget: ${name}`, () => {
    it("send its alert once", async () => {
      const [first, ...clients] = await open(EVALUATIONS + 1);
      const fixture = new BudgetFixture(first);
      await fixture.put();
      fixture.cost = "85";
      const runs = await Promise.all(clients.map((state) => fixture.evaluate(AT, { state })));
      expect(fixture.subjects()).toEqual([
        "Budget Everything: the cost of $85.00 has reached 80 % of $100.00",
      ]);
      expect(runs.flatMap(({ failures }) => failures)).toEqual([]);
      expect(runs.flatMap(({ alerts }) => alerts).filter(({ outcome }) => outcome === "sent")).toHaveLength(
        1,
      );
    });

    it(`send it at most once, and the next evaluation sends what is missing, in ${faultyRaces} races with random crashes and lost answers`, async () => {
      for (let seed = 1; seed <= faultyRaces; seed++) {
        const [first, ...clients] = await open(EVALUATIONS + 1);
        const fixture = new BudgetFixture(first);
        await fixture.put();
        fixture.cost = "85";
        const fraction = seededFraction(seed);
        await Promise.allSettled(
          clients.map((state) => fixture.evaluate(AT, { state: faulty(state, fraction) })),
        );
        await fixture.evaluate(LATER);
        const { alerts } = await fixture.evaluate(LATER);
        expect(fixture.sent.length, `seed ${seed}`).toBeLessThanOrEqual(1);
        // A crash between the intent and the answer of the sender leaves UNKNOWN, which nothing sends again.
        const isUnknown = alerts.length === 0 && fixture.sent.length === 0;
        expect(isUnknown || fixture.sent.length === 1, `seed ${seed}`).toBe(true);
      }
    });
  });
}

/** A client that crashes for ever at a random call, and loses requests and answers of some writes. */
function faulty(store: StateStore, fraction: () => number): StateStore {
  let isCrashed = false;
  function live(): void {
    isCrashed ||= fraction() < 0.05;
    if (isCrashed) throw new Error("The process has crashed.");
  }
  async function write<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    live();
    await tick();
    const fault = fraction();
    if (fault < 0.15) throw new StateError("unknown-outcome", "The request was lost.");
    const answer = await send();
    if (fault > 0.85) throw new StateError("unknown-outcome", "The answer was lost.");
    live();
    return answer;
  }
  return {
    ...store,
    async get(key) {
      live();
      return store.get(key);
    },
    putIfAbsent: (key, state) => write(() => store.putIfAbsent(key, state)),
    putIfVersion: (key, state, version) => write(() => store.putIfVersion(key, state, version)),
  };
}

/** The same fractions for the same seed: the generator of Park and Miller, Communications of the ACM 31 (1988). */
function seededFraction(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
