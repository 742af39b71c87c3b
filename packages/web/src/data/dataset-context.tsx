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
import type { Api } from "./api.ts";
import { createLoadable, type Loadable } from "./loadable.ts";
import type { Reader } from "./reader.ts";

/** The published dataset as one index describes it, the month in the address, and the API where there is one. */
export interface DatasetContext {
  readonly reader: Reader;
  readonly session: Session;
  readonly api: Api;
  /** Whether the site has the API. It is found out after the index, so that the first figure does not wait for it. */
  readonly hasApi: Loadable<boolean>;
  readonly index: Loadable<IndexDocument | null>;
  readonly trend: Loadable<Trend>;
  readonly summary: Loadable<Summary>;
  /** The month in the address, otherwise the newest; `null` until the index is loaded, or if that month is not published. */
  readonly period: Accessor<Month | null>;
  /** Every published month, newest first. */
  readonly periods: Accessor<readonly Month[]>;
  readonly isOnline: Accessor<boolean>;
}

const Context = createContext<DatasetContext>();

/** A page that was in the background this long, in milliseconds, reads the index again when it is shown. */
const STALE_AFTER = 5 * 60_000;

export function DatasetProvider(props: {
  reader: Reader;
  session: Session;
  api: Api;
  children: JSX.Element;
}) {
  const address = useAddress();
  const { reader, session, api } = props;
  const index = createLoadable<true, IndexDocument | null>(
    () => true,
    () => reader.index(),
  );
  const pointer = createMemo(() => index().value ?? undefined);
  const periods = createMemo<readonly Month[]>(() => pointer()?.periods ?? []);
  const period = createMemo(() => {
    const requested = address.period();
    if (requested === null) return periods()[0] ?? null;
    return periods().includes(requested) ? requested : null;
  });
  const indexAndMonth = createMemo(() => {
    const [known, month] = [pointer(), period()];
    return known === undefined || month === null ? undefined : { known, month };
  });
  const trend = createLoadable(pointer, (known) => reader.trend(known));
  const summary = createLoadable(indexAndMonth, ({ known, month }) => reader.summary(known, month));
  const hasApi = createLoadable(
    () => index().state !== "loading" || undefined,
    () => api.isOn(),
  );
  const [isOnline, setOnline] = createSignal(navigator.onLine);

  createEffect(() => {
    let readAt = Date.now();
    const onVisible = () => {
      if (document.visibilityState !== "visible" || Date.now() - readAt < STALE_AFTER) return;
      readAt = Date.now();
      index.reload();
    };
    const onConnection = () => setOnline(navigator.onLine);
    document.addEventListener("visibilitychange", onVisible);
    window.addEventListener("online", onConnection);
    window.addEventListener("offline", onConnection);
    onCleanup(() => {
      document.removeEventListener("visibilitychange", onVisible);
      window.removeEventListener("online", onConnection);
      window.removeEventListener("offline", onConnection);
    });
  });

  const dataset: DatasetContext = {
    reader,
    session,
    api,
    hasApi,
    index,
    trend,
    summary,
    period,
    periods,
    isOnline,
  };
  return <Context.Provider value={dataset}>{props.children}</Context.Provider>;
}

export function useDataset(): DatasetContext {
  const dataset = useContext(Context);
  if (dataset === undefined) throw new Error("useDataset needs a DatasetProvider above it.");
  return dataset;
}
