import type { Month } from "@dapanoskop/core/calendar";
import type { IndexDocument, Summary, Trend } from "@dapanoskop/dataset";
import {
  type Accessor,
  createContext,
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  onCleanup,
  useContext,
} from "solid-js";
import { useAddress } from "../address/address.ts";
import type { Session } from "../session/session.ts";
import { createLoadable, type Loadable } from "./loadable.ts";
import type { Reader } from "./reader.ts";

/** What is published, as one index names it, and the month that the address asks for. */
export interface DatasetContext {
  readonly reader: Reader;
  readonly session: Session;
  readonly index: Loadable<IndexDocument | null>;
  readonly trend: Loadable<Trend>;
  readonly summary: Loadable<Summary>;
  /** The address's month, else the newest; `null` until the index is known, or where it has no such month. */
  readonly period: Accessor<Month | null>;
  /** Every published month, newest first. */
  readonly periods: Accessor<readonly Month[]>;
  readonly isOnline: Accessor<boolean>;
}

const Context = createContext<DatasetContext>();

/** After this long in the background, in milliseconds, the page asks whether something newer was published. */
const STALE_AFTER = 5 * 60_000;

export function DatasetProvider(props: { reader: Reader; session: Session; children: JSX.Element }) {
  const address = useAddress();
  const { reader, session } = props;
  const index = createLoadable<true, IndexDocument | null>(
    () => true,
    () => reader.index(),
  );
  const known = createMemo(() => index().value ?? undefined);
  const periods = createMemo<readonly Month[]>(() => known()?.periods ?? []);
  const period = createMemo(() => {
    const wanted = address.period();
    if (wanted === null) return periods()[0] ?? null;
    return periods().includes(wanted) ? wanted : null;
  });
  const named = createMemo(() => {
    const [pointer, month] = [known(), period()];
    return pointer === undefined || month === null ? undefined : { pointer, month };
  });
  const trend = createLoadable(known, (pointer) => reader.trend(pointer));
  const summary = createLoadable(named, ({ pointer, month }) => reader.summary(pointer, month));
  const [isOnline, setOnline] = createSignal(navigator.onLine);

  createEffect(() => {
    let since = Date.now();
    const back = () => {
      if (document.visibilityState !== "visible" || Date.now() - since < STALE_AFTER) return;
      since = Date.now();
      index.again();
    };
    const connected = () => setOnline(navigator.onLine);
    document.addEventListener("visibilitychange", back);
    window.addEventListener("online", connected);
    window.addEventListener("offline", connected);
    onCleanup(() => {
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("online", connected);
      window.removeEventListener("offline", connected);
    });
  });

  const published: DatasetContext = { reader, session, index, trend, summary, period, periods, isOnline };
  return <Context.Provider value={published}>{props.children}</Context.Provider>;
}

export function useDataset(): DatasetContext {
  const published = useContext(Context);
  if (published === undefined) throw new Error("useDataset needs a DatasetProvider above it.");
  return published;
}
