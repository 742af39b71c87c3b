import { type SteppedProcess, startStepped } from "@dapanoskop/core/runtime/testing";
import {
  type ArtifactStore,
  isPut,
  type NewObject,
  type StoreCall,
  StoreError,
  withHooks,
} from "@dapanoskop/core/store";
import type { MemoryStore } from "@dapanoskop/dataset/store";

/** What the scheduler does with the pending call of a process. */
export type CallOutcome =
  /** It is performed and answered. */
  | "proceeds"
  /** The process ends before it. To end after a call is to end before the next one. */
  | "crashes"
  /**
   * The caller gets no answer, and the put is performed at some later moment, or never. A lost answer is a put that
   * arrives at once, a lost request one that never arrives.
   */
  | "late";

/** A simulated process with its own client of the store. */
export interface SimulatedProcess extends SteppedProcess<StoreCall, CallOutcome> {
  readonly name: string;
  /** Identifies all answers that it got so far: since it is deterministic, this is its state. After its end: its result. */
  state(): number;
}

/** A put that is still on its way although its caller has got an error. */
export type LatePut = { readonly call: StoreCall; readonly deliver: () => Promise<void> };

/** Processes that publish into one store at the same time. */
export interface Simulation {
  readonly store: MemoryStore;
  readonly processes: readonly SimulatedProcess[];
  readonly latePuts: LatePut[];
}

export interface ProcessDefinition {
  readonly name: string;
  act(store: ArtifactStore): Promise<unknown>;
}

export interface SimulationOptions {
  readonly store: MemoryStore;
  readonly processes: readonly ProcessDefinition[];
  /** Calls that no other process can notice: performed at once, since their order makes no difference. */
  isInvisible(call: StoreCall): boolean;
  /** Stable keys are replaced as in a folder: the etag is compared, and a moment later the file is renamed over. */
  readonly replaceInTwoSteps?: boolean;
}

/** Starts every process, up to its first call. */
export async function startSimulation(options: SimulationOptions): Promise<Simulation> {
  const latePuts: LatePut[] = [];
  const processes: SimulatedProcess[] = [];
  for (const definition of options.processes) processes.push(await start(options, definition, latePuts));
  return { store: options.store, processes, latePuts };
}

async function start(
  options: SimulationOptions,
  { name, act }: ProcessDefinition,
  latePuts: LatePut[],
): Promise<SimulatedProcess> {
  let state = numberOf(name);
  const record = (what: string) => {
    state = numberOf(`${state} ${what}`);
  };

  const process = await startStepped<StoreCall, CallOutcome>((step) => {
    async function gate(call: StoreCall): Promise<void> {
      if (options.isInvisible(call)) return;
      const outcome = await step(call);
      record("continued");
      if (outcome === "late") {
        latePuts.push({ call, deliver: () => deliver(options.store, call) });
        record(`${call.verb} ${call.key} lost`);
        throw new StoreError("unknown-outcome", call.key, `The answer about ${call.key} was lost.`);
      }
    }

    const inner = options.replaceInTwoSteps === true ? inTwoSteps(options.store, gate) : options.store;
    const after = (call: StoreCall, answer: unknown) =>
      record(`${call.verb} ${call.key} ${answerText(answer)}`);
    return act(withHooks(inner, { before: gate, after }));
  });
  return {
    ...process,
    name,
    state() {
      const end = process.end();
      if (end === "running") return state;
      if (end === "crashed") return CRASHED;
      const result = process.result();
      return numberOf(`${end} ${JSON.stringify(result)} ${String(result)}`);
    },
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

// Etags of the in-memory store name contents, so they identify everything that an answer says.
function answerText(answer: unknown): string {
  const { etag, outcome, metadata } = (answer ?? {}) as Record<string, unknown>;
  return JSON.stringify([etag, outcome, metadata]);
}

/** What may happen to a pending call, given how many crashes and lost answers are left. */
export function possibleOutcomes(
  call: StoreCall,
  budget: { readonly crashes: number; readonly losses: number },
): readonly CallOutcome[] {
  const outcomes: CallOutcome[] = ["proceeds"];
  if (budget.crashes > 0) outcomes.push("crashes");
  if (budget.losses > 0 && isPut(call)) outcomes.push("late");
  return outcomes;
}

/** The state of every process that crashed: it makes no further call. */
export const CRASHED = 0;

const numbers = new Map<string, number>();

/** Small numbers for long texts: equal texts, equal numbers. */
export function numberOf(text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size + 1);
  return numbers.size;
}
