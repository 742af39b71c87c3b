import {
  type ArtifactStore,
  isPut,
  type NewObject,
  type StoreCall,
  StoreError,
  withHooks,
} from "@dapanoskop/core/store";
import type { MemoryStore } from "@dapanoskop/dataset/store";

/** What the scheduler lets happen to the call that an actor waits with. */
export type Fate =
  /** It is performed and answered. */
  | "proceeds"
  /** The process dies before it. To die after a call is to die before the next one. */
  | "crashes"
  /**
   * The caller learns nothing, and the put is performed at some later moment, or never. A lost answer is a put that
   * arrives at once, a lost request one that never does.
   */
  | "late";

/** A process that runs against a store of its own door, one released call at a time. */
export interface Actor {
  readonly name: string;
  /** The call that it waits with; `null` once it ended. */
  pending(): StoreCall | null;
  /** Lets the pending call meet its fate and waits for the next call, or the end. */
  release(fate: Fate): Promise<void>;
  /** Number of all that it has seen so far: since it is deterministic, this is its state. Of an ended one: of its result. */
  state(): number;
  end(): "running" | "done" | "failed" | "crashed";
  result(): unknown;
}

/** Puts that are under way although their callers gave up on them. */
export type Late = { readonly call: StoreCall; readonly deliver: () => Promise<void> };

export interface World {
  readonly store: MemoryStore;
  readonly actors: readonly Actor[];
  readonly late: Late[];
}

export interface Cast {
  readonly name: string;
  act(store: ArtifactStore): Promise<unknown>;
}

export interface Stage {
  readonly store: MemoryStore;
  readonly cast: readonly Cast[];
  /** Calls that no other actor can notice: performed at once, since their order makes no difference. */
  unseen(call: StoreCall): boolean;
  /** Stable keys are replaced as in a folder: the etag is compared, and a moment later the file is renamed over. */
  readonly replaceInTwoSteps?: boolean;
}

/** Raises the curtain: every actor stands before its first call. */
export async function raise(stage: Stage): Promise<World> {
  const late: Late[] = [];
  const actors: Actor[] = [];
  for (const member of stage.cast) actors.push(await start(stage, member, late));
  return { store: stage.store, actors, late };
}

async function start(stage: Stage, { name, act }: Cast, late: Late[]): Promise<Actor> {
  let pending: { readonly call: StoreCall; readonly meet: (fate: Fate) => void } | null = null;
  let wake = () => {};
  let end: ReturnType<Actor["end"]> = "running";
  let result: unknown;
  let state = numberOf(name);
  const see = (what: string) => {
    state = numberOf(`${state} ${what}`);
  };

  async function gate(call: StoreCall): Promise<void> {
    if (stage.unseen(call)) return;
    const fate = await new Promise<Fate>((meet) => {
      pending = { call, meet };
      wake();
    });
    if (fate === "crashes") await new Promise(() => {});
    see("went on");
    if (fate === "late") {
      late.push({ call, deliver: () => deliver(stage.store, call) });
      see(`${call.verb} ${call.key} lost`);
      throw new StoreError("unknown-outcome", call.key, `The answer about ${call.key} was lost.`);
    }
  }

  const door = stage.replaceInTwoSteps === true ? inTwoSteps(stage.store, gate) : stage.store;
  const store = withHooks(door, {
    before: gate,
    after: (call, answer) => see(`${call.verb} ${call.key} ${seen(answer)}`),
  });

  const settled = (how: "done" | "failed") => (value: unknown) => {
    end = how;
    result = value;
    wake();
  };
  const nextCall = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const first = nextCall();
  act(store).then(settled("done"), settled("failed"));
  await first;
  return {
    name,
    pending: () => pending?.call ?? null,
    async release(fate) {
      const meet = pending?.meet;
      pending = null;
      if (fate === "crashes") {
        end = "crashed";
        return;
      }
      const next = nextCall();
      meet?.(fate);
      await next;
    },
    state: () =>
      end === "running"
        ? state
        : end === "crashed"
          ? CRASHED
          : numberOf(`${end} ${JSON.stringify(result)} ${String(result)}`),
    end: () => end,
    result: () => result,
  };
}

async function deliver(store: ArtifactStore, { verb, key, object, etag }: StoreCall): Promise<void> {
  if (object === undefined) return;
  if (verb === "putIfAbsent") await store.putIfAbsent(key, object);
  else await store.putIfMatch(key, object, etag ?? "");
}

function inTwoSteps(store: MemoryStore, gate: (call: StoreCall) => Promise<void>): ArtifactStore {
  return {
    ...store,
    async putIfMatch(key: string, object: NewObject, etag: string) {
      if (key === "index.json") return store.putIfMatch(key, object, etag);
      if ((await store.head(key))?.etag !== etag) return { outcome: "refused" };
      await gate({ verb: "putIfMatch", key, object, etag: "*" });
      await store.overwrite(key, object);
      return { outcome: "written", etag: store.objects.get(key)?.etag ?? "" };
    },
  };
}

// Etags of the in-memory store name contents, so they stand for all that an answer says.
function seen(answer: unknown): string {
  const { etag, outcome, metadata } = (answer ?? {}) as Record<string, unknown>;
  return JSON.stringify([etag, outcome, metadata]);
}

/** Fates that a pending call may meet, given how many crashes and lost answers are still to come. */
export function fates(
  call: StoreCall,
  budget: { readonly crashes: number; readonly losses: number },
): readonly Fate[] {
  const fates: Fate[] = ["proceeds"];
  if (budget.crashes > 0) fates.push("crashes");
  if (budget.losses > 0 && isPut(call)) fates.push("late");
  return fates;
}

/** The state of every actor that crashed: it will do nothing more. */
export const CRASHED = 0;

const numbers = new Map<string, number>();

/** Small numbers for long texts: equal texts, equal numbers. */
export function numberOf(text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size + 1);
  return numbers.size;
}
