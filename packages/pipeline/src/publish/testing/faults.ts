import { type ArtifactStore, isPut, type StoreCall, StoreError, withHooks } from "@dapanoskop/core/store";

/** The simulated end of the process. Not a `StoreError`: the code under test must not catch it. */
export class ProcessKilled extends Error {}

export interface FaultCase {
  /** A new store with the data from before the run. */
  open(): Promise<ArtifactStore>;
  /** The run into which the fault is injected. */
  act(store: ArtifactStore): Promise<unknown>;
  /** Checks the store after the fault. `fault` describes it, for messages. */
  check(store: ArtifactStore, fault: string): Promise<void>;
}

/** Kills the run before its first call, after it, before its second, and so on. @returns the number of kills */
export async function killAtEveryCall({ open, act, check }: FaultCase): Promise<number> {
  let kills = 0;
  for (let nth = 1; ; nth++) {
    for (const moment of ["before", "after"] as const) {
      const store = await open();
      const { killing, killedAt } = killingStore(store, nth, moment);
      const isCompleted = await act(killing).then(() => true, falseIfKilled);
      if (isCompleted) return kills;
      kills++;
      await check(store, `killed ${moment} ${killedAt()}`);
    }
  }
}

/** Loses the request, then the answer, of each put in turn; the run continues. @returns the number of losses */
export async function loseEveryPut({ open, act, check }: FaultCase): Promise<number> {
  let losses = 0;
  for (let nth = 1; ; nth++) {
    for (const moment of ["before", "after"] as const) {
      const store = await open();
      const { losing, lost } = losingStore(store, nth, moment);
      await act(losing);
      if (lost() === null) return losses;
      losses++;
      await check(store, `${moment === "before" ? "request" : "answer"} of ${lost()} lost`);
    }
  }
}

function killingStore(store: ArtifactStore, nth: number, moment: "before" | "after") {
  let calls = 0;
  let killedAt = "";
  const at = (when: "before" | "after") => (call: StoreCall) => {
    if (when === "before") calls++;
    // A killed process makes no further call: each one fails again.
    if (calls < nth || (calls === nth && when !== moment)) return;
    killedAt ||= `${call.verb} ${call.key}`;
    throw new ProcessKilled(killedAt);
  };
  return {
    killing: withHooks(store, { before: at("before"), after: at("after") }),
    killedAt: () => killedAt,
  };
}

function losingStore(store: ArtifactStore, nth: number, moment: "before" | "after") {
  let puts = 0;
  let lost: string | null = null;
  const at = (when: "before" | "after") => (call: StoreCall) => {
    if (!isPut(call)) return;
    if (when === "before") puts++;
    if (puts !== nth || when !== moment) return;
    lost = `${call.verb} ${call.key}`;
    throw new StoreError("unknown-outcome", call.key, `The answer about ${call.key} was lost.`);
  };
  return { losing: withHooks(store, { before: at("before"), after: at("after") }), lost: () => lost };
}

function falseIfKilled(error: unknown): false {
  if (error instanceof ProcessKilled) return false;
  throw error;
}
