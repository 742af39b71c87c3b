import type { Month } from "@dapanoskop/core/calendar";
import {
  INDEX_KEY,
  type IndexDocument,
  indexSchema,
  PRIOR_PERIOD_TO_DATE_FILE,
  parseDocument,
  parseKey,
  SUMMARY_FILE,
  type Summary,
  summarySchema,
  TREND_FILE,
  type Trend,
  trendSchema,
  USAGE_TYPE_FILE,
  type UsageTypeColumns,
} from "@dapanoskop/dataset";
import type { Session } from "../session/session.ts";
import { dataHref } from "./data-href.ts";
import { DataError } from "./failure.ts";

/** What the page reads. Everything but the index is named by an index, so that no two runs ever mix. */
export interface Reader {
  /** The pointer as it stands now; `null` where nothing was published yet. */
  index(): Promise<IndexDocument | null>;
  summary(index: IndexDocument, month: Month): Promise<Summary>;
  trend(index: IndexDocument): Promise<Trend>;
  /** The month's rows by usage type. The first call loads the parquet reader. */
  usage(index: IndexDocument, month: Month): Promise<UsageTypeColumns>;
  /**
   * The rows of the same days of the month before a running one. `null` where the month was published before there were
   * such rows.
   */
  priorPeriodToDateWindow(index: IndexDocument, month: Month): Promise<UsageTypeColumns | null>;
}

/** Decodes a file of costs by usage type: its own door, because what stands behind it is heavy. */
export type UsageDecoder = (key: string, bytes: Uint8Array) => Promise<UsageTypeColumns>;

/** Asks our own origin for a published file. */
export type FetchData = (address: string) => Promise<Response>;

/**
 * Reads the published files of our own origin. What a run staged never changes, so it is kept for the life of the page.
 * @param decoder made at the first drill-down
 */
export function makeReader(
  fetch: FetchData,
  session: Pick<Session, "renew">,
  decoder: () => Promise<UsageDecoder>,
): Reader {
  const kept = new Map<string, Promise<unknown>>();
  let decoding: Promise<UsageDecoder> | null = null;

  function once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = kept.get(key) as Promise<T> | undefined; // a key is only ever read as one kind of document
    if (known !== undefined) return known;
    const reading = read();
    kept.set(key, reading);
    reading.catch(() => kept.delete(key));
    return reading;
  }

  /** One reader of usage files serves all months: to compile it again would cost as much as the first time. */
  function theDecoder(): Promise<UsageDecoder> {
    decoding ??= decoder().catch((error: unknown) => {
      decoding = null; // the next try may have a connection
      throw error;
    });
    return decoding;
  }

  async function bytesOf(key: string): Promise<Uint8Array> {
    let response = await answer(fetch, key);
    if (isRefused(response) && (await session.renew())) response = await answer(fetch, key);
    if (isRefused(response))
      throw new DataError("refused", "Your session has ended, or these figures are not yours to see.");
    if (response.status === 404) throw new DataError("missing", `${key} is not there any more.`);
    if (!response.ok) throw new DataError("server", `${key} was answered with ${response.status}.`);
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      throw offline(key, cause);
    }
  }

  const named = (index: IndexDocument, month: Month, file: string): string | undefined =>
    own(own(index.snapshot, month)?.files, file)?.key;
  const keyOf = (index: IndexDocument, month: Month, file: string): string =>
    namedKey(named(index, month, file), file, month);

  async function usageOf(index: IndexDocument, month: Month, file: string): Promise<UsageTypeColumns> {
    const key = keyOf(index, month, file);
    return once(key, async () => {
      const [decode, bytes] = await Promise.all([theDecoder(), bytesOf(key)]);
      return decode(key, bytes);
    });
  }

  return {
    async index() {
      try {
        return parseDocument(indexSchema, INDEX_KEY, await bytesOf(INDEX_KEY));
      } catch (error) {
        if (error instanceof DataError && error.kind === "missing") return null;
        throw error;
      }
    },
    async summary(index, month) {
      const key = keyOf(index, month, SUMMARY_FILE);
      return once(key, async () => parseDocument(summarySchema, key, await bytesOf(key)));
    },
    async trend(index) {
      const key = namedKey(own(index.shared, TREND_FILE)?.key, TREND_FILE, null);
      return once(key, async () => parseDocument(trendSchema, key, await bytesOf(key)));
    },
    usage: (index, month) => usageOf(index, month, USAGE_TYPE_FILE),
    async priorPeriodToDateWindow(index, month) {
      if (named(index, month, PRIOR_PERIOD_TO_DATE_FILE) === undefined) return null;
      return usageOf(index, month, PRIOR_PERIOD_TO_DATE_FILE);
    },
  };
}

async function answer(fetch: FetchData, key: string): Promise<Response> {
  try {
    return await fetch(dataHref(key));
  } catch (cause) {
    throw offline(key, cause);
  }
}

const offline = (key: string, cause: unknown) =>
  new DataError("offline", `${key} could not be fetched: there is no connection.`, { cause });

// Without leave to list its bucket, S3 answers 403 also for what is missing; then nobody can tell the two apart.
const isRefused = ({ status }: Response) => status === 401 || status === 403;

/** The index may be written by any hand: what it names must be a run's file, and the one that it says it is. */
function namedKey(key: string | undefined, file: string, month: Month | null): string {
  if (key === undefined) {
    throw new DataError(
      "missing",
      `The index names no ${file}${month === null ? "" : ` for ${month}`}. Collect it again.`,
    );
  }
  const named = parseKey(key);
  if (named === null || named.run === null || named.file !== file || named.month !== month) {
    throw new DataError(
      "damaged",
      `The index names a file that is not a run's ${file}. Restore its previous version.`,
    );
  }
  return key;
}

function own<Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
