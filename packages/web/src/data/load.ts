import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from "solid-js";
import { type DataError, dataError } from "./failure.ts";

/** What is fetched, as a part draws it. While the next one loads, the one before is still told. */
export type Loaded<T> =
  | { readonly state: "loading"; readonly value: T | undefined }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly error: DataError; readonly value: undefined };

export interface Load<T> {
  (): Loaded<T>;
  again(): void;
}

/**
 * Reads whenever its source changes, and again when the connection comes back after a failure. An answer that comes late,
 * for a source that is gone, is dropped.
 * @param source `undefined` waits
 */
export function createLoad<S, T>(source: Accessor<S | undefined>, read: (source: S) => Promise<T>): Load<T> {
  const [loaded, setLoaded] = createSignal<Loaded<T>>({ state: "loading", value: undefined });
  const [attempt, setAttempt] = createSignal(0);
  let latest = 0;
  let shownFor: S | undefined;

  createEffect(
    on([source, attempt], ([wanted]) => {
      latest += 1;
      const mine = latest;
      setLoaded((before) => ({ state: "loading", value: before.value }));
      if (wanted === undefined) return;
      const settle = (next: Loaded<T>) => {
        if (mine === latest) setLoaded(next);
      };
      untrack(() => read(wanted)).then(
        (value) => {
          if (mine === latest) shownFor = wanted;
          settle({ state: "ready", value });
        },
        (cause: unknown) => {
          // What was read of the same source before still holds: a look for something newer may fail unseen.
          const before = untrack(loaded).value;
          if (before !== undefined && shownFor === wanted) settle({ state: "ready", value: before });
          else settle({ state: "failed", error: dataError(cause), value: undefined });
        },
      );
    }),
  );
  const again = () => void setAttempt((count) => count + 1);
  createEffect(() => {
    const connected = () => loaded().state === "failed" && again();
    window.addEventListener("online", connected);
    onCleanup(() => window.removeEventListener("online", connected));
  });
  return Object.assign(loaded, { again });
}
