import { type Instant, isMonth, type Month } from "@dapanoskop/core/calendar";
import {
  checkKey,
  type IndexDocument,
  isRunId,
  type MonthFile,
  type PublishedSource,
  type SharedFileName,
  stagedKey,
} from "@dapanoskop/dataset";

/** What a run publishes: serialised, checked, complete. */
export interface PublishRun {
  /** As `runId()` makes it: the event's time and 128 random bits, new for every run. */
  readonly runId: string;
  /** The event's time: a snapshot of a later event is never replaced by it. */
  readonly at: Instant;
  /** Replaces a snapshot of the same event's time. Never one of a later. */
  readonly force: boolean;
  /** What the months were computed from. */
  readonly source: PublishedSource;
  readonly months: readonly NewMonth[];
  readonly shared: readonly SharedFile[];
}

export interface NewMonth {
  readonly period: Month;
  readonly isMtd: boolean;
  readonly estimated: boolean;
  /** Whether the source has days of the month: then its daily files have rows. */
  readonly hasDays: boolean;
  /** SHA-256 (hex) of the configuration that the month was computed under. */
  readonly config: string;
  /** The month's total, in the deployment's currency. */
  readonly totalCost: number;
  /** In any order: the summary is promoted last. */
  readonly files: readonly NewFile[];
}

export interface NewFile {
  readonly name: MonthFile;
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** A file about all months. It is rendered for exactly the set of months that a generation names. */
export interface SharedFile {
  readonly name: SharedFileName;
  readonly contentType: string;
  /**
   * Called once for every generation that the run tries to commit; the same input must give the same bytes. `null`
   * where that generation has none.
   */
  render(input: SharedInput): Promise<Uint8Array | null>;
}

export interface SharedInput {
  /** The months that the new index will name, newest first. */
  readonly periods: readonly Month[];
  /** The months of them that come from this run. The others come from `index`. */
  readonly accepted: readonly Month[];
  /** The index that is being replaced; `null` for the first one. */
  readonly index: IndexDocument | null;
  /** A published file; checked by its SHA-256 where `index` names the key. `null` when it does not exist. */
  read(key: string): Promise<Uint8Array | null>;
}

export interface PublishResult {
  readonly runId: string;
  /** The generation that this run committed; `null` when there was nothing left to do. */
  readonly generation: number | null;
  /** In the order of the run. */
  readonly months: readonly PublishedMonth[];
  /** The stable keys have what was committed. If not, the next `recover` completes it; readers of the index see it already. */
  readonly promoted: boolean;
  /** Sentences. */
  readonly warnings: readonly string[];
}

export interface PublishedMonth {
  readonly period: Month;
  /** Dropped: the published month was collected later, or at the same time under the same configuration. */
  readonly outcome: "published" | "dropped-newer" | "dropped-same";
}

/**
 * @throws RangeError when the run itself is wrong: a mistake in the calling code, found before anything is written. Everything that
 * passes can be read again: an index that cannot be read would stop every later run.
 */
export function checkRun({ runId, at, months }: PublishRun): void {
  const periods = new Set(months.map(({ period }) => period));
  if (!isRunId(runId)) throw new RangeError(`${JSON.stringify(runId)} is not a run id.`);
  if (!INSTANT.test(at)) throw new RangeError(`${JSON.stringify(at)} is not an instant in UTC with seconds.`);
  if (periods.size < months.length) throw new RangeError("A run names a month twice.");
  for (const month of months) checkMonth(runId, month);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const SHA256 = /^[0-9a-f]{64}$/;

function checkMonth(runId: string, { period, totalCost, config, files }: NewMonth): void {
  const names = new Set(files.map(({ name }) => name));
  if (!isMonth(period)) throw new RangeError(`${JSON.stringify(period)} is not a month.`);
  if (!Number.isFinite(totalCost)) throw new RangeError(`The total of ${period} is not a number.`);
  if (!SHA256.test(config)) throw new RangeError(`The configuration of ${period} is not a SHA-256 in hex.`);
  if (names.size === 0 || names.size < files.length) {
    throw new RangeError(`${period} has no files, or two of the same name.`);
  }
  for (const name of names) checkKey(stagedKey(runId, period, name));
}
