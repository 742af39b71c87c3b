import type { StoreCall } from "@dapanoskop/core/store";
import type { MemoryStore } from "@dapanoskop/dataset/store";
import { CRASHED, type Fate, fates, numberOf, type World } from "./lockstep.ts";
import type { Watch } from "./promises.ts";

/** One thing that may happen next: a call meets its fate, or a put that was given up on arrives. */
export type Choice = { readonly actor: number; readonly fate: Fate } | { readonly late: number };

/** A world that really ran, with its watch. */
export interface Moment {
  readonly world: World;
  readonly watch: Watch;
}

export interface Play {
  /** The same beginning, every time. */
  begin(): Promise<Moment>;
  /** What is broken once nothing can happen any more. The store may be used up by looking. */
  checkEnd(moment: Moment): Promise<readonly string[]>;
  readonly crashes: number;
  readonly losses: number;
}

export interface Walked {
  /** Different orders of events, from the beginning to an end, that the states stand for. */
  readonly schedules: bigint;
  readonly states: number;
  /** Steps that the real code took. */
  readonly steps: number;
}

/**
 * Walks every schedule of a play, exhaustively, with the real code.
 *
 * Actors are deterministic, so an actor's next call and what it does with the answer depend only on what it has seen
 * and on the store. Such a move is made by the real code once, and remembered; a state that is reached in two ways has
 * the same future, which is walked once.
 * @throws Error naming the broken promise and the schedule that leads to it
 */
export async function walk(play: Play): Promise<Walked> {
  const moves = new Map<string, Moved>();
  const calls = new Map<number, StoreCall | null>();
  const lateCalls = new Map<number, StoreCall>();
  const futures = new Map<string, bigint>();
  const ends = new Set<string>();
  let steps = 0;

  async function run(path: readonly Choice[]): Promise<Moment> {
    const moment = await play.begin();
    for (const choice of path) await step(moment, choice, path);
    return moment;
  }

  async function step({ world, watch }: Moment, choice: Choice, path: readonly Choice[]): Promise<void> {
    steps++;
    if ("late" in choice) await world.late.splice(choice.late, 1)[0]?.deliver();
    else await world.actors[choice.actor]?.release(choice.fate);
    const broken = await watch.look();
    if (broken.length > 0) throw new Error(`${broken.join("; ")}, after ${told(path)}`);
  }

  function remember({ world }: Moment): void {
    for (const actor of world.actors) calls.set(actor.state(), actor.pending());
    for (const { call } of world.late) lateCalls.set(lateNumber(call), call);
  }

  async function learn(
    state: State,
    choice: Choice,
    path: readonly Choice[],
    moment: Moment,
  ): Promise<Moved> {
    await step(moment, choice, [...path, choice]);
    remember(moment);
    const { store, actors, late } = moment.world;
    const added = late.length > state.late.length ? late.at(-1) : undefined;
    return {
      store: fingerprint(store),
      actor: "late" in choice ? null : (actors[choice.actor]?.state() ?? null),
      late: added === undefined ? null : lateNumber(added.call),
    };
  }

  /** The state after a choice, and the world that went there, where one did. */
  async function after(
    state: State,
    choice: Choice,
    path: readonly Choice[],
    live: Live,
  ): Promise<[State, Live]> {
    // Who dies does nothing, and nothing comes of it.
    if ("fate" in choice && choice.fate === "crashes") {
      return [
        { ...state, actors: state.actors.with(choice.actor, CRASHED), crashes: state.crashes - 1 },
        nowhere(),
      ];
    }
    const who =
      "late" in choice ? `late ${state.late[choice.late]}` : `${state.actors[choice.actor]} ${choice.fate}`;
    const key = `${state.store} ${who}`;
    let moved = moves.get(key);
    let moment: Moment | null = null;
    if (moved === undefined) {
      moment = live.take() ?? (await run(path));
      moved = await learn(state, choice, path, moment);
      moves.set(key, moved);
    }
    const there = { take: once(moment) };
    if ("late" in choice) {
      return [{ ...state, store: moved.store, late: state.late.toSpliced(choice.late, 1) }, there];
    }
    const next = {
      store: moved.store,
      actors: state.actors.with(choice.actor, moved.actor ?? CRASHED),
      late: moved.late === null ? state.late : [...state.late, moved.late],
      crashes: state.crashes,
      losses: state.losses - Number(choice.fate === "late"),
    };
    return [next, there];
  }

  function choices({ actors, late, ...budget }: State): readonly Choice[] {
    const next = actors.flatMap((state, actor) => {
      const call = calls.get(state) ?? null;
      return call === null ? [] : fates(call, budget).map((fate): Choice => ({ actor, fate }));
    });
    return [...next, ...late.map((_, at): Choice => ({ late: at }))];
  }

  async function futureOf(state: State, path: readonly Choice[], live: Live): Promise<bigint> {
    const key = `${state.store} ${state.actors} ${state.late} ${state.crashes} ${state.losses}`;
    const known = futures.get(key);
    if (known !== undefined) return known;
    let schedules = 0n;
    for (const choice of choices(state)) {
      const onward = [...path, choice];
      const [next, there] = await after(state, choice, path, live);
      schedules += await futureOf(next, onward, there);
    }
    // Nothing need happen any more: a late put may also never arrive.
    if (state.actors.every((actor) => (calls.get(actor) ?? null) === null)) {
      await end(state, path, live);
      schedules += 1n;
    }
    futures.set(key, schedules);
    return schedules;
  }

  async function end(state: State, path: readonly Choice[], live: Live): Promise<void> {
    const key = `${state.store} ${state.actors}`;
    if (ends.has(key)) return;
    ends.add(key);
    const broken = await play.checkEnd(live.take() ?? (await run(path)));
    if (broken.length > 0) throw new Error(`${broken.join("; ")}, after ${told(path)}`);
  }

  const first = await play.begin();
  remember(first);
  const schedules = await futureOf(
    {
      store: fingerprint(first.world.store),
      actors: first.world.actors.map((actor) => actor.state()),
      late: [],
      crashes: play.crashes,
      losses: play.losses,
    },
    [],
    { take: once(first) },
  );
  return { schedules, states: futures.size, steps };
}

/** All that the future depends on, in small numbers. */
interface State {
  readonly store: number;
  readonly actors: readonly number[];
  readonly late: readonly number[];
  readonly crashes: number;
  readonly losses: number;
}

/** A world that stands at a state and may be led on from there, once; otherwise one is led there from the beginning. */
interface Live {
  take(): Moment | null;
}

function once(moment: Moment | null): Live["take"] {
  let left = moment;
  return () => {
    const taken = left;
    left = null;
    return taken;
  };
}

const nowhere = (): Live => ({ take: () => null });

/** What one choice changes. */
interface Moved {
  readonly store: number;
  readonly actor: number | null;
  readonly late: number | null;
}

/** What stands under the keys that more than one actor may touch. Etags of the in-memory store name contents. */
function fingerprint(store: MemoryStore): number {
  const shared = [...store.objects].filter(([key]) => !key.startsWith("_runs/"));
  return numberOf(
    shared
      .map(([key, { etag, metadata }]) => `${key} ${etag} ${JSON.stringify(metadata)}`)
      .sort()
      .join("\n"),
  );
}

const lateNumber = ({ verb, key, etag, object }: StoreCall) =>
  numberOf(
    `${verb} ${key} ${etag} ${object?.sha256} ${new TextDecoder().decode(object?.body)} ${JSON.stringify(object?.metadata)}`,
  );

const told = (path: readonly Choice[]) =>
  path
    .map((choice) => ("late" in choice ? "a late put arrives" : `${choice.actor + 1} ${choice.fate}`))
    .join(", ");
