import type { StoreCall } from "@dapanoskop/core/store";
import type { MemoryStore } from "@dapanoskop/dataset/store";
import type { InvariantMonitor } from "./invariants.ts";
import { type CallOutcome, CRASHED, numberOf, possibleOutcomes, type Simulation } from "./scheduler.ts";

/** One event that may happen next: something happens to the pending call of a process, or a late put arrives. */
export type ScheduleStep =
  | { readonly process: number; readonly outcome: CallOutcome }
  | { readonly late: number };

/** A simulation that was executed, with the monitor that checks it after each step. */
export interface MonitoredSimulation {
  readonly simulation: Simulation;
  readonly monitor: InvariantMonitor;
}

/** What is explored: processes that start from one state, and what must be true at each end. */
export interface Model {
  /** Starts the processes; the same state every time. */
  begin(): Promise<MonitoredSimulation>;
  /** Violations once no process can take a step. The check may change the store. */
  checkEnd(end: MonitoredSimulation): Promise<readonly string[]>;
  readonly crashes: number;
  readonly losses: number;
}

export interface Exploration {
  /** Different orders of events, from the beginning to an end, that the states cover. */
  readonly schedules: bigint;
  readonly states: number;
  /** Steps that the real code took. */
  readonly steps: number;
}

/**
 * Explores every schedule of a model, exhaustively, with the real code.
 *
 * Processes are deterministic: the next call of a process, and what it does with the answer, depend only on the answers
 * so far and on the store. The real code therefore executes such a transition once, and its result is reused. A state
 * that is reached in two ways has the same future, which is explored once.
 * @throws Error naming the violated invariant and the schedule that leads to it
 */
export async function exploreSchedules(model: Model): Promise<Exploration> {
  const transitions = new Map<string, Transition>();
  const calls = new Map<number, StoreCall | null>();
  const lateCalls = new Map<number, StoreCall>();
  const futures = new Map<string, bigint>();
  const ends = new Set<string>();
  let steps = 0;

  async function replay(path: readonly ScheduleStep[]): Promise<MonitoredSimulation> {
    const started = await model.begin();
    for (const step of path) await execute(started, step, path);
    return started;
  }

  async function execute(
    { simulation, monitor }: MonitoredSimulation,
    step: ScheduleStep,
    path: readonly ScheduleStep[],
  ): Promise<void> {
    steps++;
    if ("late" in step) await simulation.latePuts.splice(step.late, 1)[0]?.deliver();
    else await simulation.processes[step.process]?.release(step.outcome);
    const violations = await monitor.check();
    if (violations.length > 0) throw new Error(`${violations.join("; ")}, after ${scheduleText(path)}`);
  }

  function recordCalls({ simulation }: MonitoredSimulation): void {
    for (const process of simulation.processes) calls.set(process.state(), process.pending());
    for (const { call } of simulation.latePuts) lateCalls.set(lateNumber(call), call);
  }

  async function executeTransition(
    state: State,
    step: ScheduleStep,
    path: readonly ScheduleStep[],
    reached: MonitoredSimulation,
  ): Promise<Transition> {
    await execute(reached, step, [...path, step]);
    recordCalls(reached);
    const { store, processes, latePuts } = reached.simulation;
    const added = latePuts.length > state.late.length ? latePuts.at(-1) : undefined;
    return {
      store: fingerprint(store),
      process: "late" in step ? null : (processes[step.process]?.state() ?? null),
      late: added === undefined ? null : lateNumber(added.call),
    };
  }

  /** The state after a step, and the simulation that executed it, where one did. */
  async function after(
    state: State,
    step: ScheduleStep,
    path: readonly ScheduleStep[],
    reusable: Reusable,
  ): Promise<[State, Reusable]> {
    // A crash changes nothing but the state of its process: no code needs to run.
    if ("outcome" in step && step.outcome === "crashes") {
      return [
        { ...state, processes: state.processes.with(step.process, CRASHED), crashes: state.crashes - 1 },
        notReusable(),
      ];
    }
    const event =
      "late" in step ? `late ${state.late[step.late]}` : `${state.processes[step.process]} ${step.outcome}`;
    const key = `${state.store} ${event}`;
    let transition = transitions.get(key);
    let reached: MonitoredSimulation | null = null;
    if (transition === undefined) {
      reached = reusable.take() ?? (await replay(path));
      transition = await executeTransition(state, step, path, reached);
      transitions.set(key, transition);
    }
    const next = { take: once(reached) };
    if ("late" in step) {
      return [{ ...state, store: transition.store, late: state.late.toSpliced(step.late, 1) }, next];
    }
    const nextState = {
      store: transition.store,
      processes: state.processes.with(step.process, transition.process ?? CRASHED),
      late: transition.late === null ? state.late : [...state.late, transition.late],
      crashes: state.crashes,
      losses: state.losses - Number(step.outcome === "late"),
    };
    return [nextState, next];
  }

  function possibleSteps({ processes, late, ...budget }: State): readonly ScheduleStep[] {
    const next = processes.flatMap((state, process) => {
      const call = calls.get(state) ?? null;
      return call === null
        ? []
        : possibleOutcomes(call, budget).map((outcome): ScheduleStep => ({ process, outcome }));
    });
    return [...next, ...late.map((_, at): ScheduleStep => ({ late: at }))];
  }

  async function schedulesFrom(
    state: State,
    path: readonly ScheduleStep[],
    reusable: Reusable,
  ): Promise<bigint> {
    const key = `${state.store} ${state.processes} ${state.late} ${state.crashes} ${state.losses}`;
    const explored = futures.get(key);
    if (explored !== undefined) return explored;
    let schedules = 0n;
    for (const step of possibleSteps(state)) {
      const [nextState, next] = await after(state, step, path, reusable);
      schedules += await schedulesFrom(nextState, [...path, step], next);
    }
    // Every process has ended, and a late put may never arrive: this is an end.
    if (state.processes.every((process) => (calls.get(process) ?? null) === null)) {
      await checkEnd(state, path, reusable);
      schedules += 1n;
    }
    futures.set(key, schedules);
    return schedules;
  }

  async function checkEnd(state: State, path: readonly ScheduleStep[], reusable: Reusable): Promise<void> {
    const key = `${state.store} ${state.processes}`;
    if (ends.has(key)) return;
    ends.add(key);
    const violations = await model.checkEnd(reusable.take() ?? (await replay(path)));
    if (violations.length > 0) throw new Error(`${violations.join("; ")}, after ${scheduleText(path)}`);
  }

  const first = await model.begin();
  recordCalls(first);
  const schedules = await schedulesFrom(
    {
      store: fingerprint(first.simulation.store),
      processes: first.simulation.processes.map((process) => process.state()),
      late: [],
      crashes: model.crashes,
      losses: model.losses,
    },
    [],
    { take: once(first) },
  );
  return { schedules, states: futures.size, steps };
}

/** Everything that the future depends on, in small numbers. */
interface State {
  readonly store: number;
  readonly processes: readonly number[];
  readonly late: readonly number[];
  readonly crashes: number;
  readonly losses: number;
}

/** A simulation in a certain state: one path may continue it, every other path replays from the beginning. */
interface Reusable {
  take(): MonitoredSimulation | null;
}

function once(reached: MonitoredSimulation | null): Reusable["take"] {
  let left = reached;
  return () => {
    const taken = left;
    left = null;
    return taken;
  };
}

const notReusable = (): Reusable => ({ take: () => null });

/** What one step changes. */
interface Transition {
  readonly store: number;
  readonly process: number | null;
  readonly late: number | null;
}

/** The contents of the keys that more than one process may write. Etags of the in-memory store name contents. */
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

const scheduleText = (path: readonly ScheduleStep[]) =>
  path
    .map((step) => ("late" in step ? "a late put arrives" : `${step.process + 1} ${step.outcome}`))
    .join(", ");
