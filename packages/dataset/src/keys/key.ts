import { isMonth, type Month } from "@dapanoskop/core/calendar";
import { StoreError } from "@dapanoskop/core/store";
import { fileNames } from "./file-kinds.ts";
import { isRunId } from "./run-id.ts";

/** The folder of the files that runs staged. */
export const RUNS_PREFIX = "_runs/";

/** What a key names. `parseKey` and `formatKey` are inverse to each other. */
export interface ArtifactKey {
  /** The run that staged the file; `null` for a stable key. */
  readonly run: string | null;
  /** `null` for the index and for a file about all months. */
  readonly month: Month | null;
  readonly file: string;
  /** The generation that a staged file about all months was rendered for; `null` for every other file. */
  readonly generation: number | null;
}

/** The stable key of a month's file: outside readers find the newest one there. */
export const stableKey = (month: Month, file: string): string =>
  formatKey({ run: null, month, file, generation: null });

/** The key of a run's file of a month: it never changes, and readers that follow the index read it. */
export const stagedKey = (run: string, month: Month, file: string): string =>
  formatKey({ run, month, file, generation: null });

/** The key of a run's file about all months: one for each generation that the run tried to commit. */
export const stagedSharedKey = (run: string, file: string, generation: number): string =>
  formatKey({ run, month: null, file, generation });

/** The text of a key. */
export function formatKey({ run, month, file, generation }: ArtifactKey): string {
  const folder = `${run === null ? "" : `${RUNS_PREFIX}${run}/`}${month === null ? "" : `${month}/`}`;
  if (generation === null) return `${folder}${file}`;
  const dot = file.lastIndexOf(".");
  return `${folder}${file.slice(0, dot)}-${generation}${file.slice(dot)}`;
}

const LONGEST_KEY = 128;

/** Reads a key: it consists of a run id, a month and fixed file names only. `null` for any other text. */
export function parseKey(key: string): ArtifactKey | null {
  if (key.length > LONGEST_KEY) return null;
  const isStaged = key.startsWith(RUNS_PREFIX);
  const parts = (isStaged ? key.slice(RUNS_PREFIX.length) : key).split("/");
  const run = isStaged ? (parts.shift() ?? "") : null;
  if (run !== null && !isRunId(run)) return null;
  const [first = "", second, ...more] = parts;
  if (more.length > 0) return null;
  if (second !== undefined) {
    return isMonth(first) && fileNames.month.has(second)
      ? { run, month: first, file: second, generation: null }
      : null;
  }
  if (run !== null) return parseStagedShared(run, first);
  const isStable = fileNames.dataset.has(first) || fileNames["all-months"].has(first);
  return isStable ? { run: null, month: null, file: first, generation: null } : null;
}

/** The last generation that can be followed by another one: numbers in keys have 15 digits at most. */
export const LAST_GENERATION = 999_999_999_999_998;

const WITH_GENERATION = /^([a-z]{1,20})-([1-9]\d{0,14})(\.json)$/;

function parseStagedShared(run: string, name: string): ArtifactKey | null {
  const [, stem = "", generation = "", extension = ""] = WITH_GENERATION.exec(name) ?? [];
  const file = `${stem}${extension}`;
  return fileNames["all-months"].has(file)
    ? { run, month: null, file, generation: Number(generation) }
    : null;
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
