import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from "solid-js";
import { type DataError, dataError } from "./failure.ts";

/** The state of a loaded value. While another one loads, the value before stays available. */
export type LoadState<T> =
  | { readonly state: "loading"; readonly value: T | undefined }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly error: DataError; readonly value: undefined };

/** A value that is loaded: a signal of its state, and a way to load it again. */
export interface Loadable<T> {
  (): LoadState<T>;
  reload(): void;
}

/** Delays before the retries, in milliseconds. After the last one the reader or the connection has to start the next try. */
const RETRY_DELAYS = [1_000, 4_000, 15_000];

/**
 * Reads a value whenever its source changes, and after a failure again when the connection is back. A request may fail
 * only after the connection is back, when no further event reports it; so transient failures are also retried after
 * `RETRY_DELAYS`, while the failure is shown. A result for an earlier source is ignored.
 * @param source `undefined` waits
 */
export function createLoadable<S, T>(
  source: Accessor<S | undefined>,
  read: (source: S) => Promise<T>,
): Loadable<T> {
  const [loaded, setLoaded] = createSignal<LoadState<T>>({ state: "loading", value: undefined });
  const [attempt, setAttempt] = createSignal(0);
  let latestRead = 0;
  let shownFor: S | undefined;

  createEffect(
    on([source, attempt], ([wanted]) => {
      const thisRead = latestRead;
      onCleanup(() => {
        latestRead += 1;
      });
      setLoaded((before) => ({ state: "loading", value: before.value }));
      if (wanted === undefined) return;
      const attemptRead = ([delay, ...later]: readonly number[]): void => {
        untrack(() => read(wanted)).then(
          (value) => {
            if (thisRead !== latestRead) return;
            shownFor = wanted;
            setLoaded({ state: "ready", value });
          },
          (cause: unknown) => {
            if (thisRead !== latestRead) return;
            // A value of the same source is still valid: a failed reload is not reported.
            const before = untrack(loaded).value;
            if (before !== undefined && shownFor === wanted) {
              setLoaded({ state: "ready", value: before });
              return;
            }
            const error = dataError(cause);
            setLoaded({ state: "failed", error, value: undefined });
            if (delay === undefined || !isTransient(error)) return;
            setTimeout(() => {
              // Offline, the `online` event starts the next try.
              if (thisRead === latestRead && navigator.onLine) attemptRead(later);
            }, delay);
          },
        );
      };
      attemptRead(RETRY_DELAYS);
    }),
  );
  const reload = () => void setAttempt((count) => count + 1);
  createEffect(() => {
    const connected = () => loaded().state === "failed" && reload();
    window.addEventListener("online", connected);
    onCleanup(() => window.removeEventListener("online", connected));
  });
  return Object.assign(loaded, { reload });
}

/** Whether the same request may succeed a moment later. */
const isTransient = ({ kind }: DataError): boolean => kind === "offline" || kind === "server";
