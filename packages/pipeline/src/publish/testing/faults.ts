import { type ArtifactStore, isPut, type StoreCall, StoreError, withHooks } from "@dapanoskop/core/store";

/** The process died. Not a `StoreError`: nothing in the house may catch it. */
export class Killed extends Error {}

export interface Ordeal {
  /** A fresh place, as it stood before. */
  open(): Promise<ArtifactStore>;
  /** The run that meets with an accident. */
  act(store: ArtifactStore): Promise<unknown>;
  /** Looks at what is left. `accident` says what happened, for messages. */
  look(store: ArtifactStore, accident: string): Promise<void>;
}

/** Kills the run before its first call, after it, before its second, and so on. @returns how often it was killed */
export async function killEverywhere({ open, act, look }: Ordeal): Promise<number> {
  let deaths = 0;
  for (let nth = 1; ; nth++) {
    for (const side of ["before", "after"] as const) {
      const store = await open();
      const { door, death } = dying(store, nth, side);
      const survived = await act(door).then(() => true, ifKilled);
      if (survived) return deaths;
      deaths++;
      await look(store, `killed ${side} ${death()}`);
    }
  }
}

/** Loses the request, then the answer, of each put in turn; the run lives on. @returns how many were lost */
export async function loseEverywhere({ open, act, look }: Ordeal): Promise<number> {
  let losses = 0;
  for (let nth = 1; ; nth++) {
    for (const side of ["before", "after"] as const) {
      const store = await open();
      const { door, lost } = losing(store, nth, side);
      await act(door);
      if (lost() === null) return losses;
      losses++;
      await look(store, `${side === "before" ? "request" : "answer"} of ${lost()} lost`);
    }
  }
}

function dying(store: ArtifactStore, nth: number, side: "before" | "after") {
  let calls = 0;
  let death = "";
  const at = (when: "before" | "after") => (call: StoreCall) => {
    if (when === "before") calls++;
    // Who is dead calls nobody any more.
    if (calls < nth || (calls === nth && when !== side)) return;
    death ||= `${call.verb} ${call.key}`;
    throw new Killed(death);
  };
  return { door: withHooks(store, { before: at("before"), after: at("after") }), death: () => death };
}

function losing(store: ArtifactStore, nth: number, side: "before" | "after") {
  let puts = 0;
  let lost: string | null = null;
  const at = (when: "before" | "after") => (call: StoreCall) => {
    if (!isPut(call)) return;
    if (when === "before") puts++;
    if (puts !== nth || when !== side) return;
    lost = `${call.verb} ${call.key}`;
    throw new StoreError("unknown-outcome", call.key, `The answer about ${call.key} was lost.`);
  };
  return { door: withHooks(store, { before: at("before"), after: at("after") }), lost: () => lost };
}

function ifKilled(error: unknown): false {
  if (error instanceof Killed) return false;
  throw error;
}
