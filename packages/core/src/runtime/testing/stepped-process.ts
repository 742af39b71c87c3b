/** A process of a simulation: it stops before each of its calls, and continues when it is released. */
export interface SteppedProcess<Call, Fate extends string> {
  /** The call that it waits to make; `null` once it ended. */
  pending(): Call | null;
  /**
   * Lets the pending call have this fate, and waits for the next call, or the end. After `crashes` the process never
   * continues.
   */
  release(fate: Fate): Promise<void>;
  end(): "running" | "done" | "failed" | "crashed";
  /** What it returned or threw; `undefined` before its end, and after a crash. */
  result(): unknown;
}

/** Where a process stops before a call: answers with the fate of the call. */
type StepGate<Call, Fate extends string> = (call: Call) => Promise<Fate>;

/** Starts a process, up to its first call. What it does must depend on nothing but the answers that it gets. */
export async function startStepped<Call, Fate extends string>(
  act: (gate: StepGate<Call, Fate>) => Promise<unknown>,
): Promise<SteppedProcess<Call, Fate>> {
  let waiting: { readonly call: Call; readonly resolve: (fate: Fate) => void } | null = null;
  let wake = () => {};
  let end: ReturnType<SteppedProcess<Call, Fate>["end"]> = "running";
  let result: unknown;

  const gate: StepGate<Call, Fate> = (call) =>
    new Promise((resolve) => {
      waiting = { call, resolve };
      wake();
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
  act(gate).then(settled("done"), settled("failed"));
  await first;
  return {
    pending: () => waiting?.call ?? null,
    async release(fate) {
      const resolve = waiting?.resolve;
      waiting = null;
      if (fate === "crashes") {
        end = "crashed";
        return;
      }
      const next = nextCall();
      resolve?.(fate);
      await next;
    },
    end: () => end,
    result: () => result,
  };
}
