import type { SendingCall, SendingFate, SendingSimulation } from "./simulation.ts";

/** One event that may happen next. */
export type SendingEventStep =
  | { readonly process: number; readonly fate: SendingFate }
  | { readonly late: number }
  | { readonly time: true };

/** How often each kind of fault may happen in one schedule. */
export interface FaultBudget {
  readonly crashes: number;
  /** Answers of writes that are lost. */
  readonly losses: number;
  /** Answers of the other side that are lost. */
  readonly timeouts: number;
  /** Messages that are refused, for now or for ever. */
  readonly refusals: number;
  /** Hours that pass. */
  readonly hours: number;
}

/** What is explored: processes that start from one state, and what must be true after each step and at each end. */
export interface SendingModel {
  /** Starts the processes; the same state every time. */
  begin(): Promise<SendingSimulation>;
  /** Violations after a step. */
  check(simulation: SendingSimulation): Promise<readonly string[]>;
  /** Violations once no process takes another step. The check may change the simulation. */
  checkEnd(simulation: SendingSimulation): Promise<readonly string[]>;
  readonly budget: FaultBudget;
}

export interface ExploredSendings {
  /** Different orders of events, from the beginning to an end, that the states cover. */
  readonly schedules: bigint;
  readonly states: number;
  /** Ends that were checked. */
  readonly ends: number;
}

/**
 * Explores every schedule of a model, exhaustively, with the real code.
 *
 * A process is deterministic: what it does next depends on what it has learned, and on the state outside it. The real code
 * therefore takes each such step once, and the result is reused. A state that is reached in two ways has the same
 * future, which is explored once.
 * @throws Error naming what is violated, and the schedule that leads to it
 */
export async function exploreSendings(model: SendingModel): Promise<ExploredSendings> {
  const numbers = new Map<string, number>();
  const calls = new Map<number, SendingCall | null>();
  const steps = new Map<string, StepResult>();
  const futures = new Map<string, bigint>();
  const ends = new Set<string>();

  function numberOf(text: string): number {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  }

  async function stateOf(simulation: SendingSimulation, budget: FaultBudget): Promise<ExploredState> {
    const processes = simulation.processes.map((process) => {
      const number = numberOf(process.history());
      calls.set(number, process.end() === "running" ? process.pending() : null);
      return number;
    });
    const late = simulation.late.map(({ text }) => numberOf(text));
    return { outside: numberOf(await simulation.fingerprint()), processes, late, budget };
  }

  async function replay(path: readonly SendingEventStep[]): Promise<SendingSimulation> {
    const simulation = await model.begin();
    for (const step of path) await execute(simulation, step);
    return simulation;
  }

  function violated(violations: readonly string[], path: readonly SendingEventStep[]): void {
    if (violations.length > 0) throw new Error(`${violations.join("; ")}, after ${pathText(path)}`);
  }

  /** The state after a step, and the simulation that is in it where the step was executed. */
  async function after(
    state: ExploredState,
    step: SendingEventStep,
    path: readonly SendingEventStep[],
    reached: SendingSimulation | null,
  ): Promise<[ExploredState, SendingSimulation | null]> {
    const budget = spent(state.budget, step, "process" in step ? callOf(state, step.process) : null);
    const who =
      "process" in step ? state.processes[step.process] : "late" in step ? state.late[step.late] : "";
    const key = `${state.outside} ${Object.keys(step)[0]} ${who} ${"fate" in step ? step.fate : ""}`;
    const known = steps.get(key);
    if (known !== undefined) return [resultOf(state, step, known, budget), null];
    const simulation = reached ?? (await replay(path));
    await execute(simulation, step);
    violated(await model.check(simulation), [...path, step]);
    const next = await stateOf(simulation, budget);
    steps.set(key, {
      outside: next.outside,
      process: "process" in step ? (next.processes[step.process] ?? null) : null,
      late: next.late.length > state.late.length ? (next.late.at(-1) ?? null) : null,
    });
    return [next, simulation];
  }

  const callOf = (state: Pick<ExploredState, "processes">, process: number) =>
    calls.get(state.processes[process] ?? -1) ?? null;

  const possible = ({ processes, late, budget }: ExploredState, hasAccepted: boolean) =>
    possibleSteps(
      processes.map((_, process) => callOf({ processes }, process)),
      late.length,
      budget,
      hasAccepted,
    );

  async function schedulesFrom(
    state: ExploredState,
    path: readonly SendingEventStep[],
    reached: SendingSimulation | null,
  ): Promise<bigint> {
    const { crashes, losses, timeouts, refusals, hours } = state.budget;
    const key = `${state.outside} ${state.processes} ${state.late} ${[crashes, losses, timeouts, refusals, hours]}`;
    const explored = futures.get(key);
    if (explored !== undefined) return explored;
    let left = reached;
    let schedules = 0n;
    const hasAccepted = acceptedStates.has(state.outside);
    for (const step of possible(state, hasAccepted)) {
      const [next, simulation] = await after(state, step, path, left);
      // The simulation has left this state, unless the step was known.
      if (simulation !== null) {
        left = null;
        if (simulation.accepted.length > 0) acceptedStates.add(next.outside);
      }
      schedules += await schedulesFrom(next, [...path, step], simulation);
    }
    const isEnd = state.processes.every((_, process) => {
      const call = callOf(state, process);
      return call === null || (call.verb === "event" && !hasAccepted);
    });
    if (isEnd) {
      schedules += 1n;
      const end = `${state.outside} ${state.processes} ${state.late}`;
      if (!ends.has(end)) {
        ends.add(end);
        violated(await model.checkEnd(await replay(path)), path);
      }
    }
    futures.set(key, schedules);
    return schedules;
  }

  const acceptedStates = new Set<number>();
  const begun = await model.begin();
  const schedules = await schedulesFrom(await stateOf(begun, model.budget), [], begun);
  return { schedules, states: futures.size, ends: ends.size };
}

/** Everything that the future depends on, in small numbers. */
interface ExploredState {
  readonly outside: number;
  readonly processes: readonly number[];
  readonly late: readonly number[];
  readonly budget: FaultBudget;
}

/** What one step changes. */
interface StepResult {
  readonly outside: number;
  readonly process: number | null;
  readonly late: number | null;
}

function resultOf(
  state: ExploredState,
  step: SendingEventStep,
  { outside, process, late }: StepResult,
  budget: FaultBudget,
): ExploredState {
  const processes =
    "process" in step && process !== null ? state.processes.with(step.process, process) : state.processes;
  const before = "late" in step ? state.late.toSpliced(step.late, 1) : state.late;
  return { outside, processes, late: late === null ? before : [...before, late], budget };
}

/**
 * Runs one schedule of a model: each number chooses one of the steps that are possible. Afterwards every process continues
 * without faults until it ends.
 * @throws Error naming what is violated, and the schedule that leads to it
 */
export async function runSchedule(model: SendingModel, choices: readonly number[]): Promise<void> {
  const simulation = await model.begin();
  const path: SendingEventStep[] = [];
  let budget = model.budget;
  const none: FaultBudget = { crashes: 0, losses: 0, timeouts: 0, refusals: 0, hours: 0 };
  const violated = (violations: readonly string[]) => {
    if (violations.length > 0) throw new Error(`${violations.join("; ")}, after ${pathText(path)}`);
  };
  for (let at = 0; ; at++) {
    const calls = simulation.processes.map((process) =>
      process.end() === "running" ? process.pending() : null,
    );
    const choice = choices[at];
    const hasAccepted = simulation.accepted.length > 0;
    const late = choice === undefined ? 0 : simulation.late.length;
    const steps = possibleSteps(calls, late, choice === undefined ? none : budget, hasAccepted);
    const step = steps[(choice ?? 0) % Math.max(1, steps.length)];
    if (step === undefined) break;
    path.push(step);
    budget = spent(budget, step, "process" in step ? (calls[step.process] ?? null) : null);
    await execute(simulation, step);
    violated(await model.check(simulation));
  }
  violated(await model.checkEnd(simulation));
}

/** Everything that may happen next. */
function possibleSteps(
  calls: readonly (SendingCall | null)[],
  late: number,
  budget: FaultBudget,
  hasAccepted: boolean,
): readonly SendingEventStep[] {
  return [
    ...calls.flatMap((call, process) =>
      fatesOf(call, budget, hasAccepted).map((fate): SendingEventStep => ({ process, fate })),
    ),
    ...Array.from({ length: late }, (_, at): SendingEventStep => ({ late: at })),
    ...(budget.hours > 0 ? [{ time: true } as const] : []),
  ];
}

async function execute(simulation: SendingSimulation, step: SendingEventStep): Promise<void> {
  if ("time" in step) simulation.passTime();
  else if ("late" in step) await simulation.late.splice(step.late, 1)[0]?.deliver();
  else await simulation.processes[step.process]?.release(step.fate);
}

/** What may happen to a call, within what is left of the budget. */
function fatesOf(
  call: SendingCall | null,
  budget: FaultBudget,
  hasAccepted: boolean,
): readonly SendingFate[] {
  if (call === null) return [];
  const fates: SendingFate[] = call.verb === "event" && !hasAccepted ? [] : ["proceeds"];
  // To end before a read changes as much as to end before the call after it.
  const isRead = call.verb === "start" || call.verb === "read";
  if (budget.crashes > 0 && !isRead && fates.length > 0) fates.push("crashes");
  if (call.verb === "write" && budget.losses > 0) fates.push("late");
  if (call.verb === "send" && budget.timeouts > 0) fates.push("late");
  if (call.verb === "send" && budget.refusals > 0) fates.push("throttled", "rejected");
  return fates;
}

function spent(budget: FaultBudget, step: SendingEventStep, call: SendingCall | null): FaultBudget {
  if ("time" in step) return { ...budget, hours: budget.hours - 1 };
  if ("late" in step || step.fate === "proceeds") return budget;
  if (step.fate === "crashes") return { ...budget, crashes: budget.crashes - 1 };
  if (step.fate !== "late") return { ...budget, refusals: budget.refusals - 1 };
  return call?.verb === "send"
    ? { ...budget, timeouts: budget.timeouts - 1 }
    : { ...budget, losses: budget.losses - 1 };
}

const pathText = (path: readonly SendingEventStep[]): string =>
  path
    .map((step) => {
      if ("time" in step) return "an hour passes";
      return "late" in step ? "a late call arrives" : `${step.process + 1} ${step.fate}`;
    })
    .join(", ");
