import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from "solid-js";
import { type DataError, dataError } from "./failure.ts";

/** What is fetched, as a part draws it. While the next one loads, the one before is still told. */
export type LoadState<T> =
  | { readonly state: "loading"; readonly value: T | undefined }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly error: DataError; readonly value: undefined };

export interface Loadable<T> {
  (): LoadState<T>;
  again(): void;
}

/** How long to wait before what did not come is asked for again, in milliseconds: so often, and no more. */
const RETRY_DELAYS = [1_000, 4_000, 15_000];

/**
 * Reads whenever its source changes, and again when the connection comes back after a failure. What the connection cut off
 * may fail only after it is back, when nobody tells that it is: so it is asked for some more times, while why it did not
 * come stands there. An answer that comes late, for a source that is gone, is dropped.
 * @param source `undefined` waits
 */
export function createLoadable<S, T>(
  source: Accessor<S | undefined>,
  read: (source: S) => Promise<T>,
): Loadable<T> {
  const [loaded, setLoaded] = createSignal<LoadState<T>>({ state: "loading", value: undefined });
  const [attempt, setAttempt] = createSignal(0);
  let latest = 0;
  let shownFor: S | undefined;

  createEffect(
    on([source, attempt], ([wanted]) => {
      latest += 1;
      const mine = latest;
      onCleanup(() => {
        latest += 1;
      });
      setLoaded((before) => ({ state: "loading", value: before.value }));
      if (wanted === undefined) return;
      const ask = ([wait, ...later]: readonly number[]): void => {
        untrack(() => read(wanted)).then(
          (value) => {
            if (mine !== latest) return;
            shownFor = wanted;
            setLoaded({ state: "ready", value });
          },
          (cause: unknown) => {
            if (mine !== latest) return;
            // What was read of the same source before still holds: a look for something newer may fail unseen.
            const before = untrack(loaded).value;
            if (before !== undefined && shownFor === wanted) {
              setLoaded({ state: "ready", value: before });
              return;
            }
            const error = dataError(cause);
            setLoaded({ state: "failed", error, value: undefined });
            if (wait === undefined || !mayPass(error)) return;
            setTimeout(() => {
              // Without a connection there is no use in it; and it says itself when it is back.
              if (mine === latest && navigator.onLine) ask(later);
            }, wait);
          },
        );
      };
      ask(RETRY_DELAYS);
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

/** Whether the same question may be answered a moment later. */
const mayPass = ({ kind }: DataError): boolean => kind === "offline" || kind === "server";
