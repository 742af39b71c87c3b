import type { Month } from "@dapanoskop/core/calendar";
import {
  datasetReader,
  INDEX_KEY,
  type IndexDocument,
  type ParquetCodec,
  parseIndex,
  SUMMARY_FILE,
  type Summary,
  TREND_FILE,
  type Trend,
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
  priorPeriodToDateUsage(index: IndexDocument, month: Month): Promise<UsageTypeColumns | null>;
}

/** Decodes parquet files. It is loaded with the first one, since it is large. */
export type UsageDecoder = Pick<ParquetCodec, "decode">;

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

  const dataset = datasetReader({ bytes: ({ key }) => bytesOf(key), parquet: theDecoder, cached: once });

  return {
    async index() {
      try {
        return parseIndex(await bytesOf(INDEX_KEY));
      } catch (error) {
        if (error instanceof DataError && error.kind === "missing") return null;
        throw error;
      }
    },
    summary: async (index, month) => required(await dataset.summary(index, month), SUMMARY_FILE, month),
    trend: async (index) => required(await dataset.trend(index), TREND_FILE, null),
    usage: async (index, month) =>
      required(await dataset.usageTypeColumns(index, month), USAGE_TYPE_FILE, month),
    priorPeriodToDateUsage: (index, month) => dataset.priorPeriodToDateColumns(index, month),
  };
}

function required<Value>(value: Value | null, file: string, month: Month | null): Value {
  if (value !== null) return value;
  const period = month === null ? "" : ` for ${month}`;
  throw new DataError("missing", `The index names no ${file}${period}. Collect it again.`);
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
