import { isMonth, type Month } from "@dapanoskop/core/calendar";
import { StoreError } from "@dapanoskop/core/store";
import { DAILY_FILE, INDEX_KEY, isRunId, monthFiles, PREVIOUS_FILE, TREND_FILE } from "./keys.ts";

/** What a key names. `month` is null for a file about all months; `run` is null for a file that is shown under a stable key. */
export interface ArtifactKey {
  readonly run: string | null;
  readonly month: Month | null;
  readonly file: string;
}

// The daily report's files are known by name before it publishes them, so that a version without it can carry them along.
const MONTH_FILES: ReadonlySet<string> = new Set([...monthFiles, "cost-by-day.parquet"]);
const SHARED_FILES: ReadonlySet<string> = new Set([TREND_FILE, DAILY_FILE, PREVIOUS_FILE]);

const LONGEST_KEY = 128;
const GENERATION = /^([a-z]{1,20})-[1-9]\d{0,14}(\.json)$/;

/** Reads a key: only a run id, a month and fixed file names ever enter one. `null` for any other text. */
export function parseKey(key: string): ArtifactKey | null {
  if (key.length > LONGEST_KEY) return null;
  const [first = "", second = "", third, fourth, ...more] = key.split("/");
  if (more.length > 0) return null;
  if (first !== "_runs") return third === undefined ? shown(first, key === first ? null : second) : null;
  if (!isRunId(second) || third === undefined) return null;
  if (fourth === undefined) return stagedShared(second, third);
  return isMonth(third) && MONTH_FILES.has(fourth) ? { run: second, month: third, file: fourth } : null;
}

export const isArtifactKey = (key: string): boolean => parseKey(key) !== null;

/** @throws StoreError `bad-key` */
export function checkKey(key: string): ArtifactKey {
  const parsed = parseKey(key);
  if (parsed !== null) return parsed;
  throw new StoreError(
    "bad-key",
    null,
    `${JSON.stringify(key.slice(0, 80))} is not the key of a published file: only run ids, months and fixed file names are.`,
  );
}

function shown(first: string, second: string | null): ArtifactKey | null {
  if (second === null) {
    return first === INDEX_KEY || SHARED_FILES.has(first) ? { run: null, month: null, file: first } : null;
  }
  return isMonth(first) && MONTH_FILES.has(second) ? { run: null, month: first, file: second } : null;
}

function stagedShared(run: string, name: string): ArtifactKey | null {
  const file = name.replace(GENERATION, "$1$2");
  return file !== name && SHARED_FILES.has(file) ? { run, month: null, file } : null;
}
