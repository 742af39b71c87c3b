import type { MonthDocuments } from "@dapanoskop/dataset";
import { type IndexDocument, type Snapshot, usageTypeTable } from "@dapanoskop/dataset";
import { configure, render } from "@solidjs/testing-library";
import { App } from "../app.tsx";
import { type Api, makeApi } from "../data/api.ts";
import type { Reader } from "../data/reader.ts";
import { noSession, type Session } from "../session/session.ts";

// A page loads its own code first, and the machine may be busy.
configure({ asyncUtilTimeout: 20_000 });

/** An index that names the months of a trend, each as a snapshot without files. */
export function anIndex({ index, summary, trend }: MonthDocuments): IndexDocument {
  const snapshots = trend.months.map(({ period, is_mtd, total_cost_usd }): [string, Snapshot] => [
    period,
    {
      run_id: summary.run_id,
      as_of: index.published_at,
      estimated: is_mtd,
      is_mtd,
      config: "0".repeat(64),
      total_cost_usd,
      files: {},
      restated: [],
    },
  ]);
  return {
    ...index,
    periods: snapshots.map(([period]) => period).reverse(),
    snapshot: Object.fromEntries(snapshots),
  };
}

/** A reader of what is published; each answer can be replaced, by a failure too. */
export function aReader(published: MonthDocuments, own: Partial<Reader> = {}): Reader {
  return {
    index: async () => anIndex(published),
    summary: async () => published.summary,
    trend: async () => published.trend,
    usage: async () => usageTypeTable().columns(),
    priorPeriodToDateUsage: async () => usageTypeTable().columns(),
    ...own,
  };
}

/** The whole page at an address, in American English. */
export function renderPage(
  address: string,
  reader: Reader,
  session: Session = noSession,
  api: Api = makeApi(() => Promise.reject(new TypeError("This page has no API.")), session),
) {
  window.history.replaceState(null, "", address);
  return render(() => <App reader={reader} session={session} api={api} languages={["en-US"]} />);
}
