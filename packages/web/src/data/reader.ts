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

/**
 * Reads the published dataset for the page. An index names all other files, so that files of two runs are never mixed.
 * @throws DataError, or ArtifactError for a file that is not as published
 */
export interface Reader {
  /** The current index; `null` where nothing is published yet. */
  index(): Promise<IndexDocument | null>;
  summary(index: IndexDocument, month: Month): Promise<Summary>;
  trend(index: IndexDocument): Promise<Trend>;
  /** The month's rows by usage type. The first call loads the parquet decoder. */
  usage(index: IndexDocument, month: Month): Promise<UsageTypeColumns>;
  /**
   * The rows by usage type of the prior period to date, which a running month is compared with. `null` where the index
   * names no such file: older versions did not publish it.
   */
  priorPeriodToDateUsage(index: IndexDocument, month: Month): Promise<UsageTypeColumns | null>;
}

/** Decodes parquet files. It is loaded with the first one, since it is large. */
export type ParquetDecoder = Pick<ParquetCodec, "decode">;

/** Requests a published file from our own origin. */
export type FetchData = (address: string) => Promise<Response>;

/**
 * Reads the published files of our own origin. A staged file never changes, so each is read once while the page is open. A
 * refused request is repeated once when the session could be renewed.
 * @param decoder loads the parquet decoder; called when a usage file is read
 */
export function makeReader(
  fetch: FetchData,
  session: Pick<Session, "renew">,
  decoder: () => Promise<ParquetDecoder>,
): Reader {
  const cache = new Map<string, Promise<unknown>>();
  let decoding: Promise<ParquetDecoder> | null = null;

  function once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = cache.get(key) as Promise<T> | undefined; // each key is always read as the same kind of file
    if (known !== undefined) return known;
    const reading = read();
    cache.set(key, reading);
    reading.catch(() => cache.delete(key));
    return reading;
  }

  /** One decoder for all months, because compiling it takes long. A failed load is tried again at the next call. */
  function loadDecoder(): Promise<ParquetDecoder> {
    decoding ??= decoder().catch((error: unknown) => {
      decoding = null;
      throw error;
    });
    return decoding;
  }

  async function bytesOf(key: string): Promise<Uint8Array> {
    let response = await request(fetch, key);
    if (isRefused(response) && (await session.renew())) response = await request(fetch, key);
    if (isRefused(response))
      throw new DataError("refused", "Your session has ended, or you have no access to these figures.");
    if (response.status === 404)
      throw new DataError("missing", `${key} does not exist any more. Reload the page.`);
    if (!response.ok)
      throw new DataError(
        "server",
        `The server answered the request for ${key} with status ${response.status}.`,
      );
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      throw offline(key, cause);
    }
  }

  const dataset = datasetReader({ bytes: ({ key }) => bytesOf(key), parquet: loadDecoder, cached: once });

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
  throw new DataError(
    "missing",
    `The index names no ${file}${period}. Collect ${month === null ? "a month" : "it"} again.`,
  );
}

async function request(fetch: FetchData, key: string): Promise<Response> {
  try {
    return await fetch(dataHref(key));
  } catch (cause) {
    throw offline(key, cause);
  }
}

const offline = (key: string, cause: unknown) =>
  new DataError("offline", `${key} could not be fetched: there is no connection.`, { cause });

// Without permission to list the bucket, S3 responds to a missing key with 403 too, so the two cannot be distinguished.
const isRefused = ({ status }: Response) => status === 401 || status === 403;
