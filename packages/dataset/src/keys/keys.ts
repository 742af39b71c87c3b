import type { Instant, Month } from "@dapanoskop/core/calendar";

/** The pointer and manifest: reads start here. */
export const INDEX_KEY = "index.json";

/** Every month's total by cost center. */
export const TREND_FILE = "trend.json";

/** What each day cost. The daily report will write it; its name is known before. */
export const DAILY_FILE = "daily.json";

/**
 * The index that a generation replaced. Each generation names its own, with a hash: so every file that was ever
 * published, superseded ones too, stays under a hash that the newest index vouches for.
 */
export const PREVIOUS_FILE = "previous.json";

export const SUMMARY_FILE = "summary.json";
export const WORKLOAD_FILE = "cost-by-workload.parquet";
export const USAGE_TYPE_FILE = "cost-by-usage-type.parquet";

/**
 * The like-for-like usage rows of a running month: the same columns, about the same days of the month before. A closed
 * month has one without rows, since nothing is ever deleted: what stood there while the month ran is gone with it.
 */
export const PRIOR_PERIOD_TO_DATE_FILE = "cost-by-usage-type-like-for-like.parquet";

/** The files of a month, in the order in which they are shown: the summary last, since it names the hashes of the others. */
export const monthFiles = [WORKLOAD_FILE, USAGE_TYPE_FILE, PRIOR_PERIOD_TO_DATE_FILE, SUMMARY_FILE] as const;
export type MonthFile = (typeof monthFiles)[number];

/** Files that a month may lack which was published before there were such files, until it is collected again. */
export const laterFiles: ReadonlySet<string> = new Set<MonthFile>([PRIOR_PERIOD_TO_DATE_FILE]);

const RUN_ID = /^\d{8}T\d{6}Z-[0-9a-f]{32}$/;

/** A run's id: the event's time and 128 random bits. No text from the bill ever enters a key. */
export function runId(at: Instant, randomBits: Uint8Array): string {
  const hex = [...randomBits.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const id = `${at.replaceAll(/[-:]/g, "")}-${hex}`;
  if (!RUN_ID.test(id))
    throw new RangeError(`${JSON.stringify(id)} is not a run id: it wants 16 random bytes.`);
  return id;
}

export const isRunId = (text: string): boolean => RUN_ID.test(text);

/** Where a file stands for outside readers, always under the same key. */
export const stableKey = (month: Month, file: string): string => `${month}/${file}`;

/** Where a run's file stands for ever: what every reader that follows the pointer reads. */
export const stagedKey = (run: string, month: Month, file: string): string => `_runs/${run}/${month}/${file}`;

/** Where a file about all months stands: one for each generation that the run tried to commit. */
export function stagedSharedKey(run: string, file: string, generation: number): string {
  const dot = file.lastIndexOf(".");
  return `_runs/${run}/${file.slice(0, dot)}-${generation}${file.slice(dot)}`;
}
